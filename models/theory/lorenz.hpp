// How much of all value the best customers hold, in closed form.
#pragma once
#include <boost/math/distributions/normal.hpp>

namespace clientele::models {

/// Share of the total that the top `share` of a lognormal population holds: Phi(Phi^-1(share) + sigma).
inline double top_share_of_lognormal(double share, double sigma) {
  const boost::math::normal standard;
  return boost::math::cdf(standard, boost::math::quantile(standard, share) + sigma);
}

}  // namespace clientele::models
