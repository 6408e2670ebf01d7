// Counts signs by cluster; the more lives of a cluster agree, the fewer trials they are worth.
#include "output/statistics/chances.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double upper_normal(double confidence) {
  return boost::math::quantile(boost::math::complement(boost::math::normal(), (1 - confidence) / 2));
}

double upper_student(double freedom, double confidence) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(freedom), (1 - confidence) / 2));
}

/// Better ones and all of one cluster.
struct Count {
  double better = 0, all = 0;
};

double effective_trials(const std::vector<Count>& clusters, double share, double lives, double confidence) {
  const auto m = static_cast<double>(clusters.size());
  if (m == lives) return lives;
  if (share <= 0 || share >= 1) return m;
  double squares = 0;
  for (const Count& cluster : clusters) squares += std::pow(cluster.better - share * cluster.all, 2);
  const double variance = m / (m - 1) * squares / (lives * lives);
  if (variance <= 0) return lives;
  const double few = upper_normal(confidence) / upper_student(m - 1, confidence);
  return std::clamp(share * (1 - share) / variance * few * few, 2.0, lives);
}

}  // namespace

Bounds wilson(double share, double trials, double confidence) {
  sim::expects(trials > 0 && share >= 0 && share <= 1, "a share is out of trials");
  const double z = upper_normal(confidence), zz = z * z / trials;
  const double middle = (share + zz / 2) / (1 + zz);
  const double half = z / (1 + zz) * std::sqrt(share * (1 - share) / trials + zz / (4 * trials));
  return {share <= 0 ? 0 : middle - half, share >= 1 ? 1 : middle + half};
}

Chance chance_of(const std::vector<std::vector<double>>& clusters, sim::Direction direction, double confidence) {
  Chance chance;
  const double sign = direction == sim::Direction::lower_is_better ? -1 : 1;
  std::vector<Count> counts;
  for (const auto& cluster : clusters) {
    Count& count = counts.emplace_back();
    for (const double value : cluster) {
      sim::expects(!std::isnan(value), "a chance is of values that are present");
      ++(value == 0 ? chance.equal : sign * value > 0 ? chance.better : chance.worse);
      count.better += sign * value > 0 ? 1 : 0;
      count.all += 1;
    }
  }
  chance.independent = clusters.size();
  const auto lives = static_cast<double>(chance.better + chance.equal + chance.worse);
  chance.share = lives > 0 ? static_cast<double>(chance.better) / lives : missing;
  chance.low = chance.high = missing;
  if (clusters.size() < 2) {
    chance.why_missing = clusters.empty() ? "no value is there" : "only one independent value is there";
    return chance;
  }
  const Bounds bounds = wilson(chance.share, effective_trials(counts, chance.share, lives, confidence), confidence);
  chance.low = bounds.low;
  chance.high = bounds.high;
  return chance;
}

}  // namespace clientele::output
