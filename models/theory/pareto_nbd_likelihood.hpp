// The likelihood of Pareto/NBD in closed form and in logs, fast enough for a hundred thousand customers many times.
#pragma once
#include <cmath>

#include "models/theory/log_gamma.hpp"
#include "models/theory/pareto_nbd.hpp"

namespace clientele::models {

/// 2F1(1, b; c; z), 0 <= z < 1, c > b > 0 or 0 < b with c - 1 - b > -1: Gauss's continued fraction (Abramowitz, Stegun
/// 15.3, after Gauss 1813), evaluated by the modified Lentz method. All partial numerators are negative and fall to
/// -z/4, so that it converges at ((1 - sqrt(1 - z)) / (1 + sqrt(1 - z)))^k.
inline double gauss_of_one(double b, double c, double z) {
  if (z <= 0) return 1;
  constexpr double tiny = 1e-300;
  double f = 1, upper = 1, lower = 0;  // Lentz's C and D of 1 + d_1 z / (1 + d_2 z / ...)
  for (int n = 0; n < 20'000; ++n) {
    const double odd = -(b + n) * (c - 1 + n) / ((c - 1 + 2 * n) * (c + 2 * n)) * z;
    lower = 1 + odd * lower, upper = 1 + odd / upper;
    if (lower == 0) lower = tiny;
    if (upper == 0) upper = tiny;
    lower = 1 / lower;
    f *= upper * lower;
    const double m = n + 1;
    const double even = -m * (c - 1 - b + m) / ((c - 2 + 2 * m) * (c - 1 + 2 * m)) * z;
    lower = 1 + even * lower, upper = 1 + even / upper;
    if (lower == 0) lower = tiny;
    if (upper == 0) upper = tiny;
    lower = 1 / lower;
    const double change = upper * lower;
    f *= change;
    if (std::fabs(change - 1) < 1e-15) break;
  }
  return 1 / f;
}

/// Of Pareto/NBD, s / (r + s + x) times the hypergeometric function of Fader and Hardie's note 009 at time t, after
/// Euler's transformation, which leaves only positive terms: with z = |alpha - beta| / (max(alpha, beta) + t)
///   alpha >= beta: 2F1(1, r + x; r + s + x + 1; z);  alpha < beta: (1 - z) 2F1(1, s + 1; r + s + x + 1; z).
/// Odds of having left between t_x and T over being there are h(t_x) K(t_x) - K(T), where
///   h(t) = ((alpha + T) / (alpha + t))^(r + x) ((beta + T) / (beta + t))^s.
inline double leaving_kernel(const ParetoNbd& law, double x, double t) {
  const double c = law.r + law.s + x + 1;
  if (law.alpha >= law.beta)
    return law.s / (c - 1) * gauss_of_one(law.r + x, c, (law.alpha - law.beta) / (law.alpha + t));
  const double z = (law.beta - law.alpha) / (law.beta + t);
  return law.s / (c - 1) * (1 - z) * gauss_of_one(law.s + 1, c, z);
}

/// log(1 + odds of having left) from the log of h and both kernels; 1 / (1 + odds) is P(alive).
inline double log_of_alive_and_left(double log_h, double kernel_at_last, double kernel_at_end) {
  if (log_h > 600) return log_h + std::log(kernel_at_last);
  const double odds = std::exp(log_h) * kernel_at_last - kernel_at_end;
  return odds > 0 ? std::log1p(odds) : 0;
}

/// The same as ParetoNbd::log_likelihood, which integrates by quadrature. x orders after the first one, t_x, T.
inline double log_likelihood_of(const ParetoNbd& law, double x, double last, double seen) {
  const double log_alpha_seen = std::log(law.alpha + seen), log_beta_seen = std::log(law.beta + seen);
  const double log_h =
      (law.r + x) * (log_alpha_seen - std::log(law.alpha + last)) + law.s * (log_beta_seen - std::log(law.beta + last));
  return log_rising(law.r, x) + law.r * std::log(law.alpha) + law.s * std::log(law.beta) -
         (law.r + x) * log_alpha_seen - law.s * log_beta_seen +
         (seen > last ? log_of_alive_and_left(log_h, leaving_kernel(law, x, last), leaving_kernel(law, x, seen)) : 0);
}

/// P(alive at T) by the same closed form.
inline double alive_of(const ParetoNbd& law, double x, double last, double seen) {
  if (seen <= last) return 1;
  const double log_h = (law.r + x) * std::log((law.alpha + seen) / (law.alpha + last)) +
                       law.s * std::log((law.beta + seen) / (law.beta + last));
  return std::exp(-log_of_alive_and_left(log_h, leaving_kernel(law, x, last), leaving_kernel(law, x, seen)));
}

}  // namespace clientele::models
