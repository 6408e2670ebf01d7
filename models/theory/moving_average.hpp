// How satisfaction forgets, in closed form: a moving average whose weights fall geometrically.
#pragma once
#include <cmath>

namespace clientele::models {

/// S' = S + learning x (performance - S).
struct MovingAverage {
  double learning = 0.2;

  /// In the long run, of S over that of independent performances.
  double variance_ratio() const { return learning / (2 - learning); }
  /// What part of a lasting change of performance S has taken up after n times.
  double taken_up(int n) const { return 1 - std::pow(1 - learning, n); }
  /// Times until half of it is taken up.
  double half_life() const { return std::log(0.5) / std::log1p(-learning); }
};

}  // namespace clientele::models
