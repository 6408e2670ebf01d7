// Sorts the lives and reads three quantiles off.
#include "output/statistics/range.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/check.hpp"

namespace clientele::output {

double quantile(std::span<const double> ascending, double p) {
  sim::expects(!ascending.empty() && p >= 0 && p <= 1, "a quantile is of values, between 0 and 1");
  const auto n = static_cast<double>(ascending.size());
  const double place = std::clamp(p * (n + 1.0 / 3) + 1.0 / 3, 1.0, n);  // counted from 1
  const auto below = static_cast<std::size_t>(place) - 1;
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  const double rest = place - std::floor(place);
  return ascending[below] + rest * (ascending[above] - ascending[below]);
}

Range range_of(const Lives& lives) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> values = present(lives);
  std::sort(values.begin(), values.end());
  if (values.size() < least_lives_of_a_range)
    return {missing, missing, missing, values.size(),
            "the range needs " + std::to_string(least_lives_of_a_range) + " lives or more (here " +
                (values.size() == 1 ? "is 1" : "are " + std::to_string(values.size())) + ")"};
  return {quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95), values.size(), ""};
}

}  // namespace clientele::output
