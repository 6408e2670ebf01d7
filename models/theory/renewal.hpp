// How many leave a base in a year, and how many come to replace them, by arithmetic.
#pragma once
#include <cmath>
#include <cstddef>
#include <vector>

#include "models/churn.hpp"
#include "models/theory/frailty.hpp"

namespace clientele::models {

/// Of one customer of a base, on average.
struct Renewal {
  double replacements_a_month = 0;  ///< over the last twelve months of warm-up, or all of a shorter one
  double lost_in_a_year = 0;        ///< share of who is there at month 0 and is not twelve months later
};

/// How satisfaction and care move a customer's log-hazard with the months since joining, on average: satisfaction goes
/// from its reference to where experience leads it, by a constant part of the way a month.
struct HazardShift {
  double at_last = 0;  ///< satisfaction_slope x (points of perceived performance over the reference) / 10
  double share_a_month = 0, care = 0;

  double at(int age) const { return care + at_last * (1 - std::pow(1 - share_a_month, age)); }
};

/// Share of a cohort that is active a months after joining, a = 0, 1, ..., without drivers: (1 + v H(a))^(-1/v), H(a)
/// the hazards of the months before.
inline std::vector<double> survival_of(const ChurnParameters& p, int months, const HazardShift& shift = {}) {
  std::vector<double> active{1};
  double hazard = 0;
  for (int age = 0; age < months; ++age) {
    hazard += static_cast<double>(p.base_cumulative) * std::exp(shift.at(age)) *
              std::pow(1 + age / 12.0, static_cast<double>(p.tenure_slope));
    active.push_back(frailty_survival(hazard, static_cast<double>(p.frailty_variance)));
  }
  return active;
}

/// Everybody joins as the warm-up begins; whoever leaves in it is followed by somebody new a month later. The renewal
/// equation: joins(t) = sum over s < t of joins(s) x share that leaves t - 1 - s months after joining.
inline Renewal renewal_of(const ChurnParameters& p, int warmup, const HazardShift& shift = {}) {
  constexpr int year = 12;
  const std::vector<double> active = survival_of(p, warmup + year, shift);
  const auto at = [](int month) { return static_cast<std::size_t>(month); };
  std::vector<double> joins{1};
  for (int t = 1; t <= warmup; ++t) {
    double leave = 0;
    for (int s = 0; s < t; ++s) leave += joins[at(s)] * (active[at(t - 1 - s)] - active[at(t - s)]);
    joins.push_back(leave);
  }
  Renewal renewal;
  const int last = warmup < year ? warmup : year;
  for (int t = warmup - last + 1; t <= warmup; ++t) renewal.replacements_a_month += joins[at(t)] / last;
  for (int s = 0; s <= warmup; ++s)
    renewal.lost_in_a_year += joins[at(s)] * (active[at(warmup - s)] - active[at(warmup - s + year)]);
  return renewal;
}

}  // namespace clientele::models
