// Uniform and normal numbers of a fit's own, each with an address, so that none hangs on how many others are drawn.
#pragma once
#include <cmath>
#include <cstdint>

#include <boost/math/special_functions/erf.hpp>

#include "sim/random/philox.hpp"

namespace clientele::models {

/// In (0, 1), 53 bits. Words of fits have a key of their own (its second half is no draw of any study).
inline double uniform_of_fit(std::uint32_t seed, std::uint32_t which, std::uint32_t place, std::uint32_t use) {
  const auto words = sim::philox({which, place, use, 0}, {seed, 0x46495453U});
  const std::uint64_t bits = (std::uint64_t{words[0]} << 32 | words[1]) >> 11;
  return (static_cast<double>(bits) + 0.5) * 0x1p-53;
}

inline double normal_of_fit(std::uint32_t seed, std::uint32_t which, std::uint32_t place, std::uint32_t use) {
  return -std::sqrt(2.0) * boost::math::erfc_inv(2 * uniform_of_fit(seed, which, place, use));
}

}  // namespace clientele::models
