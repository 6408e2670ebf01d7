// Arithmetic in double for the few places that need it: own polynomials and explicit fma, the same bits anywhere.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>

#include "sim/core/vector.hpp"

namespace clientele::sim {
inline namespace CLIENTELE_LEVEL {

/// e^x within 1 unit in the last place for -708 <= x <= 709; 0 below, e^709 above and for no number.
CLIENTELE_INLINE double exp(double x) {
  if (x < -708.0) return 0;
  const double y = x < 709.0 ? x : 709.0;
  const double shifted = std::fma(y, 1.4426950408889634, 0x1.8p52), n = shifted - 0x1.8p52;
  const double r = std::fma(n, -2.3190468138462996e-17, std::fma(n, -0.69314718055994529, y));
  double q = std::fma(2.4977745753924659e-08, r, 2.7625177069324021e-07);
  q = std::fma(q, r, 2.7557642705154587e-06);
  q = std::fma(q, r, 2.4801508705046086e-05);
  q = std::fma(q, r, 0.00019841269464390164);
  q = std::fma(q, r, 0.0013888888926780172);
  q = std::fma(q, r, 0.0083333333335007375);
  q = std::fma(q, r, 0.041666666666603992);
  q = std::fma(q, r, 0.16666666666666433);
  q = std::fma(q, r, 0.5);
  const double rest = std::fma(r * r, q, r);
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(1.0 + rest) +
                               (std::bit_cast<std::uint64_t>(shifted) << 52));
}

/// Natural logarithm of a normal x > 0, within 1.5 units in the last place.
CLIENTELE_INLINE double log(double x) {
  constexpr std::int64_t root_half = 0x3fe6a09e667f3bcd;
  const std::int64_t e = std::bit_cast<std::int64_t>(x) - root_half;
  const double f = std::bit_cast<double>((e & 0x000fffffffffffff) + root_half) - 1.0;
  const double n = static_cast<double>(e >> 52);
  const double s = f / (2.0 + f), z = s * s, half_square = 0.5 * f * f;
  double r = std::fma(0.1479560231148519, z, 0.15314087919116789);
  r = std::fma(r, z, 0.18183562733451383);
  r = std::fma(r, z, 0.22222198607215868);
  r = std::fma(r, z, 0.28571428742009386);
  r = std::fma(r, z, 0.39999999999416702);
  r = std::fma(r, z, 0.6666666666666734);
  const double small = s * std::fma(z, r, half_square);  // log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + z r)
  return std::fma(n, 0.69314718055994529, f - (half_square - std::fma(n, 2.3190468138462996e-17, small)));
}

/// log Gamma(x) - [(x - 1/2) log x - x + log(2 pi) / 2], for x >= 10 (Stirling's series; its rest is below 1e-16).
CLIENTELE_INLINE double stirling_rest(double x) {
  const double inverse = 1.0 / x, z = inverse * inverse;
  double sum = std::fma(1.0 / 156.0, z, -691.0 / 360360.0);
  sum = std::fma(sum, z, 1.0 / 1188.0);
  sum = std::fma(sum, z, -1.0 / 1680.0);
  sum = std::fma(sum, z, 1.0 / 1260.0);
  sum = std::fma(sum, z, -1.0 / 360.0);
  return std::fma(sum, z, 1.0 / 12.0) * inverse;
}

/// log Gamma(x) for x > 0, within 1e-14 times max(1, its size).
inline double log_gamma(double x) {
  double product = 1, y = x;
  for (; y < 10.0; y += 1.0) product *= y;
  const double series = std::fma(y - 0.5, log(y) - 1.0, 0.41893853320467274) + stirling_rest(y);
  return product == 1.0 ? series : series - log(product);
}

/// The z below which a standard normal lies with chance p, for 0 < p <= 1/2 (so z <= 0), within 1e-15 relatively.
/// Source: Wichura 1988, AS 241 (PPND16).
inline double lower_normal_quantile(double p) {
  const double q = p - 0.5;
  if (q >= -0.425) {
    const double r = std::fma(-q, q, 0.180625);
    double above = std::fma(2509.0809287301226727, r, 33430.575583588128105);
    above = std::fma(above, r, 67265.770927008700853);
    above = std::fma(above, r, 45921.953931549871457);
    above = std::fma(above, r, 13731.693765509461125);
    above = std::fma(above, r, 1971.5909503065514427);
    above = std::fma(above, r, 133.14166789178437745);
    above = std::fma(above, r, 3.3871328727963666080);
    double below = std::fma(5226.4952788528545610, r, 28729.085735721942674);
    below = std::fma(below, r, 39307.895800092710610);
    below = std::fma(below, r, 21213.794301586595867);
    below = std::fma(below, r, 5394.1960214247511077);
    below = std::fma(below, r, 687.18700749205790830);
    below = std::fma(below, r, 42.313330701600911252);
    below = std::fma(below, r, 1.0);
    return q * above / below;
  }
  const double root = std::sqrt(-log(p));
  if (root <= 5.0) {
    const double r = root - 1.6;
    double above = std::fma(7.74545014278341407640e-4, r, 2.27238449892691845833e-2);
    above = std::fma(above, r, 2.41780725177450611770e-1);
    above = std::fma(above, r, 1.27045825245236838258);
    above = std::fma(above, r, 3.64784832476320460504);
    above = std::fma(above, r, 5.76949722146069140550);
    above = std::fma(above, r, 4.63033784615654529590);
    above = std::fma(above, r, 1.42343711074968357734);
    double below = std::fma(1.05075007164441684324e-9, r, 5.47593808499534494600e-4);
    below = std::fma(below, r, 1.51986665636164571966e-2);
    below = std::fma(below, r, 1.48103976427480074590e-1);
    below = std::fma(below, r, 6.89767334985100004550e-1);
    below = std::fma(below, r, 1.67638483018380384940);
    below = std::fma(below, r, 2.05319162663775882187);
    below = std::fma(below, r, 1.0);
    return -above / below;
  }
  const double r = root - 5.0;
  double above = std::fma(2.01033439929228813265e-7, r, 2.71155556874348757815e-5);
  above = std::fma(above, r, 1.24266094738807843860e-3);
  above = std::fma(above, r, 2.65321895265761230930e-2);
  above = std::fma(above, r, 2.96560571828504891230e-1);
  above = std::fma(above, r, 1.78482653991729133580);
  above = std::fma(above, r, 5.46378491116411436990);
  above = std::fma(above, r, 6.65790464350110377720);
  double below = std::fma(2.04426310338993978564e-15, r, 1.42151175831644588870e-7);
  below = std::fma(below, r, 1.84631831751005468180e-5);
  below = std::fma(below, r, 7.86869131145613259100e-4);
  below = std::fma(below, r, 1.48753612908506148525e-2);
  below = std::fma(below, r, 1.36929880922735805310e-1);
  below = std::fma(below, r, 5.99832206555887937690e-1);
  below = std::fma(below, r, 1.0);
  return -above / below;
}

/// Chance that a standard normal is below z, within 1e-14. Source: Hart 1968, algorithm 5666, as in West 2005.
inline double normal_below(double z) {
  const double x = z < 0 ? -z : z;
  double tail = 0;
  if (x < 7.07106781186547) {
    double above = std::fma(3.52624965998911e-02, x, 0.700383064443688);
    for (const double a : {6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376})
      above = std::fma(above, x, a);
    double below = std::fma(8.83883476483184e-02, x, 1.75566716318264);
    for (const double b :
         {16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752})
      below = std::fma(below, x, b);
    tail = exp(-0.5 * x * x) * above / below;
  } else if (x < 37) {
    double fraction = x + 0.65;
    for (const double k : {4.0, 3.0, 2.0, 1.0}) fraction = x + k / fraction;
    tail = exp(-0.5 * x * x) / (fraction * 2.506628274631);
  }
  return z > 0 ? 1 - tail : tail;
}

}  // namespace CLIENTELE_LEVEL
}  // namespace clientele::sim
