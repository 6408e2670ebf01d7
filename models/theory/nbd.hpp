// Orders of a heterogeneous population in closed form: the negative binomial law (Ehrenberg 1959).
#pragma once
#include <cmath>

#include <boost/math/special_functions/gamma.hpp>

namespace clientele::models {

/// Counts over `months` of Poisson buyers whose monthly rates are Gamma(shape, mean).
struct NegativeBinomial {
  double shape = 1, mean_rate = 1, months = 1;

  double mean() const { return mean_rate * months; }
  double variance() const { return mean() * (1 + mean() / shape); }
  /// P(X = x) = G(r + x) / (G(r) x!) (a / (a + t))^r (t / (a + t))^x, a = shape / mean rate.
  double chance_of(int x) const {
    const double a = shape / mean_rate, never = a / (a + months);
    const double log_ways = boost::math::lgamma(shape + x) - boost::math::lgamma(shape) - boost::math::lgamma(x + 1.0);
    return std::exp(log_ways + shape * std::log(never) + x * std::log1p(-never));
  }
};

}  // namespace clientele::models
