// What one firm may live: the middle part of all lives, over whatever differs between them.
#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "output/statistics/lives.hpp"

namespace clientele::output {

/// Quantiles of single lives. It does not shrink as more are lived, unlike the interval of an average.
struct Range {
  double low = 0, middle = 0, high = 0;  ///< at 5, 50 and 95 %; NaN where too few lives are there
  std::size_t lives = 0;
  std::string why_missing;
};

/// Below this the 5 % quantile would lie beyond the least life that was seen.
inline constexpr std::size_t least_lives_of_a_range = 13;

/// The p-quantile of ascending values: linear between order statistics k at p = (k - 1/3) / (n + 1/3), held at the
/// ends. About median-unbiased whatever the law. Source: Hyndman and Fan 1996, definition 8.
double quantile(std::span<const double> ascending, double p);

/// Over all present lives; every life counts once.
Range range_of(const Lives& lives);

}  // namespace clientele::output
