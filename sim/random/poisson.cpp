// Inverts the Poisson law: four vectors of customers at once, so that their chains of sums overlap in the chip.
#include "sim/random/poisson.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace clientele::sim {
namespace {

/// Words from here on go to double, whatever the mean.
constexpr std::uint32_t tail_words = 0xFF800000U;
constexpr float highest_summed_mean = 60.F;
constexpr double highest_tail_summed_mean = 500.0, highest_mean = 1e9;

/// At mean 60 a word below the tail stops before 90, one in it before 130.
constexpr int max_steps = 160;
template <class T>
struct Reciprocals {
  T of[max_steps + 1] = {};
  constexpr Reciprocals() {
    for (int k = 1; k <= max_steps; ++k) of[k] = static_cast<T>(1.0 / k);
  }
};
constexpr Reciprocals<float> reciprocals;
constexpr Reciprocals<double> exact_reciprocals;

/// exp(-mean) for 0 <= mean <= 60: `exp` of math.hpp, bit for bit.
CLIENTELE_INLINE Floats chance_of_none(Floats mean) {
  const Floats y = -mean, log2_e = all_floats(1.44269502F), shift = all_floats(rounding_shift);
  const Floats shifted = fused(y, log2_e, shift), n = shifted - shift;
  const Floats f = fused(y, all_floats(1.92596303e-8F), fused(y, log2_e, -n));
  Floats p = fused(all_floats(0.00132695423F), f, all_floats(0.00967129227F));
  p = fused(p, f, all_floats(0.0555071086F));
  p = fused(p, f, all_floats(0.240222469F));
  p = fused(p, f, all_floats(0.693147004F));
  p = fused(p, f, all_floats(1.F));
  return as_floats(as_words(p) + (as_words(shifted) << 23));
}

CLIENTELE_INLINE std::int32_t sum_up(float u, float mean) {
  float mass = exp(-mean), below = mass;
  std::int32_t count = 0;
  for (int k = 1; u > below && k <= max_steps; ++k) {
    ++count;
    mass *= mean * reciprocals.of[k];
    below += mass;
  }
  return count;
}

/// u of a word below the tail, and how much chance lies above u; exact in double.
double chance_below(std::uint32_t word) { return (static_cast<double>(word >> 1) + 0.5) * 0x1p-31; }
double chance_above(std::uint32_t word) {
  if (word < tail_words) return (static_cast<double>(~word >> 1) + 0.5) * 0x1p-31;
  return (static_cast<double>(~word) + 0.5) * 0x1p-32;
}

/// P(X > k) starts at 1 - e^-mean and loses mass by mass; its error stays near 1e-16, a tail word is above 1e-10.
std::int32_t sum_up_tail(std::uint32_t word, double mean) {
  const double above = chance_above(word);
  double mass = exp(-mean);
  double rest =
      mean < 0.01 ? mean * (1.0 - mean * (0.5 - mean * (1.0 / 6 - mean * (1.0 / 24 - mean / 120)))) : 1.0 - mass;
  std::int32_t count = 0;
  for (int k = 1; rest > above && k <= max_steps; ++k) {
    ++count;
    mass *= mean * exact_reciprocals.of[k];
    rest -= mass;
  }
  return count;
}

double log_mass(double k, double mean) { return std::fma(k, log(mean), -mean) - log_gamma(k + 1.0); }

/// The z below which a standard normal lies with the chance of this word.
double wide_normal_of(std::uint32_t word) {
  if (word < 0x80000000U) return lower_normal_quantile(chance_below(word));
  return -lower_normal_quantile(chance_above(word));
}

/// Cornish and Fisher's expansion of the quantile; within 1 of the count for means above 60.
double good_start(double z, double mean) {
  const double root = std::sqrt(mean);
  const double k = mean + root * z + (z * z - 1.0) / 6.0 + (z - z * z * z) / (72.0 * root) - 0.5;
  return std::max(0.0, std::rint(k));
}

/// Smallest k with P(X <= k) >= u, for u below 1/2. Sums run away from the middle: all terms fall.
double search_lower_half(double u, double k, double mean) {
  const double inverse = 1.0 / mean;
  double mass = exp(log_mass(k, mean)), below = 0, term = mass;
  for (double j = k; term > 1e-17 * below; j -= 1.0) {
    below += term;
    term *= j * inverse;
  }
  while (below < u) {
    k += 1.0;
    mass *= mean / k;
    below += mass;
  }
  while (k > 0 && below - mass >= u) {
    below -= mass;
    mass *= k * inverse;
    k -= 1.0;
  }
  return k;
}

/// Smallest k with P(X > k) <= above, for a chance above of at most 1/2.
double search_upper_half(double above, double k, double mean) {
  double mass = exp(log_mass(k + 1.0, mean)), rest = 0, term = mass;  // mass at k + 1 throughout
  for (double j = k + 2.0; term > 1e-17 * rest; j += 1.0) {
    rest += term;
    term *= mean / j;
  }
  while (rest > above) {
    rest -= mass;
    k += 1.0;
    mass *= mean / (k + 1.0);
  }
  for (;;) {
    const double mass_here = mass * (k + 1.0) / mean;
    if (k <= 0 || rest + mass_here > above) return k;
    rest += mass_here;
    mass = mass_here;
    k -= 1.0;
  }
}

/// Coefficients in eta of Temme's expansion; the part that falls with 1/a^3 is below 1e-11 of a step here.
/// Source: Temme 1979, "The asymptotic expansion of the incomplete gamma functions"; DiDonato and Morris 1986.
constexpr std::array temme0{-0.33333333333333333,   0.083333333333333333,    -0.014814814814814815,
                            0.0011574074074074074,  0.0003527336860670194,   -0.00017875514403292181,
                            0.39192631785224378e-4, -0.21854485106799922e-5, -0.18540622107151600e-5,
                            0.8296711340953086e-6,  -0.17665952736826079e-6, 0.67078535434014986e-8,
                            0.10261809784240308e-7, -0.43820360184533532e-8, 0.91476995822367902e-9};
constexpr std::array temme1{-0.0018518518518518519,  -0.0034722222222222222, 0.0026455026455026455,
                            -0.00099022633744855967, 0.00020576131687242798, -0.40187757201646091e-6,
                            -0.18098550334489978e-4, 0.76491609160811101e-5, -0.16120900894563446e-5};
constexpr std::array temme2{0.0041335978835978836,  -0.0026813271604938272,  0.00077160493827160494,
                            0.20093878600823045e-5, -0.00010736653226365161, 0.52923448829120125e-4};

template <std::size_t N>
double series(const std::array<double, N>& coefficients, double x) {
  double sum = coefficients.back();
  for (std::size_t i = N - 1; i-- > 0;) sum = std::fma(sum, x, coefficients[i]);
  return sum;
}

/// x - log(1 + x) for -0.29 < x < 0.41, relatively exact also near 0 (the rest of `log`).
double log_deficit(double x) {
  const double s = x / (2.0 + x), z = s * s, half_square = 0.5 * x * x;
  double r = std::fma(0.1479560231148519, z, 0.15314087919116789);
  r = std::fma(r, z, 0.18183562733451383);
  r = std::fma(r, z, 0.22222198607215868);
  r = std::fma(r, z, 0.28571428742009386);
  r = std::fma(r, z, 0.39999999999416702);
  r = std::fma(r, z, 0.6666666666666734);
  return half_square - s * std::fma(z, r, half_square);
}

/// Whether P(X <= k) >= u where u is the normal chance below z and k is within a few steps of the count.
///
/// P(X <= k) = Q(a, mean) = normal chance above t + density(t) S / sqrt(a), with a = k + 1 and t = eta sqrt(a). Against
/// u = chance above -z, what remains is the integral of the density from -z to t, over the density at -z: a series in
/// d = t + z whose coefficients follow from f' = -(s - z) f. So nothing cancels, however far out u lies.
bool reaches(double k, double mean, double z) {
  const double a = k + 1.0, off = (mean - a) / a, deficit = 2.0 * log_deficit(off);
  const double eta = off < 0 ? -std::sqrt(deficit) : std::sqrt(deficit);
  const double d = std::fma(eta, std::sqrt(a), z);
  const double s = series(temme0, eta) + (series(temme1, eta) + series(temme2, eta) / a) / a;
  if (d > 0.25) return false;
  if (d < -0.25) return true;
  double before = 0, coefficient = 1, power = 1, density = 0, integral = 0;
  for (int n = 0; n < 24; ++n) {
    density += coefficient * power;
    power *= d;
    integral += coefficient * power * exact_reciprocals.of[n + 1];
    const double next = (z * coefficient - before) * exact_reciprocals.of[n + 1];
    before = coefficient;
    coefficient = next;
  }
  return density * s >= integral * std::sqrt(a);
}

double search_by_expansion(std::uint32_t word, double mean) {
  const double z = wide_normal_of(word);
  double k = good_start(z, mean);
  while (!reaches(k, mean, z)) k += 1.0;
  while (k > 0 && reaches(k - 1.0, mean, z)) k -= 1.0;
  return k;
}

std::int32_t search(std::uint32_t word, double mean) {
  if (mean > highest_tail_summed_mean)
    return static_cast<std::int32_t>(search_by_expansion(word, mean < highest_mean ? mean : highest_mean));
  const double start = good_start(wide_normal_of(word), mean);
  const double k = word < 0x80000000U ? search_lower_half(chance_below(word), start, mean)
                                      : search_upper_half(chance_above(word), start, mean);
  return static_cast<std::int32_t>(k);
}

/// What the vectors leave out.
__attribute__((noinline)) std::int32_t invert_in_double(std::uint32_t word, double mean) {
  if (!(mean > 0)) return 0;
  return static_cast<float>(mean) > highest_summed_mean ? search(word, mean)
                                                        : sum_up_tail(word, static_cast<float>(mean));
}

constexpr int vectors = 4;
static_assert(chunk_size % (vectors * lanes) == 0);

/// Vectors of one group; a lane that goes to double has u = 0 here, so it holds nobody up. No number becomes mean 0.
CLIENTELE_INLINE void sum_up(const std::uint32_t* words, const float* means, std::int32_t* counts) {
  Floats u[vectors], mean[vectors], mass[vectors], below[vectors];
  Ints count[vectors], left_out[vectors];
  Ints some = {};
  for (int v = 0; v < vectors; ++v) {
    const Ints word = as_ints(load_words(words + v * lanes) >> 1);
    const Floats given = load_floats(means + v * lanes);
    left_out[v] = (word > static_cast<std::int32_t>((tail_words >> 1) - 1)) | (given > highest_summed_mean);
    some |= left_out[v];
    u[v] = keep(~left_out[v], fused(to_floats(word), all_floats(0x1p-31F), all_floats(0x1p-32F)));
    mean[v] = minimum(maximum(given, Floats{}), all_floats(highest_summed_mean));
    mass[v] = below[v] = chance_of_none(mean[v]);
    count[v] = Ints{};
  }
  for (int k = 1; k <= max_steps; ++k) {
    Ints unfinished = {};
    for (int v = 0; v < vectors; ++v) {
      const Ints more = u[v] > below[v];
      unfinished |= more;
      count[v] -= more;
      mass[v] *= mean[v] * reciprocals.of[k];
      below[v] += mass[v];
    }
    if (!any(unfinished)) break;
  }
  for (int v = 0; v < vectors; ++v) store(counts + v * lanes, count[v]);
  if (!any(some)) [[likely]]
    return;
  for (int v = 0; v < vectors; ++v)
    for (std::uint32_t bits = bits_of(left_out[v]); bits != 0; bits &= bits - 1) {
      const int i = v * lanes + std::countr_zero(bits);
      counts[i] = invert_in_double(words[i], means[i]);
    }
}

}  // namespace

void poisson_invert(std::span<const std::uint32_t> words, std::span<const float> mean, std::span<std::int32_t> count) {
  expects(count.size() % chunk_size == 0 && words.size() == count.size() && mean.size() == count.size(),
          "Poisson counts come in whole multiples of 64");
  for (std::size_t i = 0; i < count.size(); i += lanes * vectors)
    sum_up(words.data() + i, mean.data() + i, count.data() + i);
}

std::int32_t poisson(std::uint32_t word, double mean) {
  if (!(mean > 0)) return 0;
  const float rounded = static_cast<float>(mean);
  if (word >= tail_words || rounded > highest_summed_mean) return invert_in_double(word, mean);
  return sum_up(std::fma(static_cast<float>(static_cast<std::int32_t>(word >> 1)), 0x1p-31F, 0x1p-32F), rounded);
}

}  // namespace clientele::sim
