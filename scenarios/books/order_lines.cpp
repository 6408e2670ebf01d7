// Lines of one number are one order; what comes to less than nothing is none.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <xxhash.h>

#include "scenarios/books/book_builder.hpp"
#include "scenarios/books/decimals.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {
namespace {

/// Of an order's number, or of a customer's day where there is none: 128 bits, so that two never meet.
struct OrderKey {
  std::uint64_t high = 0, low = 0;
  bool operator==(const OrderKey&) const = default;
};
struct OrderKeyHash {
  std::size_t operator()(const OrderKey& key) const { return key.low; }
};

OrderKey key_of(std::string_view bytes, std::uint64_t kind) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), kind);
  return {hash.high64, hash.low64};
}

/// An order while its lines come.
struct OrderSoFar {
  BookOrder order;
  std::uint32_t line = 0;
};

/// What a line comes to, and how much of it is margin.
struct LineWorth {
  Amount net = 0;
  std::optional<Amount> margin;
};

class OrderLines {
 public:
  OrderLines(Table& table, BookBuilder& book) : table_(table), book_(book) {}

  void read() {
    book_.books().numbered = table_.has(Meaning::number);
    book_.books().freight_known = table_.has(Meaning::freight);
    while (table_.next()) {
      if (is_total_line(table_))
        sums_.check(table_, book_);
      else
        read_line();
    }
    settle();
  }

 private:
  void read_line() {
    const auto worth = worth_of_line();
    const auto day = table_.date(Meaning::date);
    if (!worth || !day) return;
    sums_.add(worth->net);
    const auto customer = book_.customer(table_, worth->net);
    if (!customer) return;
    if (*day > book_.today()) return book_.count(BookRule::future_date, table_, worth->net);
    if (table_.has(Meaning::quantity) && worth->net == 0 && quantity_ == 0)
      return book_.count(BookRule::quantity_zero, table_);
    book_.see_currencies(table_, table_.has(Meaning::amount) ? Meaning::amount : Meaning::price);
    book_.see_group(table_, *customer);
    add(*customer, *day, *worth);
  }

  Amount times(Amount amount, double factor) {
    const double product = static_cast<double>(amount) * factor;
    return table_.has_room(product) ? static_cast<Amount>(std::llround(product)) : 0;
  }

  std::optional<LineWorth> worth_of_line() {
    LineWorth worth;
    quantity_ = 0;
    double pieces = 1;
    if (table_.has(Meaning::quantity)) {
      const auto said = table_.amount(Meaning::quantity, true);
      if (!said && !table_.text(Meaning::quantity).empty()) return {};
      quantity_ = said.value_or(0);
      pieces = units_of(quantity_);
    }
    if (table_.has(Meaning::amount)) {
      const auto said = table_.amount(Meaning::amount);
      if (!said) return {};
      worth.net = *said;
    } else {
      const auto price = table_.amount(Meaning::price);
      const auto off = table_.amount(Meaning::discount, true);
      if (!price || (!off && !table_.text(Meaning::discount).empty())) return {};
      if (off && (*off < 0 || *off > amounts_per_unit)) {
        table_.wrong(table_.said_in(Meaning::discount) + " is no share of the price from 0 to 1.");
        return {};
      }
      worth.net = times(*price, pieces * (1 - units_of(off.value_or(0))));
    }
    worth.margin = margin_of_line(worth.net, pieces);
    return worth;
  }

  std::optional<Amount> margin_of_line(Amount net, double pieces) {
    std::optional<Amount> margin = table_.amount(Meaning::margin, true);
    if (!margin) {
      if (const auto cost = table_.amount(Meaning::cost, true)) margin = net - *cost;
    }
    if (!margin) {
      if (const auto cost = table_.amount(Meaning::unit_cost, true)) margin = net - times(*cost, pieces);
    }
    const auto freight = table_.amount(Meaning::freight, true);
    if (freight) book_.books().freight += *freight;
    return margin && freight ? std::optional(*margin - *freight) : margin;
  }

  void add(std::uint32_t customer, Day day, const LineWorth& worth) {
    const std::string_view number = table_.text(Meaning::number);
    if (number.empty() && book_.books().numbered) book_.count(BookRule::no_number, table_);
    const std::uint64_t of_day = (std::uint64_t{customer} << 32U) | static_cast<std::uint32_t>(day);
    const OrderKey key =
        number.empty() ? key_of({reinterpret_cast<const char*>(&of_day), sizeof of_day}, 1) : key_of(number, 0);
    const auto [found, is_new] = order_of_.try_emplace(key, static_cast<std::uint32_t>(orders_.size()));
    if (is_new) orders_.push_back({{customer, day, 0, 0, true}, static_cast<std::uint32_t>(table_.line())});
    auto& [order, line] = orders_[found->second];
    if (order.customer != customer) {
      table_.wrong(table_.column(Meaning::number) + " has the same number as line " + std::to_string(line) +
                   ", which is of another customer (an order is one customer's).");
      return;
    }
    order.net += worth.net;
    order.margin += worth.margin.value_or(0);
    order.margin_known = order.margin_known && worth.margin.has_value();
  }

  void settle() {
    Books& books = book_.books();
    std::vector<bool> seen(books.customers.size(), false);
    std::vector<Amount> net_of(books.customers.size(), 0);
    books.margin_known = false;
    for (const auto& [order, line] : orders_) {
      if (order.net > 0) {
        books.orders.push_back(order);
        books.gross_sales += order.net;
        books.margin_known = books.margin_known || order.margin_known;
      } else if (order.net < 0) {
        books.returns.push_back({order.customer, order.day, order.net});
        books.returned += order.net;
      } else {
        book_.count(BookRule::zero_order);
      }
      seen[order.customer] = true;
      net_of[order.customer] += order.net;
      books.first_day = books.first_day == no_day ? order.day : std::min(books.first_day, order.day);
      books.last_day = std::max(books.last_day, order.day);
    }
    books.net_sales = books.gross_sales + books.returned;
    books.customers_in_orders = static_cast<std::uint64_t>(std::count(seen.begin(), seen.end(), true));
    for (const Amount net : net_of)
      if (net < 0) book_.count(BookRule::negative_customer, net);
    judge();
  }

  void judge() {
    Books& books = book_.books();
    const std::string& name = sim::printable(table_.read().name, 200);
    const auto [future, net, first] = books.count_of(BookRule::future_date);
    if (future * 100 > table_.read().lines)
      book_.mistakes().add(name, 0,
                           std::to_string(future) + " of " + std::to_string(table_.read().lines) +
                               " lines are dated after " + iso_text(book_.today()) + ", the first is " + first +
                               " (nothing can have been sold then). Is another order of dates meant (--date-order)?");
    if (book_.mistakes().count() > 0) return;
    std::vector<bool> ordered(books.customers.size(), false);
    for (const BookOrder& order : books.orders) ordered[order.customer] = true;
    const auto customers = std::count(ordered.begin(), ordered.end(), true);
    if (customers < 2)
      book_.mistakes().add(name, 0,
                           customers == 0 ? "has no order (a number whose lines come to more than 0)."
                                          : "has orders of one customer only (nothing can be said of differences "
                                            "between customers). Is the column of customers right?");
    if (books.orders.empty()) return;
    std::vector<bool> busy(static_cast<std::size_t>(month_of(books.last_day) - month_of(books.first_day)) + 1, false);
    for (const BookOrder& order : books.orders)
      busy[static_cast<std::size_t>(month_of(order.day) - month_of(books.first_day))] = true;
    for (std::size_t m = 0; m < busy.size(); ++m) {
      if (busy[m]) continue;
      RuleCount& empty = books.rules[static_cast<std::size_t>(BookRule::empty_month)];
      if (empty.count++ == 0) empty.first = iso_month(month_of(books.first_day) + static_cast<CalendarMonth>(m));
    }
  }

  Table& table_;
  BookBuilder& book_;
  LineSums sums_;
  Amount quantity_ = 0;
  std::unordered_map<OrderKey, std::uint32_t, OrderKeyHash> order_of_;
  std::vector<OrderSoFar> orders_;
};

}  // namespace

void read_orders(Table& table, BookBuilder& book) { OrderLines(table, book).read(); }

}  // namespace clientele::scenarios
