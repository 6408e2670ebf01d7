// Philox4x32-10: turns an address into four random words, the same on any machine, in any order.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/core/api.hpp"
#include "sim/core/vector.hpp"
#include "sim/random/address.hpp"

namespace clientele::sim {

/// The multipliers and the key steps of Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
inline constexpr std::uint32_t philox_multiplier[2] = {0xD2511F53U, 0xCD9E8D57U};
inline constexpr std::uint32_t philox_key_step[2] = {0x9E3779B9U, 0xBB67AE85U};
inline constexpr int philox_rounds = 10;

inline namespace CLIENTELE_LEVEL {

/// Four words for one counter.
inline std::array<std::uint32_t, 4> philox(Counter counter, Key key) {
  std::uint32_t k0 = key.seed, k1 = key.luck_draw;
  auto [x0, x1, x2, x3] = counter;
  for (int round = 0; round < philox_rounds; ++round) {
    const std::uint64_t a = std::uint64_t{x0} * philox_multiplier[0], b = std::uint64_t{x2} * philox_multiplier[1];
    x0 = static_cast<std::uint32_t>(b >> 32) ^ x1 ^ k0;
    x1 = static_cast<std::uint32_t>(b);
    x2 = static_cast<std::uint32_t>(a >> 32) ^ x3 ^ k1;
    x3 = static_cast<std::uint32_t>(a);
    k0 += philox_key_step[0];
    k1 += philox_key_step[1];
  }
  return {x0, x1, x2, x3};
}

}  // namespace CLIENTELE_LEVEL

/// Four words for each of n counters: words[j][i] is word j of counter (c0[i], c1[i], c2[i], c3).
/// n is rounded up to whole vectors: inputs and outputs have room for a multiple of 16 entries, and do not overlap.
CLIENTELE_API void philox(Key key, std::size_t n, const std::uint32_t* c0, const std::uint32_t* c1,
                          const std::uint32_t* c2, std::uint32_t c3, std::uint32_t* const words[4]);

/// The same where all counters share slot and month.
CLIENTELE_API void philox(Key key, std::size_t n, const std::uint32_t* c0, const std::uint32_t* c1, std::uint32_t c2,
                          std::uint32_t c3, std::uint32_t* const words[4]);

}  // namespace clientele::sim
