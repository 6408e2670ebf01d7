// Ids are compared in one Unicode form; the form that a row has is looked up first, for most rows have that one.
#include "scenarios/books/book_builder.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "scenarios/books/decimals.hpp"
#include "scenarios/books/labels.hpp"
#include "scenarios/customers/canonical_id.hpp"
#include "scenarios/customers/file.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::printable;

namespace {

constexpr std::size_t most_groups = 250;

/// Signs that stand for one currency where a file says its code, too.
std::string_view code_of(std::string_view currency) {
  if (currency == "\xE2\x82\xAC") return "EUR";
  if (currency == "\xC2\xA3") return "GBP";
  return currency;
}

/// Signs that stand for one of several currencies, which a code tells.
bool may_stand_for(std::string_view sign, std::string_view code) {
  constexpr auto dollars = std::to_array<std::string_view>(
      {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "BRL"});
  if (sign == "$") return std::ranges::find(dollars, code) != dollars.end();
  return sign == "\xC2\xA5" && (code == "JPY" || code == "CNY");
}

}  // namespace

std::optional<std::uint32_t> BookBuilder::customer(const Table& table, Amount amount) {
  const std::string_view text = table.text(Meaning::id);
  if (text.empty()) {
    count(BookRule::empty_id, table, amount);
    return {};
  }
  if (const auto known = customers_.find(text); known != customers_.end()) return known->second;
  const auto [found, is_new] =
      customers_.try_emplace(canonical_id(text), static_cast<std::uint32_t>(books_.customers.size()));
  if (is_new) books_.customers.push_back({.id = found->first});
  return found->second;
}

void BookBuilder::count(BookRule rule, const Table& table, Amount amount) {
  RuleCount& counted = books_.rules[static_cast<std::size_t>(rule)];
  if (counted.count == 0) counted.first = table.place();
  count(rule, amount);
}

void BookBuilder::count(BookRule rule, Amount amount) {
  RuleCount& counted = books_.rules[static_cast<std::size_t>(rule)];
  ++counted.count;
  counted.amount += amount;
}

void BookBuilder::see_currency(Table& table, std::string_view seen) {
  const std::string_view currency = code_of(seen);
  if (currency.empty() || currency == currency_ || may_stand_for(currency, currency_)) return;
  if (may_stand_for(currency_, currency)) {
    currency_ = currency;
    return;
  }
  if (currency_.empty()) {
    currency_ = currency;
    currency_place_ = table.place();
  } else if (!told_of_currencies_) {
    told_of_currencies_ = true;
    table.wrong("has amounts in " + (currency.size() > 4 ? "another currency" : printable(currency, 12)) + ", and " +
                (currency_place_.empty() ? "--currency says " : currency_place_ + " has ") + printable(currency_, 12) +
                " (money is of one currency). Can you export them in one?");
  }
}

void BookBuilder::see_currencies(Table& table, Meaning amount) {
  see_currency(table, table.text(Meaning::currency));
  see_currency(table, currency_beside(table.text(amount)));
}

void BookBuilder::see_group(Table& table, std::uint32_t customer) {
  const bool has_group = table.has(Meaning::group);
  if (!has_group && !table.has(Meaning::country)) return;
  GroupSource& source = table.read().file == BookFile::customers ? of_list_ : of_orders_;
  source.used = true;
  source.is_country = !has_group;
  const std::string_view text = table.text(has_group ? Meaning::group : Meaning::country);
  if (source.of_customer.size() <= customer) {
    source.of_customer.resize(customer + 1, -1);
    source.in_two.resize(customer + 1, false);
  }
  if (text.empty()) return;
  auto number = source.numbers.find(text);
  if (number == source.numbers.end()) {
    if (source.names.size() == most_groups) {
      if (!told_of_groups_)
        table.wrong(table.column(has_group ? Meaning::group : Meaning::country) + " has more than " +
                    std::to_string(most_groups) + " values. Is it another column?");
      told_of_groups_ = true;
      return;
    }
    number = source.numbers.emplace(std::string(text), static_cast<std::uint32_t>(source.names.size())).first;
    source.names.emplace_back(text);
  }
  std::int32_t& of = source.of_customer[customer];
  const auto said = static_cast<std::int32_t>(number->second);
  if (of < 0) of = said;
  if (of != said) {
    if (source.first_in_two.empty()) source.first_in_two = table.place();
    source.in_two[customer] = true;
  }
}

void BookBuilder::settle_groups() {
  GroupSource& source = of_list_.used ? of_list_ : of_orders_;
  if (!source.used) {
    books_.groups = {"all"};
    return;
  }
  constexpr std::size_t few = 10;
  if (source.names.size() > few && 2 * source.names.size() > customers())
    return mistakes_.add("groups", 0,
                         "there are " + std::to_string(source.names.size()) + " of " + std::to_string(customers()) +
                             " customers (a group is a kind of customers). Is it another column?");
  source.of_customer.resize(customers(), -1);
  for (const bool in_two : source.in_two)
    if (in_two) count(BookRule::two_groups);
  books_.rules[static_cast<std::size_t>(BookRule::two_groups)].first = source.first_in_two;
  if (source.is_country) return settle_countries(source);
  books_.groups = source.names;
  const auto unknown = static_cast<std::uint32_t>(source.names.size());
  for (std::size_t c = 0; c < customers(); ++c) {
    const std::int32_t group = source.of_customer[c];
    books_.customers[c].group = group < 0 ? unknown : static_cast<std::uint32_t>(group);
    if (group < 0) count(BookRule::no_group);
  }
  if (books_.count_of(BookRule::no_group).count > 0) books_.groups.emplace_back("unknown");
}

/// Home is the country with the most net sales.
void BookBuilder::settle_countries(const GroupSource& source) {
  std::vector<Amount> sales(source.names.size(), 0);
  const auto add = [&](std::uint32_t customer, Amount net) {
    if (const std::int32_t country = source.of_customer[customer]; country >= 0)
      sales[static_cast<std::size_t>(country)] += net;
  };
  for (const BookOrder& order : books_.orders) add(order.customer, order.net);
  for (const BookReturn& back : books_.returns) add(back.customer, back.net);
  const auto home = static_cast<std::int32_t>(std::max_element(sales.begin(), sales.end()) - sales.begin());
  books_.groups = {"home", "export"};
  if (!source.names.empty()) books_.home = source.names[static_cast<std::size_t>(home)];
  for (std::size_t c = 0; c < customers(); ++c) {
    books_.customers[c].group = source.of_customer[c] == home ? 0 : 1;
    if (source.of_customer[c] < 0) count(BookRule::no_group);
  }
  if (std::ranges::none_of(books_.customers, [](const BookCustomer& c) { return c.group == 1; }))
    books_.groups.pop_back();
}

bool is_total_line(const Table& table) {
  const std::string_view id = table.text(Meaning::id), number = table.text(Meaning::number);
  return (id.empty() || is_total_label(id)) && (number.empty() || is_total_label(number)) &&
         is_total_label(table.first_text());
}

void LineSums::add(Amount amount) {
  all_ += amount;
  since_ += amount;
}

void LineSums::check(Table& table, BookBuilder& book) {
  const bool part = is_subtotal_label(table.first_text());
  const Amount sum = part ? since_ : all_;
  if (part) since_ = 0;
  book.count(BookRule::total_line, table);
  const std::string_view text = table.text(Meaning::amount);
  if (text.empty()) return;
  const auto said = table.amount(Meaning::amount);
  if (said && !ties_out(*said, decimals_in(text, table.read().decimal), sum))
    table.wrong("is a line of totals that says " + amount_text(*said) + ", and the lines before it come to " +
                amount_text(sum) + ". Are lines missing?");
}

bool ties_out(Amount said, std::size_t decimals, Amount amount) {
  Amount step = amounts_per_unit;
  for (std::size_t d = 0; d < decimals && step > 1; ++d) step /= 10;
  return 2 * std::abs(said - amount) <= (step > 1 ? step : 0);
}

std::size_t decimals_in(std::string_view text, DecimalMark mark) {
  const std::size_t at = text.rfind(mark == DecimalMark::comma ? ',' : '.');
  if (at == std::string_view::npos) return 0;
  std::size_t digits = 0;
  while (at + 1 + digits < text.size() && text[at + 1 + digits] >= '0' && text[at + 1 + digits] <= '9') ++digits;
  return digits;
}

}  // namespace clientele::scenarios
