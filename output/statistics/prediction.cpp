// Sorts the futures and reads three places off.
#include "output/statistics/prediction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

/// Linear between order statistics; `place` is counted from 1.
double at_place(std::span<const double> ascending, double place) {
  const double held = std::clamp(place, 1.0, static_cast<double>(ascending.size()));
  const auto below = static_cast<std::size_t>(held) - 1;
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] + (held - std::floor(held)) * (ascending[above] - ascending[below]);
}

void expect_quantile(std::span<const double> ascending, double p) {
  sim::expects(!ascending.empty() && p >= 0 && p <= 1, "a quantile is of values, between 0 and 1");
}

}  // namespace

double quantile(std::span<const double> ascending, double p) {
  expect_quantile(ascending, p);
  return at_place(ascending, p * (static_cast<double>(ascending.size()) + 1.0 / 3) + 1.0 / 3);
}

double prediction_bound(std::span<const double> ascending, double p) {
  expect_quantile(ascending, p);
  return at_place(ascending, p * (static_cast<double>(ascending.size()) + 1));
}

Prediction prediction_of(const Futures& futures) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> values = present(futures);
  std::sort(values.begin(), values.end());
  const std::size_t independent = by_unit(futures).size();
  if (independent < least_futures_of_a_range)
    return {missing,
            missing,
            missing,
            values.size(),
            independent,
            "the range of nine futures in ten needs " + std::to_string(least_futures_of_a_range) +
                " independent futures, here " + (independent == 1 ? "is " : "are ") + count_of(futures, independent)};
  return {prediction_bound(values, 0.05),
          prediction_bound(values, 0.5),
          prediction_bound(values, 0.95),
          values.size(),
          independent,
          ""};
}

}  // namespace clientele::output
