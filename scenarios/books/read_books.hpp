// Reads what people have: lists of orders, invoices, open items, points, customers, deliveries and surveys.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/books/books.hpp"
#include "sim/core/check.hpp"

namespace clientele::scenarios {

struct BookFiles {
  std::vector<std::pair<BookFile, std::filesystem::path>> files;  ///< one of orders, and at most one of each other kind
  std::vector<ReadFile::Column> columns = {};  ///< what somebody says that a header means, in whichever file has it
  DateOrder dates = DateOrder::unknown;        ///< unknown: each file's own
  DecimalMark decimal = DecimalMark::unknown;
  std::string currency = {};  ///< of amounts that name none; empty: not known
  Day today = no_day;         ///< nothing can have happened after it
  TellRead tell = {};
};

/// What was read, or what is wrong with it. No text here holds a customer's id.
struct BooksReading {
  Books books;
  std::vector<std::string> mistakes = {};  ///< the first twenty: "orders.csv:17: problem (why) suggestion?"
  std::size_t mistakes_count = 0;
  sim::Exit status = sim::Exit::bad_data;  ///< of the first mistake; files that cannot be opened have their own
  std::vector<std::string> warnings = {};
  std::vector<std::string> notes = {};  ///< how it was read, where that is not as usual, a line each
  std::vector<std::string> hints = {};  ///< for whoever chooses options: another one would have read more
};

/// Reads line by line: memory grows with customers and orders, not with lines. Amounts are summed exactly. Equal files
/// give equal books, whatever their encoding, separators and marks.
BooksReading read_books(const BookFiles& files);

/// A number of the firm's own that the books are held to: "revenue", "customers", "orders", "invoices", "returns".
struct BookControl {
  std::string name, number;
  bool operator==(const BookControl&) const = default;
};
/// Whether there is a control number of that name.
bool is_book_control(std::string_view name);
std::string nearest_book_control(std::string_view name);

/// What does not tie out to the last digit that is said ("revenue = 8,300,066 does not tie out: ..."); nothing where
/// all do.
std::vector<std::string> not_tied_out(const Books& books, const std::vector<BookControl>& controls);

}  // namespace clientele::scenarios
