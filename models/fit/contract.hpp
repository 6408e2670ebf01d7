// Who renews a contract: the shifted beta-geometric law fitted to cohorts or to single customers.
#pragma once
#include <span>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::models {

/// What is known of renewals: at index t - 1 stands what happened at the t-th renewal since somebody came.
struct ContractHistory {
  std::vector<double> lost;     ///< who did not renew then
  std::vector<double> renewed;  ///< who did, as far as it was seen

  /// Adds a cohort of which so many were there at 0, 1, 2, ... renewals (survivors, not rising).
  void add_cohort(std::span<const double> survivors);
  /// Adds a customer seen from its `from`-th renewal on (0: from the beginning) who has renewed `renewals` times, and
  /// then left, or was there when the books end. Renewals before that were not seen to fail: that it was still there is
  /// taken as given (left truncation), so that a base of old customers is not mistaken for loyal ones.
  void add_customer(int from, int renewals, bool has_left);
};

/// Parameters `alpha`, `beta` of theory/shifted_beta_geometric.hpp. A customer leaves at renewal t, given it came so
/// far, with chance alpha / (alpha + beta + t - 1), so that
///   log L = sum_t lost_t ln(alpha / (alpha + beta + t - 1)) + renewed_t ln((beta + t - 1) / (alpha + beta + t - 1)),
/// which for a whole cohort is Fader and Hardie's 2007 (lost_t ln P(t) + n ln S(n)). Needs 20 customers who stood
/// before a renewal, some who left and some who did not, and two renewals.
Fitted fit_contract(const ContractHistory& history);

}  // namespace clientele::models
