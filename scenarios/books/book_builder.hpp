// What readers of single files have in common: who is whom, which rule left out what, which currency and group.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scenarios/books/books.hpp"
#include "scenarios/books/mistakes_of_books.hpp"
#include "scenarios/books/table.hpp"

namespace clientele::scenarios {

class BookBuilder {
 public:
  BookBuilder(Books& books, MistakesOfBooks& mistakes, std::string currency, Day today)
      : books_(books), mistakes_(mistakes), currency_(std::move(currency)), today_(today) {}

  Books& books() { return books_; }
  MistakesOfBooks& mistakes() { return mistakes_; }
  Day today() const { return today_; }

  /// The customer of a row, or nothing and a count where it has none.
  std::optional<std::uint32_t> customer(const Table& table, Amount amount = 0);
  /// How many there are.
  std::size_t customers() const { return books_.customers.size(); }
  void count(BookRule rule, const Table& table, Amount amount = 0);
  void count(BookRule rule, Amount amount = 0);

  /// Mixed currencies are a mistake, once.
  void see_currency(Table& table, std::string_view currency);
  /// Those that columns and amounts of a row name.
  void see_currencies(Table& table, Meaning amount);

  /// A group that an order or the firm's list says; the country where `is_country`.
  void see_group(Table& table, std::uint32_t customer);
  /// After all files: what groups there are and who is in which.
  void settle_groups();
  void settle_currency() { books_.currency = currency_; }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Numbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;
  /// Groups by what one source says of them: orders, or the firm's own list, which counts more.
  struct GroupSource {
    Numbers numbers;
    std::vector<std::string> names;
    std::vector<std::int32_t> of_customer;  ///< -1: nothing said
    std::vector<bool> in_two;
    bool is_country = false, used = false;
    std::string first_in_two;
  };
  void settle_countries(const GroupSource& source);

  Books& books_;
  MistakesOfBooks& mistakes_;
  std::string currency_, currency_place_;
  Day today_;
  bool told_of_currencies_ = false, told_of_groups_ = false;
  Numbers customers_;
  GroupSource of_orders_, of_list_;
};

/// Whether a row is one of totals: no customer, and its first text is a word for it.
bool is_total_line(const Table& table);

/// Holds lines of totals to the lines before them.
class LineSums {
 public:
  void add(Amount amount);
  /// The line of a total: a mistake where it is another sum.
  void check(Table& table, BookBuilder& book);

 private:
  Amount all_ = 0, since_ = 0;
};

/// Whether a number with so many decimals is what an amount comes to when it is written with them.
bool ties_out(Amount said, std::size_t decimals, Amount amount);
/// How many decimals a text has behind that mark.
std::size_t decimals_in(std::string_view text, DecimalMark mark);

/// One file each. All lines are read, mistakes are gathered.
void read_orders(Table& table, BookBuilder& book);
void read_invoices(Table& table, BookBuilder& book);
void read_open_items(Table& table, BookBuilder& book);
void read_points(Table& table, BookBuilder& book);
void read_customer_list(Table& table, BookBuilder& book);
void read_deliveries(Table& table, BookBuilder& book);
void read_surveys(Table& table, BookBuilder& book);

}  // namespace clientele::scenarios
