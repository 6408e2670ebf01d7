// Laws by inversion: one word, one value, rising with the word; and the few uncertain numbers of a study, in double.
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "sim/core/api.hpp"
#include "sim/core/check.hpp"
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

/// Lognormal by its mean and the sd of its log.
struct Lognormal {
  float mean, sd_log;

  CLIENTELE_INLINE float of(float z) const { return mean * exp(sd_log * std::fma(-0.5F, sd_log, z)); }
};

/// One of up to 16 kinds by their shares, from one word: kind k where the word falls between the sums of the shares
/// before it and up to it. Each sum is met within 2^-31; a kind of share 0 never comes; a higher word is never an
/// earlier kind, and moving share from a kind to a later one never makes anybody's kind earlier.
class Categorical {
 public:
  static constexpr std::size_t most = 16;

  /// Shares, not negative, in any unit: what counts is their ratio to their sum.
  explicit Categorical(std::span<const double> shares) {
    double sum = 0, upto = 0;
    for (const double share : shares) sum += share;
    expects(!shares.empty() && shares.size() <= most && sum > 0, "1 to 16 kinds have shares that add up to something");
    std::size_t last = shares.size() - 1;
    while (shares[last] <= 0) --last;  // sums of shares round: what is last takes the rest
    last_bits_.fill(INT32_MAX);
    for (std::size_t k = 0; k < last; ++k) {
      expects(shares[k] >= 0, "no share is negative");
      upto += shares[k];
      last_bits_[k] = chance_threshold(upto / sum);
    }
  }

  /// The kind, 0 for the first.
  CLIENTELE_INLINE std::int32_t of(std::uint32_t word) const {
    const std::int32_t bits = chance_bits(word);
    std::int32_t kind = 0;
    for (const std::int32_t last : last_bits_) kind += static_cast<std::int32_t>(bits > last);
    return kind;
  }

 private:
  std::array<std::int32_t, most> last_bits_;  ///< of each kind but the last; behind it what no word passes
};

}  // namespace CLIENTELE_LEVEL

/// No standard normal of draw_parameter lies further from 0: its uniforms stop 2^-53 before 0 and 1.
inline constexpr double farthest_normal = 8.21;

/// The value of an uncertain number: uniform, normal, lognormal and beta laws, or a constant. By inversion from words 0
/// and 1 of its address; beta by rejection from the tries of its address.
CLIENTELE_API double draw_parameter(const Law& law, const Address& at, Key key);

}  // namespace clientele::sim
