// A line for each thing that somebody who knows the books would ask first.
#include "tools/clientele/init/told_books.hpp"

#include <algorithm>

#include "scenarios/books/dates.hpp"
#include "scenarios/books/decimals.hpp"
#include "scenarios/books/point_lots.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {
namespace {

using scenarios::BookRule;
using scenarios::Books;
using scenarios::ReadFile;

std::string titled(std::string title, const std::string& text) {
  title.resize(std::max<std::size_t>(title.size() + 1, 12), ' ');
  return title + text + "\n";
}

std::string line_of_file(const ReadFile& read) {
  const std::string title(read.file == scenarios::BookFile::orders ? "orders" : scenarios::option_of(read.file));
  const std::string separator = read.separator == '\t' ? "tabs" : std::string("\"") + read.separator + "\"";
  std::string text = sim::printable(read.name, 200) + ": " + with_commas(read.lines) + " lines, " + read.encoding +
                     (read.compressed ? " (gzip)" : "") + ", between columns " + separator + ", decimal " +
                     (read.decimal == scenarios::DecimalMark::comma ? "comma" : "point");
  if (read.dates != scenarios::DateOrder::unknown) text += ", dates " + std::string(text_of(read.dates));
  std::string columns;
  for (const auto& [header, meaning] : read.columns)
    columns += (columns.empty() ? "" : ", ") + sim::printable(header, 40) + (header == meaning ? "" : " = " + meaning);
  return titled(title, text) + titled("", columns);
}

std::string money(const Books& books, scenarios::Amount amount) {
  return (books.currency.empty() ? "" : sim::printable(books.currency, 12) + " ") + scenarios::amount_text(amount);
}

std::string customers_of(const Books& books, const scenarios::History& history) {
  std::vector<std::uint64_t> sizes(books.groups.size(), 0);
  for (const scenarios::CustomerHistory& of : history.customers) ++sizes[of.group];
  std::string groups;
  for (std::size_t g = 0; g < sizes.size() && g < 8; ++g) {
    groups += (groups.empty() ? "" : ", ") + sim::printable(books.groups[g], 40) + " " + with_commas(sizes[g]);
    if (g == 0 && !books.home.empty()) groups += " (" + sim::printable(books.home, 40) + ")";
  }
  if (sizes.size() > 8) groups += ", ...";
  return with_commas(books.customers_in_orders) + ", " + with_commas(history.customers.size()) +
         " of them with an order before month 0: " + groups;
}

std::string orders_of(const Books& books, const scenarios::History& history) {
  std::uint64_t events = 0, orders = 0;
  for (const scenarios::CustomerHistory& of : history.customers) {
    events += of.orders_valued;
    orders += of.orders;
  }
  std::string text = with_commas(books.orders.size());
  if (orders != books.orders.size()) text += ", " + with_commas(orders) + " before month 0";
  return books.numbered ? text : text + " (" + with_commas(events) + " where those of a customer and day are one)";
}

/// What is held when month 0 begins, and which points of the list are in no customer's balance.
std::string points_of(const Books& books, const scenarios::History& history) {
  std::int64_t held = 0, late = 0, ended = 0, all = 0;
  std::uint64_t members = 0;
  for (const scenarios::CustomerHistory& of : history.customers) {
    std::int64_t own = of.points_without_end;
    for (const std::int64_t points : of.points_by_end) own += points;
    held += own, late += of.points_that_end_late, members += own > 0 ? 1 : 0;
  }
  for (const auto& [customer, lots] : scenarios::lots_before(books, history.origin))
    for (const auto& [ends, points] : lots.by_end) all += points;
  for (const scenarios::BookPoints& balance : books.points)
    if (balance.day == scenarios::no_day && balance.points > 0 && balance.ends < scenarios::month_of(history.origin))
      ended += balance.points;
  const auto number = [](std::int64_t points) { return with_commas(static_cast<std::uint64_t>(points)); };
  std::string text = number(held) + " held by " + with_commas(members) + " of them when month 0 begins";
  if (late > 0)
    text += "; " + number(late) + " end more than " + std::to_string(scenarios::months_of_points) +
            " months later (taken as without an end)";
  if (all > held) text += "; " + number(all - held) + " of customers without an order (left out)";
  if (ended > 0) text += "; " + number(ended) + " had ended before (left out)";
  return text;
}

std::string line_of_rule(BookRule rule, const Books& books) {
  const scenarios::RuleCount& counted = books.count_of(rule);
  std::string text = with_commas(counted.count) + " " + std::string(text_of(rule));
  if (counted.amount != 0) text += ", " + money(books, counted.amount) + " net";
  if (!counted.first.empty()) text += "; the first: " + counted.first;
  return text;
}

}  // namespace

std::string told_of_books(const Books& books, const scenarios::History& history) {
  std::string told;
  for (const ReadFile& read : books.files) told += line_of_file(read);
  told += titled("window", scenarios::iso_text(books.first_day) + " to " + scenarios::iso_text(books.last_day) +
                               "; month 0 begins on " + scenarios::iso_text(history.origin));
  told += titled("customers", customers_of(books, history));
  told += titled("orders", orders_of(books, history));
  told += titled("net sales", money(books, books.net_sales));
  told += titled("returns", with_commas(books.returns.size()) + ", " + money(books, books.returned) +
                                " (in net sales; no orders)");
  if (books.margin_known) told += titled("margin", "known where lines have it");
  if (!books.invoices.empty()) told += titled("invoices", with_commas(books.invoices.size()));
  if (books.has(scenarios::BookFile::points)) told += titled("points", points_of(books, history));
  std::string title = "rules";
  for (std::size_t r = 0; r < scenarios::book_rules; ++r) {
    const auto rule = static_cast<BookRule>(r);
    if (books.count_of(rule).count == 0) continue;
    told += titled(title, line_of_rule(rule, books));
    title.clear();
  }
  if (!title.empty()) told += titled(title, "nothing was left out");
  return told;
}

}  // namespace clientele::tools
