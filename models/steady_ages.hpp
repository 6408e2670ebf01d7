// How long the customers of a base have been with us, and how frail they are by then, where as many join as leave.
#pragma once
#include <cstdint>
#include <vector>

#include "models/renewals.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// A base that as many have long joined as leave holds ages of a months with
///   P(a) ~ S(a) for a = 0 .. oldest,  S(a) = (1 + v L(a))^(-1/v),  L(a) = sum over k < a of base x (1 + k / 12)^slope,
/// the chance that a newcomer is still there a months later (satisfaction, care and drivers neutral); and who is there
/// at age a has a frailty ~ Gamma(shape 1/v, rate 1/v + L(a)): that of a newcomer over 1 + v L(a). Sources: renewal
/// theory (ages in a stationary population); Vaupel, Manton, Stallard 1979 (frailty of survivors).
class CLIENTELE_API SteadyAges {
 public:
  SteadyAges() = default;
  SteadyAges(float base_cumulative, float frailty_variance, float tenure_slope);
  /// Of contracts: S(a) is the share that renews floor(a / term) times. Who is there has a chance to leave of its own
  /// law (models/renewals.hpp).
  SteadyAges(const RenewalLaw& law, std::int32_t term);

  /// The age [months] at a quantile u in (0, 1) of the law that ends at `oldest`. Rises with u.
  std::int32_t age(float u, std::int32_t oldest) const;
  /// What a newcomer's frailty is multiplied by if the customer is still there at this age.
  float frailty_left(std::int32_t age) const { return left_[static_cast<std::size_t>(age)]; }

 private:
  std::vector<double> upto_;  ///< sum of S(0) .. S(a)
  std::vector<float> left_;
};

}  // namespace clientele::models
