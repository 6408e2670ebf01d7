// Clusters become a number of trials, and trials an interval.
#include "output/statistics/shares.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

/// Fewer tell nothing of how far the futures of a cluster agree.
constexpr double least_of_rarer = 4.5;

double upper_normal(double confidence) {
  return boost::math::quantile(boost::math::complement(boost::math::normal(), (1 - confidence) / 2));
}

}  // namespace

double upper_student(double freedom, double confidence) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(freedom), (1 - confidence) / 2));
}

Bounds exact_interval(double share, double trials, double confidence) {
  sim::expects(trials > 0 && share >= 0 && share <= 1, "a share is out of trials");
  const double tail = (1 - confidence) / 2, holding = share * trials, others = trials - holding;
  using Beta = boost::math::beta_distribution<double>;
  const double low = share <= 0 ? 0 : boost::math::quantile(Beta(holding, others + 1), tail);
  const double high = share >= 1 ? 1 : boost::math::quantile(boost::math::complement(Beta(holding + 1, others), tail));
  return {low, high};
}

Bounds wilson_interval(double share, double trials, double confidence) {
  sim::expects(trials > 0 && share >= 0 && share <= 1, "a share is out of trials");
  const double z = upper_normal(confidence), squared = z * z / trials;
  const double middle = (share + squared / 2) / (1 + squared);
  const double half = z / (1 + squared) * std::sqrt(share * (1 - share) / trials + squared / (4 * trials));
  return {share <= 0 ? 0 : std::max(0.0, middle - half), share >= 1 ? 1 : std::min(1.0, middle + half)};
}

double effective_trials(const std::vector<ClusterCount>& clusters, double share, double confidence) {
  sim::expects(clusters.size() >= 2, "a spread between clusters needs two");
  const auto m = static_cast<double>(clusters.size());
  double all = 0, squares = 0;
  for (const ClusterCount& cluster : clusters) {
    all += cluster.all;
    squares += std::pow(cluster.holding - share * cluster.all, 2);
  }
  if (m == all) return all;
  const double rarer = std::min(share, 1 - share) * all;
  if (rarer < least_of_rarer) return m;
  const double variance = m / (m - 1) * squares / (all * all);
  if (variance <= 0) return all;
  const double few = upper_normal(confidence) / upper_student(m - 1, confidence);
  return std::clamp(share * (1 - share) / variance * few * few, 2.0, all);
}

}  // namespace clientele::output
