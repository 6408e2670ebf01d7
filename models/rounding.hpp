// A product of an amount and a rate is rounded up or down by luck, so that no sum of small amounts rounds away.
#pragma once
#include <cstdint>

#include "sim/core/math.hpp"

namespace clientele::models {

/// floor(x) + [u < x - floor(x)], u uniform in (0, 1): stochastic rounding (Forsythe 1950). Its mean over u is x, it
/// never falls as x grows, and whole numbers stay as they are. All products of a customer-month share one u, in every
/// arm: a higher rate never costs a quantum less, and what does not differ between arms is rounded alike.
/// x = amount x quanta_per_unit; limits are those of sim::to_quanta. From 2^23 on x is whole.
CLIENTELE_INLINE std::int32_t rounded(float amount, float quanta_per_unit, float u) {
  constexpr float limit = 2147483520.F;
  const float scaled = amount * quanta_per_unit, capped = scaled < limit ? scaled : limit;
  const float x = capped > -limit ? capped : -limit;
  const std::int32_t towards_zero = static_cast<std::int32_t>(x);
  const std::int32_t floor = towards_zero - static_cast<std::int32_t>(static_cast<float>(towards_zero) > x);
  return floor + static_cast<std::int32_t>(u < x - static_cast<float>(floor));
}

/// A share of an amount [quanta].
CLIENTELE_INLINE std::int32_t rounded_share(std::int32_t quanta, float share, float u) {
  return rounded(static_cast<float>(quanta), share, u);
}

}  // namespace clientele::models
