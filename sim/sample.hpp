// A sample as a law: the values that a column of a file has, each drawn with the same chance.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// All values of the sample itself and nothing between them, so that the law's mean, spread and quantiles are the
/// sample's own to the digit. They ascend, so that what is drawn rises with its word.
struct Sample {
  std::string file, column;   ///< as the study names them
  std::vector<float> values;  ///< ascending, at least one
  double mean = 0;
  double square = 0;  ///< mean of the squares
  /// Sums of log x and of its square over each value and those above it; values up to 0 have no part in them.
  std::vector<double> logs = {}, squares_of_logs = {};

  double variance() const { return square - mean * mean > 0 ? square - mean * mean : 0; }
  /// (sd / mean)^2; 0 where the mean is 0.
  double squared_variation() const { return mean != 0 ? variance() / (mean * mean) : 0; }
  /// The value below which a share of the sample lies, 0 <= share <= 1.
  float quantile(double share) const {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[place < values.size() ? place : values.size() - 1];
  }
  /// What values are multiplied by so that their mean is this: 1 at their own. A mean of 0 stays what it is.
  double factor_to(double wanted) const {
    const bool own = mean == 0 || static_cast<float>(wanted) == static_cast<float>(mean);
    return own ? 1 : wanted / mean;
  }
};

/// Mean and variance of log max(factor x, least) over a sample, for a least above 0.
struct MomentsOfLogs {
  double mean = 0, variance = 0;
};
CLIENTELE_API MomentsOfLogs moments_of_logs(const Sample& sample, double factor, double least);

/// `values` in any order, at least one, all finite.
CLIENTELE_API std::shared_ptr<const Sample> sample_of(std::string file, std::string column, std::vector<float> values);

/// "1,204 values of orders.csv, column value, with a mean of 2481 and 90 % from 120 to 9310": of fewer than 200 values
/// without that range, whose ends would be somebody's own.
CLIENTELE_API std::string sample_in_words(const Sample& sample);

/// Whether both draw the same, whatever their files are called. Two that are none are equal.
inline bool same_values(const std::shared_ptr<const Sample>& one, const std::shared_ptr<const Sample>& other) {
  if (one == other) return true;
  return one != nullptr && other != nullptr && one->values == other->values;
}

}  // namespace clientele::sim
