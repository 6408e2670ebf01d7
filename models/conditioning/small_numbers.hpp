// Logarithms and powers of what is near 1, in double, the same bits anywhere.
#pragma once
#include "sim/core/math_double.hpp"

namespace clientele::models {

/// log(1 + x) for x > -1, within a few units in the last place. Source: Kahan's quotient, which mends what 1 + x loses.
inline double log_of_one_plus(double x) {
  const double sum = 1.0 + x, kept = sum - 1.0;
  if (kept == 0.0) return x;
  return sum < 1e300 ? sim::log(sum) * (x / kept) : sim::log(x);
}

/// e^x - 1 within a few units in the last place.
inline double exp_less_one(double x) {
  if (x < -0.35 || x > 0.35) return sim::exp(x) - 1.0;
  double sum = 1.0;
  for (double n = 14.0; n >= 2.0; n -= 1.0) sum = std::fma(sum, x * (1.0 / n), 1.0);
  return x * sum;
}

/// u - log(1 + u) for u > -1: near 0 by the series of the logarithm in s = u / (2 + u), so that nothing cancels.
inline double excess_over_log(double u) {
  if (u < -0.4 || u > 0.6) return u - log_of_one_plus(u);
  const double s = u / (2.0 + u), z = s * s;
  double sum = 1.0 / 27.0;
  for (double odd = 25.0; odd >= 3.0; odd -= 2.0) sum = 1.0 / odd + z * sum;
  return s * (u - 2.0 * z * sum);
}

/// log Gamma(1 + a) for 0 < a <= 1.5 with a relative error below 1e-15 for small a too: by its series around 2.
/// Source: log Gamma(2 + e) = (1 - Euler's constant) e + sum over k >= 2 of (-1)^k (zeta(k) - 1) e^k / k.
inline double log_gamma_of_one_plus(double a) {
  constexpr int terms = 29;
  constexpr double zeta_less_one[terms] = {
      0.6449340668482264,     0.2020569031595943,     0.08232323371113819,   0.03692775514336993,
      0.01734306198444914,    0.008349277381922827,   0.00407735619794434,   0.0020083928260822143,
      0.0009945751278180853,  0.0004941886041194645,  0.0002460865533080483, 0.00012271334757848915,
      6.124813505870483e-05,  3.058823630702049e-05,  1.528225940865187e-05, 7.637197637899763e-06,
      3.81729326499984e-06,   1.908212716553939e-06,  9.539620338727962e-07, 4.769329867878064e-07,
      2.38450502727733e-07,   1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08,
      1.4901554828365043e-08, 7.45071178983543e-09,   3.725334024788457e-09, 1.862659723513049e-09,
      9.313274324196682e-10};
  const bool low = a < 0.5;
  const double e = low ? a : a - 1.0;
  double sum = 0;
  for (int k = terms - 1; k >= 0; --k) sum = zeta_less_one[k] / (k + 2) - e * sum;
  const double around_two = e * (0.42278433509846714 + e * sum);
  return low ? around_two - log_of_one_plus(a) : around_two;
}

}  // namespace clientele::models
