// What is recognized is rounded once, cumulated: so that periods add up to the quantum.
#include "models/loyalty/contract_liability.hpp"

#include <cmath>

namespace clientele::models {

namespace {

/// Of `deferred`, when so many of the points that will be are redeemed; all where nothing more can be.
std::int64_t recognized_of(std::int64_t deferred, double redeemed, double ultimate, bool is_over) {
  if (is_over) return deferred;
  return ultimate > 0 ? std::llround(static_cast<double>(deferred) * redeemed / ultimate) : 0;
}

}  // namespace

LiabilityPeriod ContractLiability::close(const PointsTriangle& triangle, std::int64_t deferred,
                                         const UltimateRedemption& ultimate) {
  const std::size_t now = deferred_.size();
  deferred_.push_back(deferred);
  recognized_.push_back(0);
  LiabilityPeriod period{.opening = liability_, .deferred = deferred};
  for (std::size_t cohort = 0; cohort <= now; ++cohort) {
    const auto redeemed = static_cast<double>(triangle.redeemed_until(cohort, now));
    const auto before = redeemed - static_cast<double>(triangle.redeemed(cohort, now - cohort));
    const bool is_over = triangle.open(cohort, now) == 0;
    const std::int64_t all = deferred_[cohort];
    const std::int64_t until_now = recognized_of(all, redeemed, ultimate[cohort], is_over);
    const std::int64_t restated = recognized_of(all, before, ultimate[cohort], is_over && before == redeemed);
    const auto issued = static_cast<double>(triangle.issued(cohort));
    const std::int64_t at_face = issued > 0 ? std::llround(static_cast<double>(all) * (redeemed - before) / issued) : 0;
    period.recognized += until_now - restated;
    period.breakage += until_now - restated - at_face;
    period.catch_up += recognized_[cohort] - restated;
    recognized_[cohort] = until_now;
  }
  liability_ = period.closing = period.opening + period.deferred - period.recognized + period.catch_up;
  return period;
}

}  // namespace clientele::models
