// Buying and silent leaving of a heterogeneous population in closed form: Pareto/NBD.
#pragma once
#include <cmath>
#include <limits>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace clientele::models {

/// Purchases at a rate ~ Gamma(r, alpha) until a lifetime that is exponential at a rate ~ Gamma(s, beta), s not 1. It
/// is what purchasing and churn do together where satisfaction, tenure and season are neutral: r = shape, alpha = shape
/// / mean rate, s = 1 / frailty variance, beta = s / base hazard. Source: Schmittlein, Morrison, Colombo 1987; Fader,
/// Hardie, note 009. The second term of the likelihood is integrated over the moment of leaving, so that no
/// hypergeometric function is needed. x purchases after the first, the last of them at t_x, seen until T.
struct ParetoNbd {
  double r = 1, alpha = 1, s = 2, beta = 1;

  /// Mean number of purchases until t.
  double expected(double t) const { return r * beta / (alpha * (s - 1)) * gone(beta, t); }

  double log_likelihood(double x, double last, double seen) const {
    return boost::math::lgamma(r + x) - boost::math::lgamma(r) + r * std::log(alpha) + s * std::log(beta) -
           (r + x) * std::log(alpha + seen) - s * std::log(beta + seen) +
           std::log1p(odds_of_having_left(x, last, seen));
  }

  double alive(double x, double last, double seen) const { return 1 / (1 + odds_of_having_left(x, last, seen)); }

  /// Mean number of purchases in the time t after T.
  double expected_later(double x, double last, double seen, double t) const {
    return (r + x) * (beta + seen) / ((alpha + seen) * (s - 1)) * gone(beta + seen, t) * alive(x, last, seen);
  }

  /// The same for good, discounted continuously at `rate`. Source: Fader, Hardie, Lee 2005 (DERT).
  double discounted_later(double x, double last, double seen, double rate) const {
    const auto there = [&](double t) { return std::exp(-rate * t - s * std::log1p(t / (beta + seen))); };
    return alive(x, last, seen) * (r + x) / (alpha + seen) *
           boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
               there, 0, std::numeric_limits<double>::infinity(), 15, 1e-11);
  }

 private:
  double gone(double since, double t) const { return 1 - std::pow(since / (since + t), s - 1); }

  /// Likelihood of having left between t_x and T over that of being there.
  double odds_of_having_left(double x, double last, double seen) const {
    const auto left_at = [&](double t) {
      return std::exp((r + x) * std::log((alpha + seen) / (alpha + t)) + s * std::log((beta + seen) / (beta + t))) /
             (beta + t);
    };
    if (seen <= last) return 0;
    return s * boost::math::quadrature::gauss_kronrod<double, 31>::integrate(left_at, last, seen, 15, 1e-12);
  }
};

}  // namespace clientele::models
