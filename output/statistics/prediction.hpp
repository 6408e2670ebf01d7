// Where one more future falls nine times in ten: the range of single futures, over whatever differs between them.
#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "output/statistics/futures.hpp"

namespace clientele::output {

/// It does not shrink as more are simulated, unlike the interval of an average.
struct Prediction {
  double low = 0, middle = 0, high = 0;  ///< at 5, 50 and 95 %; NaN where too few futures are there
  std::size_t futures = 0, independent = 0;
  std::string why_missing;
};

/// Below this one more future would fall beyond all that were seen more than once in ten: 2 / (n + 1) <= 0.1.
inline constexpr std::size_t least_futures_of_a_range = 19;

/// The p-quantile of ascending values: linear between order statistics k at p = (k - 1/3) / (n + 1/3), held at the
/// ends. About median-unbiased whatever the law. Source: Hyndman and Fan 1996, definition 8.
double quantile(std::span<const double> ascending, double p);

/// The order statistic at p (n + 1), linear between two, held at the ends: of n + 1 futures that are independent the
/// last is as likely in any place, so that one more falls below it with chance p. Source: Wilks 1941.
double prediction_bound(std::span<const double> ascending, double p);

/// Over all present futures, every one counted once. Refused below 19 independent ones.
Prediction prediction_of(const Futures& futures);

}  // namespace clientele::output
