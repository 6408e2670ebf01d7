// Where one more future falls 9 times in 10.
#pragma once
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace clientele::tools {

/// The value of rank p (n + 1) of n sorted ones, between two of them on the line that joins them, and never beyond the
/// outermost.
inline double at_rank(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() + 1) - 1;
  if (place <= 0) return sorted.front();
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

struct RangeOfFutures {
  double mean = 0, low = 0, high = 0;
  bool holds(double actual) const { return low <= actual && actual <= high; }
};

/// The mean of some futures, one at least, and the range that one more falls into 9 times in 10.
inline RangeOfFutures range_of(std::vector<double> values) {
  RangeOfFutures range;
  range.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  std::ranges::sort(values);
  range.low = at_rank(values, 0.05);
  range.high = at_rank(values, 0.95);
  return range;
}

}  // namespace clientele::tools
