// Money as whole quanta: an order is rounded once, at its birth, and what is added up can reach a limit but never wrap.
#pragma once
#include <cstdint>

#include "models/rounding.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// Sums and orders stay at or below 2^30 quanta. A customer-month that reaches it stops the run when it is booked.
inline constexpr std::int32_t max_quanta = 1 << 30;

/// a + b for amounts in 0..max_quanta, at most max_quanta.
CLIENTELE_INLINE std::int32_t add_up(std::int32_t a, std::int32_t b) { return a > max_quanta - b ? max_quanta : a + b; }

/// An order at list price [quanta]: the customer's mean order [money] x this order over the mean, rounded once.
CLIENTELE_INLINE std::int32_t order_quanta(float mean_value, float factor, float per_quantum) {
  const std::int32_t quanta = sim::to_quanta(mean_value * factor, per_quantum);
  return quanta < max_quanta ? quanta : max_quanta;
}

/// What is invoiced of it: less the discount, which is rounded by the luck of the customer-month.
CLIENTELE_INLINE std::int32_t net_quanta(std::int32_t list, float discount, float u) {
  return list - rounded_share(list, discount, u);
}

/// An order at list price with its part of a further category.
CLIENTELE_INLINE std::int32_t with_category(std::int32_t list, float growth, float u) {
  return add_up(list, rounded_share(list, growth, u));
}

}  // namespace clientele::models
