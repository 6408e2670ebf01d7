// The Weibull law of delays and lifetimes.
#pragma once
#include <cmath>

#include <boost/math/special_functions/gamma.hpp>

namespace clientele::models {

struct WeibullLaw {
  double scale = 1, shape = 1;

  static WeibullLaw of_mean(double mean, double shape) { return {mean / boost::math::tgamma(1 + 1 / shape), shape}; }

  double mean() const { return scale * boost::math::tgamma(1 + 1 / shape); }
  double median() const { return scale * std::pow(std::log(2.0), 1 / shape); }
  /// Chance of more than t.
  double chance_later(double t) const { return std::exp(-std::pow(t / scale, shape)); }
  /// Of those who last until t, the share that ends within 1 more.
  double hazard(double t) const { return 1 - chance_later(t + 1) / chance_later(t); }
};

}  // namespace clientele::models
