// Orders first: who is in no list of orders is a customer without a history.
#include "scenarios/books/read_books.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <tuple>

#include "scenarios/amounts.hpp"
#include "scenarios/books/book_builder.hpp"
#include "scenarios/books/decimals.hpp"
#include "scenarios/books/point_lots.hpp"
#include "scenarios/customers/canonical_id.hpp"
#include "scenarios/customers/file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::printable;

namespace {

using BookReader = void (*)(Table&, BookBuilder&);
constexpr std::array<BookReader, book_files> readers{read_orders,        read_invoices,   read_open_items, read_points,
                                                     read_customer_list, read_deliveries, read_surveys};

const std::vector<std::string>& control_names() {
  static const std::vector<std::string> names{"revenue", "customers", "orders", "invoices", "returns"};
  return names;
}

/// A header that somebody speaks of is in one of the files; else a column would be missed in silence.
void expect_said_columns(const std::vector<ReadFile::Column>& columns, const std::vector<std::string>& headers,
                         MistakesOfBooks& mistakes) {
  for (const ReadFile::Column& column : columns) {
    const bool known =
        std::ranges::any_of(headers, [&](const auto& h) { return canonical_id(h) == canonical_id(column.header); });
    if (known) continue;
    const std::string guess = sim::nearest(column.header, headers);
    mistakes.add("--map " + in_quotes(printable(column.header, max_shown) + "=" + column.meaning, 2 * max_shown), 0,
                 "no file has a column " + in_quotes(column.header, max_shown) + "." +
                     (guess.empty() ? "" : " Did you mean " + in_quotes(guess, max_shown) + "?"));
  }
}

/// Headers that name a currency, such as Amount_GBP.
void see_currencies_of_header(Table& table, BookBuilder& book) {
  for (const std::string& currency : table.currencies()) book.see_currency(table, currency);
}

/// "DueDate" = due, where a list of orders has columns that only one of invoices would be read for.
std::string columns_of_invoices(const Table& table) {
  std::string columns;
  for (const std::string& header : table.header()) {
    const Meaning meaning = meaning_of_header(header, BookFile::invoices).meaning;
    if (meaning == Meaning::due || meaning == Meaning::settled)
      columns += (columns.empty() ? "" : ", ") + in_quotes(header, max_shown) + " = " + std::string(word_of(meaning));
  }
  return columns;
}

void tell_of_table(const Table& table, const BookFiles& files, BooksReading& reading) {
  const std::string name = printable(table.read().name, 200);
  std::string columns;
  for (const std::string& header : table.day_number_columns())
    columns += (columns.empty() ? "" : ", ") + in_quotes(header, max_shown);
  if (!columns.empty())
    reading.notes.push_back(name + ": dates are day numbers of a spreadsheet, counted from 1899-12-30 (" + columns +
                            ").");
  const bool has_invoices =
      std::ranges::any_of(files.files, [](const auto& file) { return file.first == BookFile::invoices; });
  if (table.read().file != BookFile::orders || has_invoices) return;
  if (const std::string due = columns_of_invoices(table); !due.empty())
    reading.hints.push_back(
        name + " looks like a list of invoices (" + due +
        "), and of a list of orders nobody reads when they were due or paid. Did you mean --invoices " + name +
        " in place of --from? It is a list of orders, too, then.");
}

void count_without_orders(Books& books) {
  std::vector<bool> ordered(books.customers.size(), false);
  for (const BookOrder& order : books.orders) ordered[order.customer] = true;
  books.rules[static_cast<std::size_t>(BookRule::never_ordered)].count =
      static_cast<std::uint64_t>(std::count(ordered.begin(), ordered.end(), false));
}

std::vector<std::string> warnings_of(const Books& books) {
  std::vector<std::string> warnings;
  for (const ReadFile& read : books.files) {
    if (read.file == BookFile::orders || read.file == BookFile::customers || read.lines > 0) continue;
    warnings.push_back(printable(read.name, 200) + " has no lines (only column names).");
  }
  const RuleCount& empty = books.count_of(BookRule::empty_month);
  if (empty.count > 0)
    warnings.push_back(std::to_string(empty.count) + " months within the window have no order, the first is " +
                       empty.first + ". Is a part of the export missing?");
  if (!books.numbered)
    warnings.emplace_back("orders have no numbers: lines of a customer and a day are taken for one order.");
  return warnings;
}

}  // namespace

/// An order and the credit note that takes all of it back within three days cancel each other: a slip, no purchase.
void cancel_orders(Books& books) {
  constexpr Day soon = 3;
  // By customer, amount and day, in the order of their lines: many may be alike.
  std::map<std::tuple<std::uint32_t, Amount, Day>, std::deque<std::size_t>> notes;
  for (std::size_t n = 0; n < books.returns.size(); ++n)
    notes[{books.returns[n].customer, -books.returns[n].net, books.returns[n].day}].push_back(n);
  std::vector<bool> is_spent(books.returns.size());
  RuleCount& rule = books.rules[static_cast<std::size_t>(BookRule::cancelled_order)];
  std::erase_if(books.orders, [&](const BookOrder& order) {
    std::deque<std::size_t>* first = nullptr;
    for (auto at = notes.lower_bound({order.customer, order.net, order.day});
         at != notes.end() && at->first <= std::tuple(order.customer, order.net, order.day + soon); ++at)
      if (!at->second.empty() && (first == nullptr || at->second.front() < first->front())) first = &at->second;
    if (first == nullptr) return false;
    is_spent[first->front()] = true;
    first->pop_front();
    ++rule.count;
    rule.amount += order.net;
    books.gross_sales -= order.net;
    books.returned += order.net;
    return true;
  });
  std::size_t n = 0;
  std::erase_if(books.returns, [&](const BookReturn&) { return is_spent[n++]; });
}

BooksReading read_books(const BookFiles& files) {
  BooksReading reading;
  MistakesOfBooks mistakes;
  BookBuilder book(reading.books, mistakes, files.currency, files.today);
  const SaidOfTables said{files.columns, files.dates, files.decimal, files.today, files.tell};
  auto sorted = files.files;
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> headers;
  for (const auto& [file, path] : sorted) {
    const bool is_first_mistake = mistakes.count() == 0;
    Table table(file, path, said, mistakes);
    headers.insert(headers.end(), table.header().begin(), table.header().end());
    if (!table.is_sound()) {
      if (is_first_mistake) reading.status = table.status();
      tell_of_table(table, files, reading);
      continue;
    }
    see_currencies_of_header(table, book);
    readers[static_cast<std::size_t>(file)](table, book);
    tell_of_table(table, files, reading);
    reading.books.files.push_back(table.read());
  }
  expect_said_columns(files.columns, headers, mistakes);
  if (mistakes.count() == 0) {
    book.settle_currency();
    book.settle_groups();
    count_without_orders(reading.books);
    count_overspent(reading.books);
    cancel_orders(reading.books);
    reading.warnings = warnings_of(reading.books);
  }
  reading.mistakes = mistakes.told();
  reading.mistakes_count = mistakes.count();
  return reading;
}

bool is_book_control(std::string_view name) {
  return std::ranges::find(control_names(), name) != control_names().end();
}

std::string nearest_book_control(std::string_view name) { return sim::nearest(name, control_names()); }

std::vector<std::string> not_tied_out(const Books& books, const std::vector<BookControl>& controls) {
  std::vector<std::string> off;
  const auto whole = [](std::uint64_t number) { return static_cast<Amount>(number) * amounts_per_unit; };
  for (const BookControl& control : controls) {
    Amount have = books.net_sales;
    if (control.name == "customers") have = whole(books.customers_in_orders);
    const std::uint64_t cancelled = books.count_of(BookRule::cancelled_order).count;
    if (control.name == "orders") have = whole(books.orders.size() + cancelled);
    if (control.name == "invoices")
      have = whole(books.has(BookFile::invoices) ? books.invoices.size()
                                                 : books.orders.size() + books.returns.size() + 2 * cancelled +
                                                       books.count_of(BookRule::zero_order).count);
    if (control.name == "returns") have = books.returned - books.count_of(BookRule::cancelled_order).amount;
    const std::vector<std::string> numbers = plain_numbers(control.number);
    const auto said = numbers.size() == 1 ? amount_of(numbers.front(), DecimalMark::point) : std::nullopt;
    if (!said) {
      off.push_back(control.name + " = " + in_quotes(control.number, max_shown) + " is no number." +
                    number_meant(control.number));
      continue;
    }
    if (ties_out(*said, decimals_in(numbers.front(), DecimalMark::point), have)) continue;
    off.push_back(control.name + " = " + plain_amount(*said) + " does not tie out: the files come to " +
                  plain_amount(have) + ", " + plain_amount(*said > have ? *said - have : have - *said) +
                  (*said > have ? " less." : " more."));
  }
  return off;
}

}  // namespace clientele::scenarios
