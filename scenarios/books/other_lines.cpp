// What stands beside orders: invoices and how they were paid, what is open, points, the firm's list, deliveries,
// surveys.
#include <algorithm>
#include <unordered_map>

#include "scenarios/books/book_builder.hpp"
#include "scenarios/books/decimals.hpp"
#include "scenarios/customers/canonical_id.hpp"
#include "sim/core/nearest.hpp"

namespace clientele::scenarios {
namespace {

std::optional<LateReason> reason_called(std::string_view text) {
  const std::string word = canonical_key(text);
  if (word.empty()) return LateReason::unknown;
  for (const auto& [known, reason] :
       {std::pair{"administration", LateReason::administration},
        std::pair{"administrative", LateReason::administration}, std::pair{"admin", LateReason::administration},
        std::pair{"dispute", LateReason::dispute}, std::pair{"disputed", LateReason::dispute},
        std::pair{"complaint", LateReason::dispute}, std::pair{"liquidity", LateReason::liquidity},
        std::pair{"cash", LateReason::liquidity}})
    if (word == known) return reason;
  return {};
}

/// Invoices by number, for one that comes in several lines.
struct NumberedInvoice {
  std::size_t at = 0, line = 0;
};

class InvoiceLines {
 public:
  InvoiceLines(Table& table, BookBuilder& book) : table_(table), book_(book) {}

  void read() {
    while (table_.next()) {
      if (is_total_line(table_))
        sums_.check(table_, book_);
      else
        read_line();
    }
  }

 private:
  void read_line() {
    const auto amount = table_.amount(Meaning::amount);
    const auto issued = table_.date(Meaning::date), due = table_.date(Meaning::due);
    auto settled = table_.date(Meaning::settled, true);
    const auto disputed = table_.yes_or_no(Meaning::disputed);
    auto reason = reason_called(table_.text(Meaning::reason));
    if (!reason)
      table_.wrong(table_.said_in(Meaning::reason) + " is no reason. Expected: administration, dispute or liquidity.");
    if (!amount || !issued || !due || !reason) return;
    sums_.add(*amount);
    const auto customer = book_.customer(table_, *amount);
    if (!customer) return;
    if (*issued > book_.today()) return book_.count(BookRule::future_date, table_, *amount);
    if (*amount <= 0) return book_.count(BookRule::credit_note, table_, *amount);
    if (*due < *issued)
      return table_.wrong("is due before it was issued (" + iso_text(*due) + " and " + iso_text(*issued) +
                          "). Are the two columns swapped?");
    book_.see_currencies(table_, Meaning::amount);
    if (settled && *settled > book_.today()) {
      book_.count(BookRule::settled_later, table_, *amount);
      settled.reset();
    }
    if (settled && *settled < *issued) {
      book_.count(BookRule::paid_before_issued, table_, *amount);
      settled = issued;
    }
    if (*reason == LateReason::unknown && disputed.value_or(false)) reason = LateReason::dispute;
    keep({*customer, *issued, *due, settled.value_or(no_day), *amount, *reason, disputed.value_or(false)});
  }

  /// Instalments of an invoice are paid with the last of them.
  void keep(const BookInvoice& invoice) {
    std::vector<BookInvoice>& kept = book_.books().invoices;
    const std::string number(table_.text(Meaning::number));
    if (!number.empty()) {
      const auto [found, is_new] = numbered_.try_emplace(number, NumberedInvoice{kept.size(), table_.line()});
      if (!is_new) {
        BookInvoice& before = kept[found->second.at];
        if (before.customer != invoice.customer)
          return table_.wrong(table_.column(Meaning::number) + " has the same number as line " +
                              std::to_string(found->second.line) +
                              ", which is of another customer (an invoice is one customer's).");
        before.amount += invoice.amount;
        const bool open = before.settled == no_day || invoice.settled == no_day;
        before.settled = open ? no_day : std::max(before.settled, invoice.settled);
        before.disputed = before.disputed || invoice.disputed;
        return;
      }
    }
    kept.push_back(invoice);
  }

  Table& table_;
  BookBuilder& book_;
  LineSums sums_;
  std::unordered_map<std::string, NumberedInvoice> numbered_;
};

void read_ageing(Table& table, BookBuilder& book, std::uint32_t customer) {
  using enum Meaning;
  AgeingRow row{.customer = customer};
  constexpr std::array buckets{not_due, overdue_30, overdue_60, overdue_90, overdue_more};
  for (std::size_t b = 0; b < buckets.size(); ++b) {
    const auto open = table.amount(buckets[b], true);
    if (!open) continue;
    if (*open < 0)
      book.count(BookRule::credit_note, table, *open);
    else
      row.open[b] = *open;
  }
  book.books().ageing.push_back(row);
}

}  // namespace

void read_invoices(Table& table, BookBuilder& book) { InvoiceLines(table, book).read(); }

void read_open_items(Table& table, BookBuilder& book) {
  const bool by_bucket = table.has(Meaning::not_due);
  LineSums sums;
  while (table.next()) {
    if (is_total_line(table)) {
      sums.check(table, book);
      continue;
    }
    if (by_bucket) {
      if (const auto customer = book.customer(table)) read_ageing(table, book, *customer);
      continue;
    }
    const auto amount = table.amount(Meaning::amount);
    const auto due = table.date(Meaning::due);
    if (!amount || !due) continue;
    sums.add(*amount);
    const auto customer = book.customer(table, *amount);
    if (!customer) continue;
    book.see_currencies(table, Meaning::amount);
    if (*amount <= 0)
      book.count(BookRule::credit_note, table, *amount);
    else
      book.books().open_items.push_back({*customer, *due, *amount});
  }
}

void read_points(Table& table, BookBuilder& book) {
  while (table.next()) {
    if (is_total_line(table)) {
      book.count(BookRule::total_line, table);
      continue;
    }
    const auto points = table.amount(Meaning::points);
    const auto ends = table.month(Meaning::ends);
    const auto day = table.date(Meaning::date, true);
    if (!points || !ends || (!day && !table.text(Meaning::date).empty())) continue;
    if (*points % amounts_per_unit != 0) {
      table.wrong(table.said_in(Meaning::points) + " is not a whole number of points.");
      continue;
    }
    const auto customer = book.customer(table);
    if (!customer) continue;
    if (day && *day > book.today())
      book.count(BookRule::future_date, table);
    else
      book.books().points.push_back({*customer, day.value_or(no_day), *ends, *points / amounts_per_unit});
  }
}

void read_customer_list(Table& table, BookBuilder& book) {
  std::unordered_map<std::uint32_t, std::size_t> lines;
  std::vector<std::string>& tiers = book.books().tiers;
  while (table.next()) {
    if (is_total_line(table)) {
      book.count(BookRule::total_line, table);
      continue;
    }
    const auto since = table.date(Meaning::since, true);
    const auto by_hand = table.yes_or_no(Meaning::by_hand);
    const auto customer = book.customer(table);
    if (!customer) continue;
    book.see_group(table, *customer);
    BookCustomer& known = book.books().customers[*customer];
    if (since && *since <= book.today()) known.since = *since;
    known.by_hand = by_hand.value_or(false);
    const std::string tier(table.text(Meaning::tier));
    if (!tier.empty()) {
      const auto found = std::find(tiers.begin(), tiers.end(), tier);
      const auto number = static_cast<std::int32_t>(found - tiers.begin());
      if (found == tiers.end()) tiers.push_back(tier);
      const auto [first, is_new] = lines.try_emplace(*customer, table.line());
      if (!is_new && known.tier != number)
        table.wrong(table.column(Meaning::tier) + " is another than in line " + std::to_string(first->second) +
                    ", and the customer is the same. Which one?");
      known.tier = number;
    }
  }
}

void read_deliveries(Table& table, BookBuilder& book) {
  while (table.next()) {
    if (is_total_line(table)) {
      book.count(BookRule::total_line, table);
      continue;
    }
    const auto day = table.date(Meaning::date, true);
    const auto promised = table.date(Meaning::promised, true);
    const auto late = table.yes_or_no(Meaning::late);
    const auto customer = book.customer(table);
    if (!customer) continue;
    if (!day || (!late && !promised))
      book.count(BookRule::no_delivery_day, table);
    else if (*day > book.today())
      book.count(BookRule::future_date, table);
    else
      book.books().deliveries.push_back({*customer, *day, late.value_or(promised && *day > *promised)});
  }
}

void read_surveys(Table& table, BookBuilder& book) {
  while (table.next()) {
    if (is_total_line(table)) {
      book.count(BookRule::total_line, table);
      continue;
    }
    const auto score = table.amount(Meaning::score);
    const auto day = table.date(Meaning::date);
    if (!score || !day) continue;
    const auto customer = book.customer(table);
    if (!customer) continue;
    if (*day > book.today())
      book.count(BookRule::future_date, table);
    else
      book.books().surveys.push_back({*customer, *day, units_of(*score)});
  }
}

}  // namespace clientele::scenarios
