// Counts signs by cluster; the more futures of a cluster agree, the fewer trials they are worth.
#include "output/statistics/chances.hpp"

#include <cmath>
#include <limits>

#include "output/statistics/shares.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

Chance chance_of(const std::vector<std::vector<double>>& clusters, sim::Direction direction, double confidence) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  Chance chance;
  const double sign = direction == sim::Direction::lower_is_better ? -1 : 1;
  std::vector<ClusterCount> counts;
  for (const auto& cluster : clusters) {
    ClusterCount& count = counts.emplace_back();
    for (const double value : cluster) {
      sim::expects(!std::isnan(value), "a chance is of values that are present");
      ++(value == 0 ? chance.equal : sign * value > 0 ? chance.better : chance.worse);
      count.holding += sign * value > 0 ? 1 : 0;
      count.all += 1;
    }
  }
  chance.independent = clusters.size();
  const auto futures = static_cast<double>(chance.better + chance.equal + chance.worse);
  chance.share = futures > 0 ? static_cast<double>(chance.better) / futures : missing;
  chance.low = chance.high = missing;
  if (clusters.size() < 2) {
    chance.why_missing = clusters.empty() ? "no value is there" : "only one independent value is there";
    return chance;
  }
  const Bounds bounds = exact_interval(chance.share, effective_trials(counts, chance.share, confidence), confidence);
  chance.low = bounds.low;
  chance.high = bounds.high;
  return chance;
}

}  // namespace clientele::output
