// How much of what a program has issued will be redeemed, from what its books know at a close and nothing later.
#pragma once
#include <cstddef>
#include <vector>

#include "models/loyalty/points_triangle.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// Of each cohort of issue until the close, the points that will have been redeemed when none of it is open any more:
/// at least those that are redeemed, at most those and what is open.
using UltimateRedemption = std::vector<double>;

/// A share of what is issued, 0 to 1, that is said once and kept. What of it has not come is expected as long as enough
/// is open.
CLIENTELE_API UltimateRedemption fixed_redemption(const PointsTriangle& triangle, std::size_t close, double share);

struct TriangleRule {
  double prior = 0;          ///< share of what is issued that is expected before the books tell, 0 to 1
  std::size_t validity = 0;  ///< the age in which points expire; 0 where they never do
};

/// With d(k) the points redeemed at age k over the points issued, of all cohorts that have been through it:
/// - until some cohort has been through the validity, by Bornhuetter and Ferguson (1972) with issued points as the
///   exposure: ultimate = redeemed + issued x max(0, prior - d(0) - ... - d(age));
/// - from then on by chain ladder (Mack 1993): ultimate = redeemed x f(age) x f(age + 1) x ..., with f(k) the points
///   redeemed until age k + 1 over those until age k of all cohorts that have been through k + 1. A cohort of which
///   nothing is redeemed yet, which no factor develops, gets issued x (d(age + 1) + d(age + 2) + ...).
/// Where points never expire, some cohort counts as mature after two years, and ages that none has reached yet are
/// expected to fall as the last known twelve fell against the twelve before: of the two sums a >= b, b^2 / (a - b) in
/// all. Where they do not fall, nobody knows how far they go, and the prior stays.
CLIENTELE_API UltimateRedemption triangle_redemption(const PointsTriangle& triangle, std::size_t close,
                                                     const TriangleRule& rule);

/// What the whole triangle comes to in the end: a benchmark that no close knows.
CLIENTELE_API UltimateRedemption true_redemption(const PointsTriangle& triangle, std::size_t close);

/// Points that are open at the close and expected to be redeemed.
CLIENTELE_API double expected_redemption(const PointsTriangle& triangle, std::size_t close,
                                         const UltimateRedemption& ultimate);

}  // namespace clientele::models
