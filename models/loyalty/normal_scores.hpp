// On what place of a standard normal the values of a law stand, from its density alone.
#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "sim/core/math.hpp"

namespace clientele::models {

/// phi(z), the density of a standard normal.
inline double normal_density(double z) { return 0.39894228040143268 * sim::exp(-0.5 * z * z); }

/// z(y) = Phi^-1(P(Y <= y)) and its slope at equal steps of y.
struct NormalScores {
  double low = 0, step = 0;
  std::vector<double> score, slope;
  double mass = 1;  ///< what the density that was given integrates to
};

/// Where a log-concave density has fallen by e^-36 from its peak, between the peak and `end`: the end if it has not.
/// What lies beyond is 2e-16 of the whole, against the 4e-11 below a score of -6.5.
template <class Law>
double end_of_mass(const Law& law, double peak, double end) {
  constexpr double drop = -36;
  if (law.log_density(end) > drop) return end;
  double inside = peak, outside = end;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (inside + outside);
    (law.log_density(middle) > drop ? inside : outside) = middle;
  }
  return outside;
}

/// Of a law on a line with a log-concave density: `law.log_density(y)`, 0 at its peak and rising and falling with
/// `law.log_slope(y)`, which is not 0 at `low` and `high`, nor changes much beyond (what lies there is density /
/// slope). Sums run from both ends, three points of Gauss each step, so that either tail has its own relative
/// precision.
template <class Law>
NormalScores normal_scores(const Law& law, double low, double high, std::size_t steps) {
  constexpr double gauss = 0.77459666924148338;  // sqrt(3 / 5)
  const double step = (high - low) / static_cast<double>(steps);
  const auto density = [&](double y) { return sim::exp(law.log_density(y)); };
  std::vector<double> within(steps), below(steps + 1), above(steps + 1);
  for (std::size_t i = 0; i < steps; ++i) {
    const double middle = low + (static_cast<double>(i) + 0.5) * step, side = 0.5 * gauss * step;
    within[i] = step / 18 * (5 * (density(middle - side) + density(middle + side)) + 8 * density(middle));
  }
  below[0] = density(low) / law.log_slope(low);
  above[steps] = density(high) / -law.log_slope(high);
  for (std::size_t i = 0; i < steps; ++i) below[i + 1] = below[i] + within[i];
  for (std::size_t i = steps; i-- > 0;) above[i] = above[i + 1] + within[i];

  NormalScores scores{low, step, std::vector<double>(steps + 1), std::vector<double>(steps + 1), below[0] + above[0]};
  for (std::size_t i = 0; i <= steps; ++i) {
    const bool lower = below[i] < above[i];
    const double tail = sim::lower_normal_quantile((lower ? below[i] : above[i]) / (below[i] + above[i]));
    scores.score[i] = lower ? tail : -tail;
    scores.slope[i] = density(low + static_cast<double>(i) * step) / (scores.mass * normal_density(tail));
  }
  return scores;
}

}  // namespace clientele::models
