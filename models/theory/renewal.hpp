// How many leave a base in a year, and how many come to replace them, by arithmetic.
#pragma once
#include <cmath>
#include <cstddef>
#include <vector>

#include "models/churn.hpp"
#include "models/theory/frailty.hpp"
#include "models/theory/shifted_beta_geometric.hpp"

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

/// What a month of that age adds to what is passed, times a factor: hazard, or renewals where contracts end.
inline double passed_in(const ChurnParameters& p, int age, double factor = 1) {
  if (p.by_contract()) return term_ends(age, p.contract_months) ? factor : 0;
  return static_cast<double>(p.base_cumulative) * factor *
         std::pow(1 + age / 12.0, static_cast<double>(p.tenure_slope));
}

/// Share that is there after it: (1 + v H)^(-1/v) of hazards H; of n renewals, whole or not, the mean of (1 - theta)^n,
/// B(a, b + n) / B(a, b).
inline double share_there(const ChurnParameters& p, double passed) {
  if (!p.by_contract()) return frailty_survival(passed, static_cast<double>(p.frailty_variance));
  return p.renewal.a > 0 ? ShiftedBetaGeometric{p.renewal.a, p.renewal.b}.survival(passed) : 1;
}

/// Share of a cohort that is active a months after joining, a = 0, 1, ..., without drivers.
inline std::vector<double> survival_of(const ChurnParameters& p, int months, const HazardShift& shift = {}) {
  std::vector<double> active{1};
  double passed = 0;
  for (int age = 0; age < months; ++age) {
    passed += passed_in(p, age, std::exp(shift.at(age)));
    active.push_back(share_there(p, passed));
  }
  return active;
}

/// Share of the first base that is active t months after its first month, t = 0, 1, ...: ages a = 0 .. oldest stand as
/// in models/steady_ages.hpp, and who is of age a has the frailty of survivors, so that
///   S(t | a) = ((1 + v L(a)) / (1 + v (L(a) + hazards of the t months)))^(1/v).
/// Satisfaction starts at its reference at every age.
inline std::vector<double> survival_of_base(const ChurnParameters& p, int oldest, int months,
                                            const HazardShift& shift = {}) {
  std::vector<double> active(static_cast<std::size_t>(months) + 1);
  double passed = 0, all = 0;  // L(a)
  for (int age = 0; age <= oldest; ++age) {
    all += share_there(p, passed);
    double later = passed;
    for (int t = 0; t <= months; ++t) {
      active[static_cast<std::size_t>(t)] += share_there(p, later);
      later += passed_in(p, age + t, std::exp(shift.at(t)));
    }
    passed += passed_in(p, age);
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
