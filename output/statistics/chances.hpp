// How often a policy turns out better, and how sure that share is when lives come in clusters.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/metrics.hpp"

namespace clientele::output {

/// A share of differences that are better than none. Where a KPI has no better side, `better` counts the higher.
struct Chance {
  std::size_t better = 0, equal = 0, worse = 0;
  double share = 0;             ///< better over all; an equal one is not better. NaN where there is nothing
  double low = 0, high = 0;     ///< interval; NaN where fewer than two independent clusters tell nothing of chance
  std::size_t independent = 0;  ///< clusters that it rests on
  std::string why_missing;      ///< in words, where share or interval is NaN
};

struct Bounds {
  double low = 0, high = 0;
};
/// Score interval of a share out of `trials` independent ones. Source: Wilson 1927.
Bounds wilson(double share, double trials, double confidence);

/// The differences come in clusters (lives of a draw, of a population) that are independent of each other; inside they
/// may agree. The interval is Wilson's over the effective number of trials p (1 - p) / v, v from the clusters (ratio
/// estimator), times (z / t)^2 for clusters being few (Korn and Graubard 1998); at least two, at most all lives. A
/// share of 0 or 1 shows no spread: there every cluster counts as one trial. Clusters of one are plain trials.
Chance chance_of(const std::vector<std::vector<double>>& clusters, sim::Direction direction, double confidence);

}  // namespace clientele::output
