// Near a cut that customers can see they buy more to get over it, and a part of that is only bought earlier.
#pragma once
#include "models/price.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// With g the part of the way that is behind a customer, 0 to 1, mean orders are multiplied by
///   exp(pressure g^2):
/// effort grows with the part of the original distance that is left behind, and pauses once the goal is reached
/// (Kivetz, Urminsky, Zheng 2006: form; its size here is a guess).
CLIENTELE_INLINE float goal_gradient(float progress, float pressure) {
  return sim::exp(pressure * progress * progress);
}

/// The same with what is borrowed from later months, as a discount's bump is (models/price.hpp). `balance` is counted
/// in months of usual orders, and `orders` of the result multiplies the order rate.
CLIENTELE_INLINE Borrowing pulled_forward(float progress, float pressure, float balance, float borrowed_share,
                                          float payback_rate) {
  return borrow(1.F, goal_gradient(progress, pressure), balance, borrowed_share, payback_rate);
}

}  // namespace clientele::models
