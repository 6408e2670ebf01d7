// Draws what a study is not sure about: a handful of numbers per world, so in double and one at a time.
#include "sim/random/distributions.hpp"

#include <cmath>

#include "sim/core/check.hpp"
#include "sim/random/philox.hpp"

namespace clientele::sim {
namespace {

using FourWords = std::array<std::uint32_t, 4>;

/// In the open interval (0, 1), from 52 bits of two words.
double uniform_of(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

double normal_at(double u) { return u <= 0.5 ? lower_normal_quantile(u) : -lower_normal_quantile(1.0 - u); }

FourWords words_at(Address at, std::uint32_t attempt, Key key) {
  at.attempt = attempt;
  return philox(at.counter(), key);
}

/// log X of a gamma law by Marsaglia and Tsang; every second try from the first.
double draw_log_gamma(double shape, const Address& at, Key key, std::uint32_t first_try) {
  const double d = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3, c = 1.0 / std::sqrt(9.0 * d);
  for (std::uint32_t attempt = first_try; attempt < 1U << try_bits; attempt += 2) {
    const FourWords w = words_at(at, attempt, key);
    const double z = normal_at(uniform_of(w[0], w[1])), root = 1.0 + c * z;
    if (root <= 0) continue;
    const double v = root * root * root, log_v = 3.0 * log(root);
    if (log(uniform_of(w[2], 0x80000000U)) >= 0.5 * z * z + d * (1.0 - v + log_v)) continue;
    return log(d) + log_v + (shape < 1.0 ? log(uniform_of(w[3], 0x80000000U)) / shape : 0.0);
  }
  return log(d);
}

/// Beta by its mean and its first shape; X / (X + Y) of two gammas.
double draw_beta(double mean, double a, const Address& at, Key key) {
  const double b = a * (1.0 - mean) / mean;
  return 1.0 / (1.0 + exp(draw_log_gamma(b, at, key, 1) - draw_log_gamma(a, at, key, 0)));
}

}  // namespace

double draw_parameter(const Law& law, const Address& at, Key key) {
  const double first = law.values[0], second = law.values[1];
  if (law.family == Family::constant) return first;
  if (law.family == Family::beta) return draw_beta(first, second, at, key);
  const FourWords w = words_at(at, 0, key);
  const double u = uniform_of(w[0], w[1]);
  switch (law.family) {
    case Family::uniform:
      return first + (second - first) * u;
    case Family::normal:
      return first + second * normal_at(u);
    case Family::lognormal:
      return first * exp(second * (normal_at(u) - 0.5 * second));
    default:
      break;
  }
  expects(false, "an uncertain number has a uniform, normal, lognormal, beta or constant law");
  return 0;
}

}  // namespace clientele::sim
