// How much of all value the best customers hold, in closed form.
#pragma once
#include <cmath>

#include <boost/math/distributions/normal.hpp>

namespace clientele::models {

/// Share of the total that the top `share` of a lognormal population holds: Phi(Phi^-1(share) + sigma).
inline double top_share_of_lognormal(double share, double sigma) {
  const boost::math::normal standard;
  return boost::math::cdf(standard, boost::math::quantile(standard, share) + sigma);
}

/// The same of a Pareto population of shape above 1, and the shape at which `share` of them hold `of_total`.
inline double top_share_of_pareto(double share, double shape) { return std::pow(share, 1 - 1 / shape); }
inline double pareto_shape(double share, double of_total) {
  return std::log(share) / (std::log(share) - std::log(of_total));
}

/// Customers' profits, normal: what the profitable ones earn over what all do (the peak of the whale curve).
struct WhaleOfNormal {
  double mean = 1, sd = 1;

  double profitable() const { return boost::math::cdf(boost::math::normal(), mean / sd); }
  double peak() const {
    const double density = boost::math::pdf(boost::math::normal(), mean / sd);
    return (mean * profitable() + sd * density) / mean;
  }
};

}  // namespace clientele::models
