// Plain arithmetic for kernels: no branch, explicit fma, no libm, so compilers vectorize it and change no bit.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

#include "sim/core/math_double.hpp"
#include "sim/core/vector.hpp"

namespace clientele::sim {
inline namespace CLIENTELE_LEVEL {

/// x where the condition holds, else zero. Bitwise: a compiler turns `condition ? x : 0` into masked stores that stall.
CLIENTELE_INLINE float when(bool condition, float x) {
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) & (0U - static_cast<std::uint32_t>(condition)));
}
CLIENTELE_INLINE std::int32_t when(bool condition, std::int32_t x) { return x & -static_cast<std::int32_t>(condition); }

/// Adding and taking away 1.5 * 2^23 rounds a small float to an integer, which stands in the low bits of the sum.
inline constexpr float rounding_shift = 12582912.F;

/// 2^f for |f| <= 0.5, relative error 1.3e-7; exactly 1 at 0.
CLIENTELE_INLINE float exp2_of_rest(float f) {
  float p = std::fma(0.00132695423F, f, 0.00967129227F);
  p = std::fma(p, f, 0.0555071086F);
  p = std::fma(p, f, 0.240222469F);
  p = std::fma(p, f, 0.693147004F);
  return std::fma(p, f, 1.F);
}

/// x * 2^n, where n stands in the low bits of a shifted float; x * 2^n must be normal.
CLIENTELE_INLINE float times_power_of_2(float x, float shifted) {
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) + (std::bit_cast<std::uint32_t>(shifted) << 23));
}

/// 2^x, relative error 1.7e-7. Below 2^-126 it is 0; from 128 on, and for no number, it stays at 3.4e38.
CLIENTELE_INLINE float exp2(float x) {
  const float y = x < 127.99999F ? x : 127.99999F;
  const float shifted = y + rounding_shift;
  return when(y >= -126.F, times_power_of_2(exp2_of_rest(y - (shifted - rounding_shift)), shifted));
}

/// e^x, relative error 1.8e-7 at any x. Below e^-87.336 it is 0; from 88.72 on, and for no number, 3.4e38.
CLIENTELE_INLINE float exp(float x) {
  const float y = x < 88.7228317F ? x : 88.7228317F;
  const float shifted = std::fma(y, 1.44269502F, rounding_shift), n = shifted - rounding_shift;
  const float f = std::fma(y, 1.92596303e-8F, std::fma(y, 1.44269502F, -n));  // log2(e) in two parts
  return when(y >= -87.3365F, times_power_of_2(exp2_of_rest(f), shifted));
}

/// (log(1 + f) - f) / f^2 for sqrt(1/2) <= 1 + f <= sqrt(2).
CLIENTELE_INLINE float log_of_rest(float f) {
  float p = std::fma(0.0871160254F, f, -0.142612994F);
  p = std::fma(p, f, 0.149076879F);
  p = std::fma(p, f, -0.16578187F);
  p = std::fma(p, f, 0.199638829F);
  p = std::fma(p, f, -0.250013262F);
  p = std::fma(p, f, 0.333338857F);
  return std::fma(p, f, -0.5F);
}

/// Natural logarithm of a normal x > 0 within 2 units in the last place. From 2^-126 down to 0 it falls to -88.03 only.
CLIENTELE_INLINE float log(float x) {
  constexpr std::int32_t root_half = 0x3f3504f3;
  const std::int32_t e = static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(x) - root_half);
  const float f = std::bit_cast<float>((e & 0x007fffff) + root_half) - 1.F;
  return std::fma(static_cast<float>(e >> 23), 0.693147182F, std::fma(log_of_rest(f), f * f, f));
}

/// log(1 + x) for x > -1, within 3 units in the last place.
CLIENTELE_INLINE float log1p(float x) {
  const float sum = 1.F + x, lost = x - (sum - 1.F);
  return log(sum) + lost / sum;
}

/// x^y for x > 0, relative error 2e-7 * (1 + |y log x|); 0 for x <= 0.
CLIENTELE_INLINE float pow(float x, float y) { return when(x > 0.F, exp(y * log(x))); }

/// 1 - e^-x for x >= 0, within 3 units in the last place, also near 0.
CLIENTELE_INLINE float one_minus_exp(float x) {
  const float y = x < 64.F ? x : 64.F;
  const float shifted = std::fma(y, -1.44269502F, rounding_shift), n = shifted - rounding_shift;
  const float r = std::fma(n, 1.90465421e-9F, std::fma(n, -0.693147182F, -y));  // log(2) in two parts
  float q = std::fma(0.00138982059F, r, 0.00836596917F);
  q = std::fma(q, r, 0.0416668542F);
  q = std::fma(q, r, 0.166665494F);
  q = std::fma(q, r, 0.5F);
  const float rest = std::fma(r * r, q, r), scale = times_power_of_2(1.F, shifted);
  return std::fma(-scale, rest, 1.F - scale);
}

/// 1 / (1 + e^-x), relative error 3e-7.
CLIENTELE_INLINE float logistic(float x) { return 1.F / (1.F + exp(-x)); }

/// Chance of an event within a period whose log cumulative hazard is eta: 1 - exp(-exp(eta)); relative error 3e-7.
CLIENTELE_INLINE float grouped_hazard(float eta) { return one_minus_exp(exp(eta)); }

/// The eta whose grouped hazard is `hazard`, for 2^-126 <= hazard < 1; absolute error 5e-7, relative 2e-7 beyond.
CLIENTELE_INLINE float inverse_grouped_hazard(float hazard) { return log(-log1p(-hazard)); }

struct SineCosine {
  float sine, cosine;
};

/// Sine and cosine of pi / 4 times x, for |x| <= 1; absolute error 1e-7.
CLIENTELE_INLINE SineCosine eighth_turn(float x) {
  const float y = x * x;
  float s = std::fma(-3.66304084e-05F, y, 0.00249104388F);
  s = std::fma(s, y, -0.0807458386F);
  s = std::fma(s, y, 0.785398185F) * x;
  float c = std::fma(-0.000319186889F, y, 0.0158504378F);
  c = std::fma(c, y, -0.308424503F);
  return {s, std::fma(c, y, 1.F)};
}

/// Turns by whole quarters; only the low 2 bits of `quarters` count.
CLIENTELE_INLINE SineCosine turn_by_quarters(SineCosine x, std::uint32_t quarters) {
  const bool swaps = (quarters & 1U) != 0;
  const std::uint32_t minus_sine = (quarters << 30) & 0x80000000U;
  const std::uint32_t minus_cosine = minus_sine ^ (quarters << 31);
  return {std::bit_cast<float>(std::bit_cast<std::uint32_t>(swaps ? x.cosine : x.sine) ^ minus_sine),
          std::bit_cast<float>(std::bit_cast<std::uint32_t>(swaps ? x.sine : x.cosine) ^ minus_cosine)};
}

/// Sine and cosine of a number of full turns, |turns| < 2^20; absolute error 1e-7.
CLIENTELE_INLINE SineCosine sine_cosine(float turns) {
  const float quarters = 4.F * turns, shifted = quarters + rounding_shift;
  const float rest = quarters - (shifted - rounding_shift);
  return turn_by_quarters(eighth_turn(2.F * rest), std::bit_cast<std::uint32_t>(shifted));
}

/// A word as a uniform in the open interval (0, 1), never falling as the word grows; from 2^-32 to 1 - 2^-24.
CLIENTELE_INLINE float uniform(std::uint32_t word) {
  const float u = std::fma(static_cast<float>(static_cast<std::int32_t>(word >> 1)), 0x1p-31F, 0x1p-32F);
  return u < 0x1.fffffep-1F ? u : 0x1.fffffep-1F;
}

struct NormalPair {
  float first, second;
};

/// Two independent standard normals from two words (Box and Muller 1958); none is beyond 6.67.
CLIENTELE_INLINE NormalPair normal_pair(std::uint32_t w0, std::uint32_t w1) {
  const float u =
      std::fma(static_cast<float>(static_cast<std::int32_t>(w0 >> 1)), 0x1p-31F, 0x1p-32F);  // 1 is safe here
  const float radius = std::sqrt(-2.F * log(u));
  const float x = static_cast<float>(static_cast<std::int32_t>(w1 << 2)) * 0x1p-31F;
  const SineCosine angle = turn_by_quarters(eighth_turn(x), w1 >> 30);
  return {radius * angle.cosine, radius * angle.sine};
}

/// The z below which a standard normal lies with chance u. Relative error 1e-6 for 2^-33 <= u <= 1 - 2^-24, where it is
/// held beyond.
CLIENTELE_INLINE float normal_quantile(float u) {
  const bool lower = u < 0.5F;
  const float side = lower ? u : 1.F - u, p = side > 0x1p-33F ? side : 0x1p-33F;
  const float w = -log(4.F * p * (1.F - p)), t = std::sqrt(w) - 3.5F;
  float central = std::fma(1.84768845e-09F, w, 4.36001443e-07F);
  central = std::fma(central, w, -1.2430869e-05F);
  central = std::fma(central, w, 0.0001215964F);
  central = std::fma(central, w, -0.000291031873F);
  central = std::fma(central, w, -0.00318482285F);
  central = std::fma(central, w, 0.0162719693F);
  central = std::fma(central, w, 0.328128815F);
  central = std::fma(central, w, 1.25331378F);
  float tail = std::fma(-0.000272010511F, t, 0.000782072369F);
  tail = std::fma(tail, t, -0.00102218776F);
  tail = std::fma(tail, t, 0.00144135638F);
  tail = std::fma(tail, t, -0.00289710658F);
  tail = std::fma(tail, t, 0.00465655373F);
  tail = std::fma(tail, t, 1.42463362F);
  tail = std::fma(tail, t, 4.71708822F);
  const float x = 1.F - 2.F * p, z = x * (w < 6.F ? central : tail);
  return lower ? -z : z;
}

/// log Gamma(x) for 2^-126 <= x <= 1e30, within 4e-6 or 3e-7 of its size, whichever is larger.
CLIENTELE_INLINE float log_gamma(float x) {
  const bool small = x < 4.F;
  const float product = small ? x * (x + 1.F) * ((x + 2.F) * (x + 3.F)) : 1.F;
  const float y = small ? x + 4.F : x, inverse = 1.F / y, z = inverse * inverse;
  const float series = std::fma(std::fma(0.00079365079F, z, -0.0027777778F), z, 0.083333333F) * inverse;
  return std::fma(y - 0.5F, log(y) - 1.F, 0.418938533F) + series - log(product);
}

/// The 31 bits of a word that decide whether something happens; compared with a chance_threshold.
CLIENTELE_INLINE std::int32_t chance_bits(std::uint32_t word) { return static_cast<std::int32_t>(word >> 1); }

/// Whether an event happens. Not above instead of below: so a chance of 1 fits in 31 bits and always happens.
CLIENTELE_INLINE bool happens(std::int32_t chance_bits, std::int32_t threshold) { return chance_bits <= threshold; }

/// The highest bits at which an event of this chance happens: -1 (never) at 0, 2^31 - 1 (always) at 1; what lies
/// outside counts as the nearer end, no number as 0. The chance is met within 2^-32.
CLIENTELE_INLINE std::int32_t chance_threshold(double chance) {
  const double inside = chance > 0.0 ? (chance < 1.0 ? chance : 1.0) : 0.0;
  return static_cast<std::int32_t>(std::rint(inside * 0x1p31) - 1.0);
}

/// The same for one chance per customer; the same thresholds for the same floats.
CLIENTELE_INLINE std::int32_t chance_threshold(float chance) {
  const float floor = chance > 0.F ? chance : 0.F, inside = floor < 0x1.fffffep-1F ? floor : 0x1.fffffep-1F;
  const std::int32_t threshold = static_cast<std::int32_t>(std::rint(inside * 0x1p31F)) - 1;
  return floor < 1.F ? threshold : INT32_MAX;
}

/// An amount in whole quanta, halves to even. What does not fit becomes +-(2^31 - 128), and so does no number (plus).
CLIENTELE_INLINE std::int32_t to_quanta(float value, float quanta_per_unit) {
  constexpr float limit = 2147483520.F;
  const float scaled = value * quanta_per_unit, capped = scaled < limit ? scaled : limit;
  return static_cast<std::int32_t>(std::rint(capped > -limit ? capped : -limit));
}

}  // namespace CLIENTELE_LEVEL
}  // namespace clientele::sim
