// What share of deliveries is late, how sure it is where months differ, and whether groups have shares of their own.
#pragma once
#include <vector>

namespace clientele::models {

/// Deliveries of one month, and those of them that were late: whole numbers, late <= all.
struct MonthOfDeliveries {
  double late = 0, all = 0;
};

/// Deliveries of all months. Months differ by more than luck (`dispersion`, at least 1): so many fewer deliveries the
/// interval is of.
struct LateDeliveries {
  double late = 0, all = 0, dispersion = 1;

  /// [0..1]; 0 where there are no deliveries.
  double share() const { return all > 0 ? late / all : 0; }
  /// For 0 < p < 1: of Beta(late / dispersion + 1/2, on time / dispersion + 1/2), which is Jeffreys' interval where
  /// months differ by luck alone. Source: Brown, Cai, DasGupta 2001. Its error is that of conditioning/quantiles.hpp.
  double quantile(double p) const;
  bool is_known() const { return all > 0; }
};

/// Adds months up. With p the share of all,
///   dispersion = max(1, sum (late_m - all_m p)^2 / (all_m p (1 - p)) / (months - 1))
/// (Pearson's chi-square over its degrees of freedom: McCullagh, Nelder 1989, 4.5) over months in which 5 late and 5
/// others are to be expected; 1 where there are fewer than three of these.
LateDeliveries late_deliveries(const std::vector<MonthOfDeliveries>& months);

/// Whether shares of groups differ by more than luck, months as they are: sum (late_g - all_g p)^2 / (all_g p (1 - p)
/// dispersion), p and dispersion of all, against its 95 % by the normal law, f + 1.645 sqrt(2 f), f = groups - 1.
/// Groups without deliveries are left out; of fewer than two nothing differs.
bool shares_differ(const std::vector<LateDeliveries>& groups, const LateDeliveries& all);

}  // namespace clientele::models
