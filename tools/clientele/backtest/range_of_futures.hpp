// Where one more future falls 9 times in 10.
#pragma once
#include <algorithm>
#include <numeric>
#include <vector>

#include "output/statistics/prediction.hpp"

namespace clientele::tools {

struct RangeOfFutures {
  double mean = 0, low = 0, high = 0;
  bool holds(double actual) const { return low <= actual && actual <= high; }
};

/// The mean of some futures, one at least, and the range that one more falls into 9 times in 10. Unlike
/// output::prediction_of it refuses none: of fewer than least_futures_of_a_range the range is that of those seen, which
/// is too narrow.
inline RangeOfFutures range_of(std::vector<double> values) {
  RangeOfFutures range;
  range.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  std::ranges::sort(values);
  range.low = output::prediction_bound(values, 0.05);
  range.high = output::prediction_bound(values, 0.95);
  return range;
}

}  // namespace clientele::tools
