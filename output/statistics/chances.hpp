// How often a policy turns out better, and how sure that share is.
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

/// The differences come in clusters (futures of a draw, of a population) that are independent of each other; inside
/// they may agree. The interval is exact over the effective number of trials (output/statistics/shares.hpp).
Chance chance_of(const std::vector<std::vector<double>>& clusters, sim::Direction direction, double confidence);

}  // namespace clientele::output
