// Philox over vectors of counters: even and odd lanes go apart, since the chip multiplies every other lane in full.
#include "sim/random/philox.hpp"

namespace clientele::sim {
namespace {

/// One counter per 64-bit lane, in its low half; the high half holds junk that no product reads.
struct Halves {
  Longs x0, x1, x2, x3;
};

CLIENTELE_INLINE Longs odd_lanes(Words x) { return as_longs(x) >> 32; }

CLIENTELE_INLINE Halves turn(Halves h, Longs k0, Longs k1) {
  const Longs a = low_products(h.x0, all_longs(philox_multiplier[0]));
  const Longs b = low_products(h.x2, all_longs(philox_multiplier[1]));
  return {(b >> 32) ^ h.x1 ^ k0, b, (a >> 32) ^ h.x3 ^ k1, a};
}

CLIENTELE_INLINE Words merge(Longs even, Longs odd) {
#if CLIENTELE_IS_AVX2
  const auto high = reinterpret_cast<__m256i>(odd << 32);
  return reinterpret_cast<Words>(_mm256_blend_epi32(reinterpret_cast<__m256i>(even), high, 0xAA));
#else
  return as_words((even & 0xffffffffU) | (odd << 32));
#endif
}

struct FourWords {
  Words w0, w1, w2, w3;
};

/// The two halves are independent chains, which overlap in the chip.
CLIENTELE_INLINE FourWords turn_all(Key key, Halves even, Halves odd) {
#pragma GCC unroll 10
  for (std::uint32_t round = 0; round < philox_rounds; ++round) {
    const Longs k0 = all_longs(key.seed + round * philox_key_step[0]);
    const Longs k1 = all_longs(key.luck_draw + round * philox_key_step[1]);
    even = turn(even, k0, k1);
    odd = turn(odd, k0, k1);
  }
  return {merge(even.x0, odd.x0), merge(even.x1, odd.x1), merge(even.x2, odd.x2), merge(even.x3, odd.x3)};
}

/// Where the words of a call go: a copy, which stores cannot change.
struct Outputs {
  std::uint32_t *w0, *w1, *w2, *w3;

  explicit Outputs(std::uint32_t* const words[4]) : w0(words[0]), w1(words[1]), w2(words[2]), w3(words[3]) {}
  CLIENTELE_INLINE void put(std::size_t at, FourWords words) const {
    store(w0 + at, words.w0);
    store(w1 + at, words.w1);
    store(w2 + at, words.w2);
    store(w3 + at, words.w3);
  }
};

}  // namespace

void philox(Key key, std::size_t n, const std::uint32_t* c0, const std::uint32_t* c1, const std::uint32_t* c2,
            std::uint32_t c3, std::uint32_t* const words[4]) {
  const Outputs outputs(words);
  const Longs fourth = all_longs(c3);
  for (std::size_t i = 0; i < n; i += lanes) {
    const Words first = load_words(c0 + i), second = load_words(c1 + i), third = load_words(c2 + i);
    const Halves even = {as_longs(first), as_longs(second), as_longs(third), fourth};
    const Halves odd = {odd_lanes(first), odd_lanes(second), odd_lanes(third), fourth};
    outputs.put(i, turn_all(key, even, odd));
  }
}

void philox(Key key, std::size_t n, const std::uint32_t* c0, const std::uint32_t* c1, std::uint32_t c2,
            std::uint32_t c3, std::uint32_t* const words[4]) {
  const Outputs outputs(words);
  const Longs third = all_longs(c2), fourth = all_longs(c3);
  for (std::size_t i = 0; i < n; i += lanes) {
    const Words first = load_words(c0 + i), second = load_words(c1 + i);
    const Halves even = {as_longs(first), as_longs(second), third, fourth};
    const Halves odd = {odd_lanes(first), odd_lanes(second), third, fourth};
    outputs.put(i, turn_all(key, even, odd));
  }
}

}  // namespace clientele::sim
