// What was known of each customer at the end of the day before a month 0: nothing later is used, so that a backtest may
// ask at several days.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "scenarios/books/books.hpp"

namespace clientele::scenarios {

inline constexpr std::size_t months_of_history = 24;
/// So many months ahead points with an end are told apart (as many as a table of customers may have); those that end
/// later are taken as without an end.
inline constexpr CalendarMonth months_of_points = 36;

/// An order number is an event; where orders have no numbers, those of a customer on one day are one. A rate counts
/// events, a value is of an event. Months are of 365.25/12
/// days where they are fractions, and whole ones counted back from the origin where they have numbers: month 1 is the
/// last before it (a calendar month, where the origin is the first of one).
struct CustomerHistory {
  std::uint32_t customer = 0;  ///< index into Books::customers
  std::uint32_t group = 0;     ///< index into Books::groups
  Day first_order = 0, last_order = 0;
  std::uint32_t orders = 0;         ///< numbers, or lines of a day where there are none
  std::uint32_t repeat_orders = 0;  ///< x: events after the first
  double months_to_last_order = 0;  ///< t_x: from the first event to the last [months]
  double months_seen = 0;           ///< T: from the first event to the end of the day before the origin [months]
  std::uint32_t months_quiet = 0;   ///< whole months without an event, counted back from the origin
  std::uint32_t tenure = 0;         ///< whole months since the first order, or since the firm's list says
  std::uint32_t orders_valued = 0;  ///< events, all of which have a value
  double geometric_mean_value = 0, arithmetic_mean_value = 0;           ///< of events, the first one too [money]
  double repeat_mean_value = std::numeric_limits<double>::quiet_NaN();  ///< of events after the first; NaN: none
  double effective_orders =
      std::numeric_limits<double>::quiet_NaN();                    ///< in place of orders_valued, where a fit says so
  double log_value_squares = 0;                                    ///< sum over events of (log value - its mean)^2
  double margin_share = std::numeric_limits<double>::quiet_NaN();  ///< margin / net of orders; NaN: not known
  std::array<Amount, months_of_history> sales{};                   ///< net, by month, [0] is month 1
  std::array<std::uint32_t, months_of_history> events{};           ///< by month

  std::uint32_t invoices_seen = 0;         ///< settled before the origin
  std::uint32_t invoices_late = 0;         ///< of them, after they were due
  std::array<std::uint32_t, 4> late_by{};  ///< by LateReason
  std::int64_t days_late = 0;              ///< sum over late ones
  bool open_known = false;
  Ageing open{};                      ///< not due, 1 to 30, 31 to 60, 61 to 90, more days overdue
  std::vector<Amount> open_by_due{};  ///< not due: by whole months until due, [0] within a month
  bool points_known = false;
  std::vector<std::int64_t> points_by_end{};  ///< [0]: to the end of the origin's calendar month
  std::int64_t points_without_end = 0;
  std::int32_t tier = -1;  ///< today's, index into Books::tiers
  bool by_hand = false;
  std::int64_t points_that_end_late = 0;  ///< of points_without_end: those that end after months_of_points
};

/// A calendar month of the books.
struct MonthOfBooks {
  CalendarMonth month = 0;
  bool whole = false;                                               ///< its first and last day are in the window
  Amount revenue = 0;                                               ///< net of returns
  std::uint32_t orders = 0, events = 0, buyers = 0, newcomers = 0;  ///< newcomers: with their first order
};

struct History {
  Day first_day = no_day, origin = no_day;  ///< the window is from first_day to the day before the origin
  std::vector<CustomerHistory> customers;   ///< who ordered before the origin, in the order of Books::customers
  std::vector<MonthOfBooks> months;         ///< from first_day's to that of the day before the origin
  std::vector<std::vector<std::uint32_t>> newcomers_of_group;  ///< by group, by month of `months`
};

/// Throws UserError where nothing was ordered before the origin. What the firm's lists say of today (tiers, open items
/// and balances without a day) is known where the origin is after the last day of the books; open items are told from
/// invoices where there are some.
History history(const Books& books, Day origin);

/// Events of one customer, (day, net), in the order of their days: for fits that need each of them.
struct BookEvent {
  Day day = 0;
  Amount net = 0;
};
/// By customer of Books, all that happened before `end`.
std::vector<std::vector<BookEvent>> events_before(const Books& books, Day end);

}  // namespace clientele::scenarios
