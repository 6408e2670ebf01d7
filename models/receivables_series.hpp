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
  constexpr double days_per_month = 30, rounding = 1e-12;  // what doubles leave of a sum that comes out exactly
  double left = balance, days = 0;
  for (std::size_t s = t + 1; s-- > 0 && left > rounding * balance;) {
    days += sales[s] < left ? days_per_month : days_per_month * left / sales[s];
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

/// Balances by age at month ends: not due, 1 to 30, 31 to 60, 61 to 90 and over 90 days overdue; and what is written
/// off in a month, all of it from the last of them.
struct AgedReceivables {
  std::vector<sim::Series> balances;
  sim::Series written_off;
};
inline constexpr std::size_t ages = 5;

/// Share in [0, 1]; 0 where nothing has been there to tell.
inline double share_of(double part, double whole) { return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : 0; }

/// What the last twelve months up to t (fewer at the start) tell of each age; t >= 1.
struct Rolled {
  double at_risk[ages] = {};  ///< sum of the balances a month earlier
  double found[ages] = {};    ///< sum of the balances
  double written_off = 0;
};
inline Rolled rolled_in_a_year(const AgedReceivables& aged, std::size_t t) {
  Rolled year;
  for (std::size_t s = t < 12 ? 1 : t - 11; s <= t; ++s) {
    for (std::size_t age = 0; age < ages; ++age) {
      year.at_risk[age] += aged.balances[age][s - 1];
      year.found[age] += aged.balances[age][s];
    }
    year.written_off += aged.written_off[s];
  }
  return year;
}

/// Share of each age that is lost in the end: see provision_matrix.
inline std::vector<double> loss_rates(const Rolled& year, double months_over_90) {
  constexpr std::size_t oldest = ages - 1;
  const double growth = year.found[oldest] - year.at_risk[oldest];
  const double least = share_of(year.written_off, year.at_risk[oldest - 1] - growth);
  std::vector<double> rates(ages);
  rates[oldest] = std::max(least, share_of(months_over_90 * year.written_off, year.at_risk[oldest]));
  const double came_in = rates[oldest] > 0 ? growth + year.written_off / rates[oldest] : 0;
  for (std::size_t age = oldest; age-- > 0;)
    rates[age] = rates[age + 1] * share_of(age + 1 == oldest ? came_in : year.found[age + 1], year.at_risk[age]);
  return rates;
}

/// Allowance for bad debt at each month's end, by a provision matrix on the firm's own ageing: the simplified approach
/// of IFRS 9 (5.5.15, B5.5.35).
///   roll rate of an age k = sum of B(k+1, s) / sum of B(k, s-1), at most 1, over the last twelve months s;
///   loss rate of an age = product of the rates from it on;  allowance = sum over ages of B(k, t) x loss rate.
/// The oldest age keeps its own balance: neither is its rate one of a month, nor is its balance what came in. With
/// `months_over_90` the months that something stays there on average until it is written off or paid (Little's law):
///   rate of the oldest age r = months_over_90 x sum of written off / sum of B(4, s-1), at most 1: the share that is
///   lost in the end; with twelve months, what a year writes off over the balance;
///   what came into it = growth of B(4) + written off / r: what is written off, and what is paid along with it.
/// That is never more than was in 61 to 90 days; where it would be, things stay longer, and r is raised until it is
/// not. So in a steady state the loss rate of 61 to 90 days is written off over its balance, however long the oldest
/// stay. NaN in month 0, which has no month before; a rate of which nothing was seen is 0, and so is all before the
/// first write-off. Limits: no look ahead (B5.5.52), no discount for time; what is written off before it is over 90
/// days overdue, as where customers default, reads as if it had been, so that rates are too high (prudent, at most 1);
/// an invoice is in one age for one month, so that the rate of what is not due is low for terms of more than 30 days,
/// and high (at most 1) for shorter ones.
inline sim::Series provision_matrix(const AgedReceivables& aged, double months_over_90 = 12) {
  sim::expects(aged.balances.size() == ages, "a provision matrix has five ages");
  sim::Series allowances(aged.written_off.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t t = 1; t < allowances.size(); ++t) {
    const std::vector<double> rates = loss_rates(rolled_in_a_year(aged, t), months_over_90);
    allowances[t] = 0;
    for (std::size_t age = 0; age < ages; ++age) allowances[t] += rates[age] * aged.balances[age][t];
  }
  return allowances;
}

}  // namespace clientele::models
