// What is read from a whole course of receivables: cash since the start, days of sales outstanding, and an allowance.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/metrics.hpp"

namespace clientele::models {

/// Running sum of what flows: c(t) = sum over months s = 0 .. t of x(s). Month 0 begins at 0, whatever stood before.
inline sim::Series cumulated(const sim::Series& flow) {
  sim::Series sums;
  double sum = 0;
  for (const double x : flow) sums.push_back(sum += x);
  return sums;
}

/// Days of sales that stand in the balance of month t: the sales of t, t - 1, ... are taken off it until it is
/// exhausted; 30 days for each month that it exhausts, and 30 x (what is left of it) / (sales) of the one in which it
/// runs out. NaN where it outlasts month 0.
inline double days_counted_back(double balance, const sim::Series& sales, std::size_t t) {
  constexpr double days_of_month = 30, rounding = 1e-12;  // what doubles leave of a sum that comes out exactly
  double left = balance, days = 0;
  for (std::size_t s = t + 1; s-- > 0 && left > rounding * balance;) {
    days += sales[s] < left ? days_of_month : days_of_month * left / sales[s];
    left -= sales[s];
  }
  return left > rounding * balance ? std::numeric_limits<double>::quiet_NaN() : days;
}

/// Days of sales outstanding at each month's end by the count-back (exhaustion) method, which follows sales that grow
/// or have a season, where balance over average sales does not. 0 for a balance of 0. Source: practice of credit
/// management. Limits: it does not know which invoices are open, and reads the balance as if the latest were; every
/// month has 30 days; sales are not negative.
inline sim::Series count_back(const sim::Series& balance, const sim::Series& sales) {
  sim::Series days;
  for (std::size_t t = 0; t < balance.size(); ++t) days.push_back(days_counted_back(balance[t], sales, t));
  return days;
}

/// By age, not due and 1 to 30, 31 to 60, 61 to 90 and over 90 days overdue: balances at month ends, and what was in
/// each age when its customer defaulted in the month; what was written off of that; and sales.
struct AgedReceivables {
  std::vector<sim::Series> balances, defaulted;
  sim::Series written_off, revenue;
};
inline constexpr std::size_t ages = 5;

/// Share in [0, 1]; 0 where nothing has been there to tell.
inline double share_of(double part, double whole) { return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : 0; }

/// What the last twelve months up to t (fewer at the start) tell of each age; t >= 1.
struct Rolled {
  double before[ages] = {};     ///< sum of the balances a month earlier
  double reached[ages] = {};    ///< sum of the balances, defaults of the month included
  double defaulted[ages] = {};  ///< sum of these
  double all_defaulted = 0, written_off = 0, revenue = 0;
};
inline Rolled rolled_in_a_year(const AgedReceivables& aged, std::size_t t) {
  Rolled year;
  for (std::size_t s = t < 12 ? 1 : t - 11; s <= t; ++s) {
    for (std::size_t age = 0; age < ages; ++age) {
      year.before[age] += aged.balances[age][s - 1];
      year.reached[age] += aged.balances[age][s] + aged.defaulted[age][s];
      year.defaulted[age] += aged.defaulted[age][s];
      year.all_defaulted += aged.defaulted[age][s];
    }
    year.written_off += aged.written_off[s];
    year.revenue += aged.revenue[s];
  }
  return year;
}

/// Share of each age's balance that will default: see provision_matrix.
inline std::vector<double> default_rates(const Rolled& year) {
  constexpr std::size_t oldest = ages - 1;
  constexpr double longest_stay = 0.95;  // twenty months on average: more cannot be told from a year
  const auto defaults = [&](std::size_t age) { return share_of(year.defaulted[age], year.reached[age]); };
  const auto rolls = [&](std::size_t age) { return share_of(year.reached[age + 1], year.before[age]); };
  const double into_oldest = rolls(oldest - 2) * year.before[oldest - 1];
  const double stays = std::min(longest_stay, share_of(year.reached[oldest] - into_oldest, year.before[oldest]));
  std::vector<double> rates(ages);
  rates[oldest] = stays * defaults(oldest) / (1 - stays * (1 - defaults(oldest)));
  for (std::size_t age = oldest; age-- > 0;) {
    const double goes_on = age == oldest - 1 ? rolls(oldest - 2)
                           : age > 0         ? rolls(age)
                                             : share_of(year.reached[1], year.revenue);
    rates[age] = goes_on * (defaults(age + 1) + (1 - defaults(age + 1)) * rates[age + 1]);
  }
  const double months_not_due = year.revenue > 0 ? year.before[0] / year.revenue : 0;
  rates[0] = std::min(1.0, rates[0] + 0.5 * std::max(0.0, months_not_due - 1) * defaults(0));
  return rates;
}

/// Allowance for bad debt at each month's end, by a provision matrix on the firm's own ageing of the last twelve
/// months: the simplified approach of IFRS 9 (5.5.15, B5.5.35).
///   default rate of an age d(k) = defaulted in it / (balances + defaulted in it), at month ends;
///   roll rate r(k) = balances that reach age k + 1 / balances of age k a month before, at most 1;
///   share that will default F(k) = r(k) (d(k+1) + (1 - d(k+1)) F(k+1));
///   allowance = sum over ages of balance x F x loss,  loss = written off / defaulted.
/// What is not due is so for M = balance / sales month ends (Little's law), (M - 1) / 2 of them still to come, each at
/// d(0), and becomes overdue as the share of sales does. The oldest age keeps what stays in it: what goes from 61 to
/// 90 days into it is taken to be the roll rate of the age before, and the rest has stayed. NaN in month 0, which has
/// no month before; 0 before the first default. Limits: it looks back only (B5.5.52 asks for more), and does not
/// discount.
inline sim::Series provision_matrix(const AgedReceivables& aged) {
  sim::expects(aged.balances.size() == ages && aged.defaulted.size() == ages, "a provision matrix has five ages");
  sim::Series allowances(aged.written_off.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t t = 1; t < allowances.size(); ++t) {
    const Rolled year = rolled_in_a_year(aged, t);
    const double loss = share_of(year.written_off, year.all_defaulted);
    const std::vector<double> rates = default_rates(year);
    allowances[t] = 0;
    for (std::size_t age = 0; age < ages; ++age) allowances[t] += loss * rates[age] * aged.balances[age][t];
  }
  return allowances;
}

}  // namespace clientele::models
