// What one policy alone brings: its mean, its quantiles with their intervals, and where one more future falls.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "output/statistics/averages.hpp"
#include "output/statistics/futures.hpp"
#include "output/statistics/prediction.hpp"

namespace clientele::output {

struct Quantile {
  double p = 0;
  double value = 0;          ///< NaN where too few futures are there
  double low = 0, high = 0;  ///< interval, whatever the law
  std::size_t independent = 0, needed = 0;
  std::string why_missing;
};

struct Levels {
  Interval mean;
  std::vector<Quantile> quantiles;
  Prediction prediction;
  std::size_t futures = 0, missing = 0;
};

/// How many independent futures a two-sided interval of the p-quantile with equal tails needs, so that its ends are
/// futures that were seen: p^n and (1 - p)^n are both below half of what may err (72 for 95 % at 95 %).
std::size_t futures_needed(double p, double confidence);

/// Of independent futures the ends are the order statistics whose ranks hold the quantile with equal tails (binomial;
/// Wilks 1941); of several futures a draw, the quantiles at both ends of an exact interval of the share below, over
/// the effective number of trials (Woodruff 1952; Korn and Graubard 1998). `probabilities` lie between 0 and 1.
Levels levels_of(const Futures& futures, const std::vector<double>& probabilities, double confidence,
                 double share_of_ten_largest);

}  // namespace clientele::output
