// Laws by inversion: one word, one value, rising with the word; and the few uncertain numbers of a study, in double.
#pragma once
#include "sim/core/api.hpp"
#include "sim/core/math.hpp"
#include "sim/random/address.hpp"
#include "sim/schema.hpp"

namespace clientele::sim {
inline namespace CLIENTELE_LEVEL {

/// A standard normal from one word, within -6.4 and 5.4.
CLIENTELE_INLINE float normal_of(std::uint32_t word) { return normal_quantile(uniform(word)); }

/// An exponential of mean 1 from one word, with the whole resolution of the word at both ends.
CLIENTELE_INLINE float exponential_of(std::uint32_t word) {
  const bool lower = word < 0x80000000U;
  const float u = uniform(lower ? word : ~word);
  return lower ? -log1p(-u) : -log(u);
}

/// Weibull by its mean and shape: scale * E^(1 / shape).
struct Weibull {
  float scale, power;

  Weibull(double mean, double shape)
      : scale(static_cast<float>(mean / exp(log_gamma(1.0 + 1.0 / shape)))), power(static_cast<float>(1.0 / shape)) {}
  CLIENTELE_INLINE float of(std::uint32_t word) const { return scale * pow(exponential_of(word), power); }
};

/// The value of a sample for a word: each has as many words as any other (one more or less), in ascending order.
CLIENTELE_INLINE float value_at(const Sample& sample, std::uint32_t word) {
  return sample.values[static_cast<std::size_t>(std::uint64_t{word} * sample.values.size() >> 32U)];
}

/// Lognormal by its mean and the sd of its log.
struct Lognormal {
  float mean, sd_log;

  CLIENTELE_INLINE float of(float z) const { return mean * exp(sd_log * std::fma(-0.5F, sd_log, z)); }
};

}  // namespace CLIENTELE_LEVEL

/// No standard normal of draw_parameter lies further from 0: its uniforms stop 2^-53 before 0 and 1.
inline constexpr double farthest_normal = 8.21;

/// The value of an uncertain number: uniform, normal, lognormal and beta laws, or a constant. By inversion from words 0
/// and 1 of its address; beta by rejection from the tries of its address.
CLIENTELE_API double draw_parameter(const Law& law, const Address& at, Key key);

}  // namespace clientele::sim
