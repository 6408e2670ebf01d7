// Everything is cut at the origin first; then each customer is told alone.
#include "scenarios/books/history.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/books/dates.hpp"
#include "scenarios/books/point_lots.hpp"
#include "sim/core/check.hpp"

namespace clientele::scenarios {
namespace {

/// How many whole months lie between a day and the origin; of a day that is just so many months back, one less where
/// the day itself counts as within them.
std::uint32_t months_since(Day day, Day origin, bool day_is_within) {
  auto months = static_cast<std::uint32_t>(std::max(0, month_of(origin) - month_of(day) - 1));
  while (months_later(origin, -static_cast<int>(months) - 1) >= day + (day_is_within ? 1 : 0)) ++months;
  return months;
}

/// Which of the last months holds a day: 0 is the last before the origin.
class MonthsBack {
 public:
  explicit MonthsBack(Day origin) {
    for (std::size_t m = 0; m < begins_.size(); ++m) begins_[m] = months_later(origin, -static_cast<int>(m) - 1);
  }
  std::size_t of(Day day) const {
    return static_cast<std::size_t>(
        std::find_if(begins_.begin(), begins_.end(), [&](Day begin) { return day >= begin; }) - begins_.begin());
  }

 private:
  std::array<Day, months_of_history> begins_{};
};

void tell_events(CustomerHistory& of, const std::vector<BookEvent>& events, const MonthsBack& months, Day origin) {
  of.first_order = events.front().day;
  of.last_order = events.back().day;
  of.repeat_orders = static_cast<std::uint32_t>(events.size()) - 1;
  of.orders_valued = static_cast<std::uint32_t>(events.size());
  of.months_to_last_order = (of.last_order - of.first_order) / days_per_book_month;
  of.months_seen = (origin - 1 - of.first_order) / days_per_book_month;
  of.months_quiet = months_since(of.last_order, origin, true);
  double sum = 0, logs = 0;
  for (const BookEvent& event : events) {
    sum += units_of(event.net);
    logs += std::log(units_of(event.net));
    if (const std::size_t month = months.of(event.day); month < months_of_history) {
      of.sales[month] += event.net;
      ++of.events[month];
    }
  }
  const auto count = static_cast<double>(events.size());
  of.arithmetic_mean_value = sum / count;
  of.geometric_mean_value = std::exp(logs / count);
  for (const BookEvent& event : events)
    of.log_value_squares += std::pow(std::log(units_of(event.net)) - logs / count, 2);
  if (events.size() > 1) of.repeat_mean_value = (sum - units_of(events.front().net)) / (count - 1);
}

std::size_t bucket_of(Day days_overdue) {
  if (days_overdue <= 0) return 0;
  return static_cast<std::size_t>(std::min((days_overdue - 1) / 30, 3) + 1);
}

void add_open(CustomerHistory& of, Day due, Amount amount, Day origin) {
  const std::size_t bucket = bucket_of(origin - 1 - due);
  of.open[bucket] += amount;
  if (bucket > 0) return;
  std::size_t months = 0;
  while (months_later(origin, static_cast<int>(months) + 1) <= due) ++months;
  if (of.open_by_due.size() <= months) of.open_by_due.resize(months + 1, 0);
  of.open_by_due[months] += amount;
}

void tell_invoice(CustomerHistory& of, const BookInvoice& invoice, Day origin) {
  if (invoice.settled == no_day || invoice.settled >= origin) return;
  ++of.invoices_seen;
  if (invoice.settled <= invoice.due) return;
  ++of.invoices_late;
  ++of.late_by[static_cast<std::size_t>(invoice.reason)];
  of.days_late += invoice.settled - invoice.due;
}

/// The history of a customer of the books; nothing where it has none.
class HistoryOfCustomers {
 public:
  HistoryOfCustomers(const Books& books, History& history) : books_(books), history_(history) {}

  void tell() {
    const auto events = events_before(books_, history_.origin);
    const MonthsBack months(history_.origin);
    place_.assign(books_.customers.size(), none);
    for (std::uint32_t c = 0; c < books_.customers.size(); ++c) {
      if (events[c].empty()) continue;
      place_[c] = static_cast<std::uint32_t>(history_.customers.size());
      CustomerHistory& of = history_.customers.emplace_back();
      of.customer = c;
      of.group = books_.customers[c].group;
      tell_events(of, events[c], months, history_.origin);
      const Day since = books_.customers[c].since;
      of.tenure =
          months_since(since == no_day ? of.first_order : std::min(since, of.first_order), history_.origin, false);
    }
    tell_orders(months);
    tell_payments();
    tell_today();
    tell_months(events);
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  CustomerHistory* of(std::uint32_t customer) {
    return place_[customer] == none ? nullptr : &history_.customers[place_[customer]];
  }

  void tell_orders(const MonthsBack& months) {
    std::vector<std::array<Amount, 2>> margins(history_.customers.size());  // margin and what it is of
    for (const BookOrder& order : books_.orders) {
      if (order.day >= history_.origin) continue;
      ++of(order.customer)->orders;
      if (!order.margin_known) continue;
      margins[place_[order.customer]][0] += order.margin;
      margins[place_[order.customer]][1] += order.net;
    }
    for (std::size_t c = 0; c < margins.size(); ++c)
      if (margins[c][1] > 0) history_.customers[c].margin_share = units_of(margins[c][0]) / units_of(margins[c][1]);
    for (const BookReturn& back : books_.returns) {
      CustomerHistory* const known = of(back.customer);
      const std::size_t month = back.day < history_.origin ? months.of(back.day) : months_of_history;
      if (known != nullptr && month < months_of_history) known->sales[month] += back.net;
    }
  }

  void tell_payments() {
    const Day origin = history_.origin;
    const bool list_holds = books_.has(BookFile::open_items) && origin > books_.last_day;
    const bool told_by_invoices = books_.has(BookFile::invoices) && !list_holds;
    for (CustomerHistory& known : history_.customers) known.open_known = list_holds || told_by_invoices;
    for (const BookInvoice& invoice : books_.invoices) {
      CustomerHistory* const known = of(invoice.customer);
      if (known == nullptr || invoice.issued >= origin) continue;
      tell_invoice(*known, invoice, origin);
      const bool open = invoice.settled == no_day || invoice.settled >= origin;
      if (open && told_by_invoices) add_open(*known, invoice.due, invoice.amount, origin);
    }
    if (!list_holds) return;
    for (const OpenItem& item : books_.open_items)
      if (CustomerHistory* const known = of(item.customer)) add_open(*known, item.due, item.amount, origin);
    for (const AgeingRow& row : books_.ageing)
      if (CustomerHistory* const known = of(row.customer))
        for (std::size_t b = 0; b < row.open.size(); ++b) known->open[b] += row.open[b];
  }

  void tell_today() {
    const Day origin = history_.origin;
    const bool is_today = origin > books_.last_day;
    for (CustomerHistory& known : history_.customers) {
      known.points_known = books_.has(BookFile::points);
      if (!is_today) continue;
      known.tier = books_.customers[known.customer].tier;
      known.by_hand = books_.customers[known.customer].by_hand;
    }
    for (const auto& [customer, lots] : lots_before(books_, origin)) {
      CustomerHistory* const known = of(customer);
      if (known == nullptr) continue;
      for (const auto& [ends, points] : lots.by_end) {
        if (ends == no_end || ends - month_of(origin) >= months_of_points) {
          known->points_without_end += points;
          if (ends != no_end) known->points_that_end_late += points;
          continue;
        }
        const auto months = static_cast<std::size_t>(ends - month_of(origin));
        if (known->points_by_end.size() <= months) known->points_by_end.resize(months + 1, 0);
        known->points_by_end[months] += points;
      }
    }
  }

  void tell_months(const std::vector<std::vector<BookEvent>>& events) {
    const CalendarMonth first = month_of(history_.first_day), last = month_of(history_.origin - 1);
    for (CalendarMonth m = first; m <= last; ++m)
      history_.months.push_back(
          {.month = m, .whole = first_day_of(m) >= history_.first_day && first_day_of(m + 1) <= history_.origin});
    const auto month = [&](Day day) -> MonthOfBooks& {
      return history_.months[static_cast<std::size_t>(month_of(day) - first)];
    };
    for (const BookOrder& order : books_.orders) {
      if (order.day >= history_.origin) continue;
      ++month(order.day).orders;
      month(order.day).revenue += order.net;
    }
    for (const BookReturn& back : books_.returns)
      if (back.day < history_.origin) month(back.day).revenue += back.net;
    history_.newcomers_of_group.assign(books_.groups.size(), std::vector<std::uint32_t>(history_.months.size(), 0));
    for (std::uint32_t c = 0; c < events.size(); ++c) {
      const MonthOfBooks* before = nullptr;
      for (const BookEvent& event : events[c]) {
        MonthOfBooks& now = month(event.day);
        ++now.events;
        now.buyers += &now != before ? 1 : 0;
        if (before == nullptr) {
          ++now.newcomers;
          ++history_.newcomers_of_group[books_.customers[c].group][static_cast<std::size_t>(now.month - first)];
        }
        before = &now;
      }
    }
  }

  const Books& books_;
  History& history_;
  std::vector<std::uint32_t> place_;  ///< by customer of the books, in History::customers
};

}  // namespace

std::vector<std::vector<BookEvent>> events_before(const Books& books, Day end) {
  std::vector<std::vector<BookEvent>> events(books.customers.size());
  for (const BookOrder& order : books.orders)
    if (order.day < end) events[order.customer].push_back({order.day, order.net});
  for (std::vector<BookEvent>& of : events) {
    std::sort(of.begin(), of.end(),
              [](const BookEvent& a, const BookEvent& b) { return std::pair(a.day, a.net) < std::pair(b.day, b.net); });
    if (books.numbered) continue;
    std::vector<BookEvent> merged;
    for (const BookEvent& event : of) {
      if (merged.empty() || merged.back().day != event.day)
        merged.push_back(event);
      else
        merged.back().net += event.net;
    }
    of = std::move(merged);
  }
  return events;
}

History history(const Books& books, Day origin) {
  History told;
  told.first_day = books.first_day;
  told.origin = origin;
  const bool any = std::ranges::any_of(books.orders, [&](const BookOrder& order) { return order.day < origin; });
  if (!any)
    throw sim::UserError("nothing was ordered before " + iso_text(origin) + " (the first order is of " +
                         (books.first_day == no_day ? "no day" : iso_text(books.first_day)) + ").");
  HistoryOfCustomers(books, told).tell();
  return told;
}

}  // namespace clientele::scenarios
