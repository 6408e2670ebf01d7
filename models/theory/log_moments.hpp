// Mean and variance of the log of what a law draws, in closed form or by a sum over a grid.
#pragma once
#include <algorithm>
#include <cmath>

#include "sim/core/math.hpp"
#include "sim/schema.hpp"

namespace clientele::models {

struct LogMoments {
  double mean = 0, variance = 0;
};

/// Derivative of log Gamma(x), x > 0, within 1e-12: recurrence up to 10, then the asymptotic series.
inline double digamma(double x) {
  double sum = 0;
  for (; x < 10; x += 1) sum -= 1 / x;
  const double r = 1 / (x * x);
  return sum + sim::log(x) - 0.5 / x - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132))));
}

/// Derivative of digamma(x), in the same way.
inline double trigamma(double x) {
  double sum = 0;
  for (; x < 10; x += 1) sum += 1 / (x * x);
  const double r = 1 / (x * x);
  return sum + 1 / x + 0.5 * r + r / x * (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * 5 / 66))));
}

/// Of max(x, least), x normal: a sum over four standard deviations each way, whose rest is below 1e-4 of the whole.
inline LogMoments log_moments_of_normal(double mean, double sd, double least) {
  constexpr int steps = 64;
  constexpr double ends = 4;
  double weights = 0, sum = 0, squares = 0;
  for (int k = 0; k <= steps; ++k) {
    const double z = ends * (2.0 * k / steps - 1), weight = sim::exp(-0.5 * z * z);
    const double x = sim::log(std::max(mean + sd * z, least));
    weights += weight;
    sum += weight * x;
    squares += weight * x * x;
  }
  const double m = sum / weights;
  return {m, std::max(0.0, squares / weights - m * m)};
}

/// Of max(x, least) where x is a constant, normal or of a sample, of x itself where it is gamma or lognormal; the law's
/// mean, or its one value, stands first.
inline LogMoments log_moments(const sim::Law& law, double least) {
  const auto mean = static_cast<double>(law.values[0]), spread = static_cast<double>(law.values[1]);
  const double log_mean = sim::log(std::max(mean, least));
  switch (law.family) {
    case sim::Family::gamma:
      return {log_mean + digamma(spread) - sim::log(spread), trigamma(spread)};
    case sim::Family::lognormal:
      return {log_mean - 0.5 * spread * spread, spread * spread};
    case sim::Family::normal:
      return log_moments_of_normal(mean, spread, least);
    case sim::Family::empirical: {
      const sim::MomentsOfLogs logs = sim::moments_of_logs(*law.sample, law.sample->factor_to(mean), least);
      return {logs.mean, logs.variance};
    }
    default:
      return {log_mean, 0};
  }
}

}  // namespace clientele::models
