// What is recognized is rounded once, cumulated: so that periods add up to the quantum.
#include "models/loyalty/contract_liability.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clientele::models {

namespace {

/// Of `deferred`, when so many of the points that will be are redeemed; all where nothing more can be.
std::int64_t recognized_of(std::int64_t deferred, double redeemed, double ultimate, bool is_over) {
  if (is_over) return deferred;
  return ultimate > 0 ? std::llround(static_cast<double>(deferred) * redeemed / ultimate) : 0;
}

}  // namespace

ContractLiability::ContractLiability(const std::vector<std::int64_t>& opening)
    : deferred_(opening),
      recognized_(opening.size()),
      liability_(std::accumulate(opening.begin(), opening.end(), std::int64_t{0})) {}

/// Of what a cohort still defers, as much as its points that are taken back in the period.
std::int64_t ContractLiability::of_taken_back(const PointsTriangle& triangle, std::size_t cohort,
                                              std::size_t now) const {
  if (cohort == now) return 0;
  const std::int64_t before = triangle.issued_until(cohort, now - 1), after = triangle.issued_until(cohort, now);
  if (before <= 0 || after >= before) return 0;
  const double left = static_cast<double>(std::max<std::int64_t>(after, 0)) / static_cast<double>(before);
  return deferred_[cohort] - std::llround(static_cast<double>(deferred_[cohort]) * left);
}

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
    const std::int64_t taken_back = of_taken_back(triangle, cohort, now);
    deferred_[cohort] -= taken_back;
    period.deferred -= taken_back;
    const std::int64_t all = deferred_[cohort];
    const std::int64_t until_now = recognized_of(all, redeemed, ultimate[cohort], is_over);
    const std::int64_t restated = recognized_of(all, before, ultimate[cohort], is_over && before == redeemed);
    const auto issued = static_cast<double>(triangle.issued_until(cohort, now));
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
