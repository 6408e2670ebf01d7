// Which weights of a scorecard would have foretold next year's margin best.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::models {

/// A column per number that was known of each customer (the more, the better), and the margin of the year after.
struct ScorecardHistory {
  std::vector<std::string> names;
  std::vector<std::vector<double>> numbers;  ///< [number][customer]
  std::vector<double> margin;
  /// Numbers are points of one scale, which a score adds up as they are: weights are of a point, not of a standard
  /// deviation.
  bool are_points = false;
};

struct WeightsFit {
  std::vector<Estimate> weights;  ///< of the standardized numbers (or of points), not negative, add up to 1
  double explained = 0;           ///< R^2
  std::string why_not;
  bool is_found() const { return why_not.empty(); }
};

/// Non-negative least squares (Lawson, Hanson 1974) of the margin on the numbers, each with mean 0 and variance 1;
/// weights are the coefficients over their sum. Intervals: 1,000 draws of the unconstrained coefficients from their
/// large-sample normal law, with the sandwich covariance (White 1980, so that large customers may vary more), each
/// projected in the same way; the 2.5 and 97.5 % quantiles; fixed seed. Needs ten customers for each number, and says
/// so where a number does not vary, two say the same, or none goes with the margin.
WeightsFit fit_scorecard_weights(const ScorecardHistory& history, std::uint32_t seed = 1);

/// min over x >= 0 of x' G x / 2 - c' x, G positive (row by row, n x n): Lawson and Hanson's active sets.
std::vector<double> non_negative_least_squares(const std::vector<double>& g, const std::vector<double>& c);

}  // namespace clientele::models
