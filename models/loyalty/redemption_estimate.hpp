// How much of what a program has issued will be redeemed, from what its books know at a close and nothing later.
#pragma once
#include <cstddef>
#include <vector>

#include "models/loyalty/points_triangle.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// Of each cohort of issue until the close, the points that will have been redeemed when none of it is open any more:
/// at least those that are redeemed, at most those and what is open. Of a cohort that was issued before the books
/// begin, those of what was open then.
using UltimateRedemption = std::vector<double>;

struct TriangleRule {
  double prior = 0;          ///< share of what is issued that is expected before the books tell, 0 to 1
  std::size_t validity = 0;  ///< the age in which points expire; 0 where they never do
  double open_share = 0;     ///< the same share of what was open before the books begin
  /// A quantile in place of the mean: so many standard deviations above it, and that of the prior; 0 and 0 for the
  /// mean.
  double deviations = 0, prior_sd = 0;
};

/// `prior` of what is issued and `open_share` of what was open, said once and kept. What of it has not come is expected
/// as long as enough is open.
CLIENTELE_API UltimateRedemption fixed_redemption(const PointsTriangle& triangle, std::size_t close,
                                                  const TriangleRule& rule);

/// With d(k) the points redeemed at age k over the points issued, of all cohorts that have been through it:
/// - until some cohort has been through the validity, by Bornhuetter and Ferguson (1972) with issued points as the
///   exposure: ultimate = redeemed + issued x max(0, prior - d(0) - ... - d(age));
/// - from then on by chain ladder (Mack 1993): ultimate = redeemed x f(age) x f(age + 1) x ..., with f(k) the points
///   redeemed until age k + 1 over those until age k of all cohorts that have been through k + 1. A cohort of which
///   nothing is redeemed yet, which no factor develops, gets issued x (d(age + 1) + d(age + 2) + ...).
/// Ages beyond the validity are none, also where it was longer before.
/// Where points never expire, some cohort counts as mature after two years, and ages that none has reached yet are
/// expected to fall as the last known twelve fell against the twelve before: of the two sums a >= b, b^2 / (a - b) in
/// all. Where they do not fall, nobody knows how far they go, and the prior stays.
///
/// Cohorts that were issued before the books begin lack their early ages, and are developed by what becomes of open
/// points: with r(k) and b(k) the points redeemed and broken at age k over those open before it, of all cohorts that
/// have been seen there, e(k) = r(k + 1) + (1 - r(k + 1) - b(k + 1)) e(k + 1) of those open at age k, and 0 at the
/// validity. Where an age has not been seen, `open_share` of what is open.
///
/// The quantile: in the first stage prior + deviations x prior_sd in place of the prior; in the second the part that is
/// yet to come times 1 + deviations x v, v its coefficient of variation: that of d(age + 1) + d(age + 2) + ... among
/// cohorts, ages taken to go together (standard deviations are added up), and with the error of the mean over so many.
CLIENTELE_API UltimateRedemption triangle_redemption(const PointsTriangle& triangle, std::size_t close,
                                                     const TriangleRule& rule);

/// What the whole triangle comes to in the end: a benchmark that no close knows.
CLIENTELE_API UltimateRedemption true_redemption(const PointsTriangle& triangle, std::size_t close);

/// Points that are open at the close and expected to be redeemed.
CLIENTELE_API double expected_redemption(const PointsTriangle& triangle, std::size_t close,
                                         const UltimateRedemption& ultimate);

/// The same, each point discounted by the periods until it is expected to be redeemed, at a rate a period: as d(k)
/// says, and evenly over the validity where it says nothing.
CLIENTELE_API double discounted_redemption(const PointsTriangle& triangle, std::size_t close,
                                           const UltimateRedemption& ultimate, std::size_t validity, double rate);

}  // namespace clientele::models
