// Churn as a loop: hazard 0.25 logistic(-2.5 - 4 (s - 0.7)).
#include "tools/bench/ref1/churn.hpp"

#include <cmath>

#include "sim/core/math.hpp"
#include "tools/bench/ref1/addresses.hpp"

namespace clientele::bench {

using sim::Arm;
using sim::BlockMonth;
using sim::exp;
using sim::uniform;
using sim::Wiring;

namespace {

/// u < 0.25 / (1 + exp(2.5 + 4 (s - 0.7))), without the division.
inline bool leaves(float u, float satisfaction) {
  return std::fma(u, exp(std::fma(4.F, satisfaction, 2.5F - 2.8F)), u) < 0.25F;
}

}  // namespace

Churn::Churn(Wiring& w)
    : core_(w.core()),
      satisfaction_(w.read_state<float>("satisfaction")),
      left_(w.departure("left", 10, "customers who leave at the end of the month")),
      luck_(w.month_luck(addresses.of("leaving"))) {}

void Churn::advance(BlockMonth& month) const {
  const auto words = month.variates().words(luck_);
  for (const Arm& arm : month.arms()) {
    const auto satisfaction = arm[satisfaction_];
    const auto request = arm[left_.request];
#pragma omp simd
    for (std::size_t i = 0; i < request.size(); ++i)
      request[i] += static_cast<std::int32_t>(leaves(uniform(words[i]), satisfaction[i]));
  }
}

}  // namespace clientele::bench
