// Shares by counting, and how far months and groups lie apart, measured by what luck alone does.
#include "models/fit/late_share.hpp"

#include <algorithm>
#include <cmath>

#include "models/conditioning/quantiles.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {

double LateDeliveries::quantile(double p) const {
  return beta_quantile(late / dispersion + 0.5, (all - late) / dispersion + 0.5, p);
}

LateDeliveries late_deliveries(const std::vector<MonthOfDeliveries>& months) {
  LateDeliveries found;
  for (const MonthOfDeliveries& month : months) {
    sim::expects(month.late >= 0 && month.late <= month.all, "late deliveries are some of a month's");
    found.late += month.late, found.all += month.all;
  }
  const double share = found.share();
  double chi = 0, counted = 0;
  for (const MonthOfDeliveries& month : months) {
    constexpr double fewest = 5;
    const double variance = month.all * share * (1 - share);
    if (month.all * share < fewest || month.all * (1 - share) < fewest) continue;
    chi += std::pow(month.late - month.all * share, 2) / variance, ++counted;
  }
  if (counted >= 3) found.dispersion = std::max(1.0, chi / (counted - 1));
  return found;
}

bool shares_differ(const std::vector<LateDeliveries>& groups, const LateDeliveries& all) {
  double chi = 0, freedom = -1;
  for (const LateDeliveries& one : groups) {
    if (!one.is_known()) continue;
    const double variance = one.all * all.share() * (1 - all.share()) * all.dispersion;
    if (!(variance > 0)) return false;
    chi += std::pow(one.late - one.all * all.share(), 2) / variance, ++freedom;
  }
  return freedom > 0 && chi > freedom + 1.645 * std::sqrt(2 * freedom);
}

}  // namespace clientele::models
