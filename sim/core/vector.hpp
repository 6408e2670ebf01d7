// A register full of customers: as many lanes as the chip holds, and every operation gives the same bits at any width.
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#pragma GCC diagnostic push
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // g++ 12 warns about its own "undefined" registers
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>
#pragma GCC diagnostic pop
#endif

#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__) && defined(__AVX512BW__)
#define CLIENTELE_NATIVE_LANES 16
#define CLIENTELE_CHIP avx512
#elif defined(__AVX2__) && defined(__FMA__)
#define CLIENTELE_NATIVE_LANES 8
#define CLIENTELE_CHIP avx2
#elif defined(__SSE2__)
#define CLIENTELE_NATIVE_LANES 4
#define CLIENTELE_CHIP sse2
#else
#define CLIENTELE_NATIVE_LANES 4
#define CLIENTELE_CHIP plain
#endif

// Another width may be forced, so that 16 lanes can be tested where the chip has 8: plain loops over lanes then.
#if !defined(CLIENTELE_LANES)
#define CLIENTELE_LANES CLIENTELE_NATIVE_LANES
#endif
#define CLIENTELE_IS_AVX512 (CLIENTELE_LANES == 16 && CLIENTELE_NATIVE_LANES == 16)
#define CLIENTELE_IS_AVX2 (CLIENTELE_LANES == 8 && CLIENTELE_NATIVE_LANES == 8)
#if defined(__SSE2__) && CLIENTELE_LANES == 4
#define CLIENTELE_IS_SSE2 1
#else
#define CLIENTELE_IS_SSE2 0
#endif

// Inline functions of one level live in a namespace of their own: a linker must not take a copy made for another chip.
#define CLIENTELE_PASTE(chip, lanes) chip##_##lanes
#define CLIENTELE_NAME_LEVEL(chip, lanes) CLIENTELE_PASTE(chip, lanes)
#define CLIENTELE_LEVEL CLIENTELE_NAME_LEVEL(CLIENTELE_CHIP, CLIENTELE_LANES)
#define CLIENTELE_INLINE inline __attribute__((always_inline))

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed only between functions that are always inlined
#endif

namespace clientele::sim {

/// Customers of a block are worked on in whole multiples of this, so that no loop leaves a scalar remainder.
inline constexpr std::size_t chunk_size = 64;
inline constexpr std::size_t max_customers_of_a_block = 1024;

inline constexpr std::size_t rounded_up(std::size_t n) { return (n + chunk_size - 1) / chunk_size * chunk_size; }

inline namespace CLIENTELE_LEVEL {

inline constexpr int lanes = CLIENTELE_LANES;

typedef float Floats __attribute__((vector_size(4 * CLIENTELE_LANES)));
typedef std::int32_t Ints __attribute__((vector_size(4 * CLIENTELE_LANES)));
typedef std::uint32_t Words __attribute__((vector_size(4 * CLIENTELE_LANES)));
typedef std::uint64_t Longs __attribute__((vector_size(4 * CLIENTELE_LANES)));  ///< half as many lanes, 64 bits each

// Arithmetic, shifts and bitwise operators come with the types. A comparison gives a mask: Ints of 0 or -1.
// Wrapping sums belong in Words; Ints must not overflow.

CLIENTELE_INLINE Ints as_ints(Floats x) { return reinterpret_cast<Ints>(x); }
CLIENTELE_INLINE Ints as_ints(Words x) { return reinterpret_cast<Ints>(x); }
CLIENTELE_INLINE Words as_words(Floats x) { return reinterpret_cast<Words>(x); }
CLIENTELE_INLINE Words as_words(Ints x) { return reinterpret_cast<Words>(x); }
CLIENTELE_INLINE Words as_words(Longs x) { return reinterpret_cast<Words>(x); }
CLIENTELE_INLINE Floats as_floats(Ints x) { return reinterpret_cast<Floats>(x); }
CLIENTELE_INLINE Floats as_floats(Words x) { return reinterpret_cast<Floats>(x); }
CLIENTELE_INLINE Longs as_longs(Words x) { return reinterpret_cast<Longs>(x); }

/// Loads and stores need no alignment.
CLIENTELE_INLINE Floats load_floats(const float* from) {
  Floats x;
  __builtin_memcpy(&x, from, sizeof x);
  return x;
}
CLIENTELE_INLINE Ints load_ints(const std::int32_t* from) {
  Ints x;
  __builtin_memcpy(&x, from, sizeof x);
  return x;
}
CLIENTELE_INLINE Words load_words(const std::uint32_t* from) {
  Words x;
  __builtin_memcpy(&x, from, sizeof x);
  return x;
}
CLIENTELE_INLINE void store(float* to, Floats x) { __builtin_memcpy(to, &x, sizeof x); }
CLIENTELE_INLINE void store(std::int32_t* to, Ints x) { __builtin_memcpy(to, &x, sizeof x); }
CLIENTELE_INLINE void store(std::uint32_t* to, Words x) { __builtin_memcpy(to, &x, sizeof x); }

/// The same value in every lane (x - 0 keeps the sign of a zero, x + 0 would not).
CLIENTELE_INLINE Floats all_floats(float x) { return x - Floats{}; }
CLIENTELE_INLINE Ints all_ints(std::int32_t x) { return x - Ints{}; }
CLIENTELE_INLINE Words all_words(std::uint32_t x) { return x - Words{}; }
CLIENTELE_INLINE Longs all_longs(std::uint64_t x) { return x - Longs{}; }

/// first, first + 1, ... from lane 0 on.
CLIENTELE_INLINE Words count_from(std::uint32_t first) {
  Words lane;
  for (int i = 0; i < lanes; ++i) lane[i] = static_cast<std::uint32_t>(i);
  return all_words(first) + lane;
}

/// a * b + c, rounded once.
CLIENTELE_INLINE Floats fused(Floats a, Floats b, Floats c) {
#if CLIENTELE_IS_AVX512
  return reinterpret_cast<Floats>(_mm512_fmadd_ps(a, b, c));
#elif CLIENTELE_IS_AVX2
  return reinterpret_cast<Floats>(_mm256_fmadd_ps(a, b, c));
#else
  Floats result;
  for (int i = 0; i < lanes; ++i) result[i] = std::fma(a[i], b[i], c[i]);
  return result;
#endif
}

CLIENTELE_INLINE Floats square_root(Floats x) {
#if CLIENTELE_IS_AVX512
  return reinterpret_cast<Floats>(_mm512_sqrt_ps(x));
#elif CLIENTELE_IS_AVX2
  return reinterpret_cast<Floats>(_mm256_sqrt_ps(x));
#elif CLIENTELE_IS_SSE2
  return reinterpret_cast<Floats>(_mm_sqrt_ps(x));
#else
  Floats result;
  for (int i = 0; i < lanes; ++i) result[i] = std::sqrt(x[i]);
  return result;
#endif
}

CLIENTELE_INLINE Floats to_floats(Ints x) { return __builtin_convertvector(x, Floats); }

/// Rounds to the nearest integer, halves to even; what does not fit (or is no number) becomes -2^31.
CLIENTELE_INLINE Ints to_ints(Floats x) {
#if CLIENTELE_IS_AVX512
  return reinterpret_cast<Ints>(_mm512_cvtps_epi32(x));
#elif CLIENTELE_IS_AVX2
  return reinterpret_cast<Ints>(_mm256_cvtps_epi32(x));
#elif CLIENTELE_IS_SSE2
  return reinterpret_cast<Ints>(_mm_cvtps_epi32(x));
#else
  Ints result;
  for (int i = 0; i < lanes; ++i) {
    const bool fits = x[i] >= -0x1p31F && x[i] < 0x1p31F;
    result[i] = fits ? static_cast<std::int32_t>(std::rint(x[i])) : INT32_MIN;
  }
  return result;
#endif
}

/// a where the mask holds, else b.
CLIENTELE_INLINE Floats choose(Ints mask, Floats a, Floats b) { return mask ? a : b; }
CLIENTELE_INLINE Ints choose(Ints mask, Ints a, Ints b) { return mask ? a : b; }
CLIENTELE_INLINE Words choose(Ints mask, Words a, Words b) { return mask ? a : b; }

/// a where the mask holds, else zero.
CLIENTELE_INLINE Floats keep(Ints mask, Floats a) { return as_floats(mask & as_ints(a)); }
CLIENTELE_INLINE Ints keep(Ints mask, Ints a) { return mask & a; }
CLIENTELE_INLINE Words keep(Ints mask, Words a) { return as_words(mask) & a; }

/// The second where they compare equal or one is no number.
CLIENTELE_INLINE Floats minimum(Floats a, Floats b) {
#if CLIENTELE_IS_AVX512
  return reinterpret_cast<Floats>(_mm512_min_ps(a, b));
#elif CLIENTELE_IS_AVX2
  return reinterpret_cast<Floats>(_mm256_min_ps(a, b));
#elif CLIENTELE_IS_SSE2
  return reinterpret_cast<Floats>(_mm_min_ps(a, b));
#else
  return a < b ? a : b;
#endif
}
CLIENTELE_INLINE Floats maximum(Floats a, Floats b) {
#if CLIENTELE_IS_AVX512
  return reinterpret_cast<Floats>(_mm512_max_ps(a, b));
#elif CLIENTELE_IS_AVX2
  return reinterpret_cast<Floats>(_mm256_max_ps(a, b));
#elif CLIENTELE_IS_SSE2
  return reinterpret_cast<Floats>(_mm_max_ps(a, b));
#else
  return a > b ? a : b;
#endif
}

/// One bit per lane, lane 0 lowest.
CLIENTELE_INLINE std::uint32_t bits_of(Ints mask) {
#if CLIENTELE_IS_AVX512
  return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask));
#elif CLIENTELE_IS_AVX2
  return static_cast<std::uint32_t>(_mm256_movemask_ps(reinterpret_cast<__m256>(mask)));
#elif CLIENTELE_IS_SSE2
  return static_cast<std::uint32_t>(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
  std::uint32_t bits = 0;
  for (int i = 0; i < lanes; ++i) bits |= static_cast<std::uint32_t>(mask[i] & 1) << i;
  return bits;
#endif
}

CLIENTELE_INLINE bool any(Ints mask) {
#if CLIENTELE_IS_AVX2
  return _mm256_testz_si256(reinterpret_cast<__m256i>(mask), reinterpret_cast<__m256i>(mask)) == 0;
#else
  return bits_of(mask) != 0;
#endif
}

/// The mask whose lane i is bit i.
CLIENTELE_INLINE Ints mask_of(std::uint32_t bits) {
#if CLIENTELE_IS_AVX512
  return reinterpret_cast<Ints>(_mm512_movm_epi32(static_cast<__mmask16>(bits)));
#else
  Words bit;
  for (int i = 0; i < lanes; ++i) bit[i] = 1U << i;
  return (all_words(bits) & bit) != 0U;
#endif
}

#if CLIENTELE_IS_AVX2
/// For each mask of eight lanes the places to take from, a byte per lane, lane 0 lowest.
struct LaneOrders {
  std::uint64_t packed[256] = {}, spread[256] = {};
  constexpr LaneOrders() {
    for (unsigned bits = 0; bits < 256; ++bits) {
      unsigned kept = 0;
      for (unsigned lane = 0; lane < 8; ++lane) {
        if ((bits >> lane & 1U) == 0) continue;
        packed[bits] |= static_cast<std::uint64_t>(lane) << (8 * kept);
        spread[bits] |= static_cast<std::uint64_t>(kept++) << (8 * lane);
      }
    }
  }
};
inline constexpr LaneOrders lane_orders;

CLIENTELE_INLINE Words take_lanes(Words x, std::uint64_t order) {
  const __m256i places = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(static_cast<long long>(order)));
  return reinterpret_cast<Words>(_mm256_permutevar8x32_epi32(reinterpret_cast<__m256i>(x), places));
}
#endif

/// The lanes whose bit is set, moved to the front in their order. What stands behind them is not defined.
CLIENTELE_INLINE Words compress(Words x, std::uint32_t bits) {
#if CLIENTELE_IS_AVX512
  const auto kept = _mm512_maskz_compress_epi32(static_cast<__mmask16>(bits), reinterpret_cast<__m512i>(x));
  return reinterpret_cast<Words>(kept);
#elif CLIENTELE_IS_AVX2
  return take_lanes(x, lane_orders.packed[bits]);
#else
  Words result = x;
  for (int i = 0, kept = 0; i < lanes; ++i)
    if ((bits >> i & 1U) != 0) result[kept++] = x[i];
  return result;
#endif
}

/// The front lanes moved to the lanes whose bit is set, in their order; zero elsewhere.
CLIENTELE_INLINE Words expand(Words x, std::uint32_t bits) {
#if CLIENTELE_IS_AVX512
  auto held = reinterpret_cast<__m512i>(x);
  asm("" : "+v"(held));  // expanding straight from memory is several times slower on Zen
  return reinterpret_cast<Words>(_mm512_maskz_expand_epi32(static_cast<__mmask16>(bits), held));
#elif CLIENTELE_IS_AVX2
  return keep(mask_of(bits), take_lanes(x, lane_orders.spread[bits]));
#else
  Words result = {};
  for (int i = 0, used = 0; i < lanes; ++i)
    if ((bits >> i & 1U) != 0) result[i] = x[used++];
  return result;
#endif
}

/// The sum of all lanes, exact.
CLIENTELE_INLINE std::int64_t sum64(Ints x) {
#if CLIENTELE_IS_AVX512
  const auto all = reinterpret_cast<__m512i>(x);
  const auto low = _mm512_cvtepi32_epi64(_mm512_castsi512_si256(all));
  return _mm512_reduce_add_epi64(_mm512_add_epi64(low, _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(all, 1))));
#elif CLIENTELE_IS_AVX2
  const auto all = reinterpret_cast<__m256i>(x);
  const auto low = _mm256_cvtepi32_epi64(_mm256_castsi256_si128(all));
  const auto four = _mm256_add_epi64(low, _mm256_cvtepi32_epi64(_mm256_extracti128_si256(all, 1)));
  const auto two = _mm_add_epi64(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
  return _mm_cvtsi128_si64(two) + _mm_extract_epi64(two, 1);
#else
  std::int64_t sum = 0;
  for (int i = 0; i < lanes; ++i) sum += x[i];
  return sum;
#endif
}

/// The whole product of the low 32 bits of each 64-bit lane.
CLIENTELE_INLINE Longs low_products(Longs a, Longs b) {
#if CLIENTELE_IS_AVX512
  return reinterpret_cast<Longs>(_mm512_mul_epu32(reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif CLIENTELE_IS_AVX2
  return reinterpret_cast<Longs>(_mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif CLIENTELE_IS_SSE2
  return reinterpret_cast<Longs>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  return (a & 0xffffffffU) * (b & 0xffffffffU);
#endif
}

}  // namespace CLIENTELE_LEVEL
}  // namespace clientele::sim
