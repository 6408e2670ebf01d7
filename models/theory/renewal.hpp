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

/// Share of the first base that is active t months after its first month, t = 0, 1, ...: ages a = 0 .. oldest stand as
/// in models/steady_ages.hpp, and who is of age a has the frailty of survivors, so that
///   S(t | a) = ((1 + v L(a)) / (1 + v (L(a) + hazards of the t months)))^(1/v).
/// Satisfaction starts at its reference at every age.
inline std::vector<double> survival_of_base(const ChurnParameters& p, int oldest, int months,
                                            const HazardShift& shift = {}) {
  const auto base = static_cast<double>(p.base_cumulative), variance = static_cast<double>(p.frailty_variance);
  const auto slope = static_cast<double>(p.tenure_slope);
  std::vector<double> active(static_cast<std::size_t>(months) + 1);
  double passed = 0, all = 0;  // L(a)
  for (int age = 0; age <= oldest; ++age) {
    const double there = frailty_survival(passed, variance);
    all += there;
    double hazard = passed;
    for (int t = 0; t <= months; ++t) {
      active[static_cast<std::size_t>(t)] += frailty_survival(hazard, variance);
      hazard += base * std::exp(shift.at(t)) * std::pow(1 + (age + t) / 12.0, slope);
    }
    passed += base * std::pow(1 + age / 12.0, slope);
  }
  for (double& share : active) share /= all;
  return active;
}

/// The first base is of all ages as the warm-up begins; whoever leaves in it is followed by somebody new a month later.
/// The renewal equation: joins(t) = share of the base that leaves in t - 1 + sum over 0 < s < t of joins(s) x share
/// that leaves t - 1 - s months after joining.
inline Renewal renewal_of(const ChurnParameters& p, int warmup, int oldest, const HazardShift& shift = {}) {
  constexpr int year = 12;
  const std::vector<double> base = survival_of_base(p, oldest, warmup + year, shift);
  const std::vector<double> active = survival_of(p, warmup + year, shift);
  const auto at = [](int month) { return static_cast<std::size_t>(month); };
  std::vector<double> joins{0};
  for (int t = 1; t <= warmup; ++t) {
    double leave = base[at(t - 1)] - base[at(t)];
    for (int s = 1; s < t; ++s) leave += joins[at(s)] * (active[at(t - 1 - s)] - active[at(t - s)]);
    joins.push_back(leave);
  }
  Renewal renewal;
  const int last = warmup < year ? warmup : year;
  for (int t = warmup - last + 1; t <= warmup; ++t) renewal.replacements_a_month += joins[at(t)] / last;
  renewal.lost_in_a_year = base[at(warmup)] - base[at(warmup + year)];
  for (int s = 1; s <= warmup; ++s)
    renewal.lost_in_a_year += joins[at(s)] * (active[at(warmup - s)] - active[at(warmup - s + year)]);
  return renewal;
}

}  // namespace clientele::models
