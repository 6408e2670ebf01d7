// What was counted in one arm, by future: sums over months, tiers and groups, and how sure their average is.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

/// Which part of a metric; what is not said is summed over. Months are those of the horizon.
struct Part {
  std::optional<std::size_t> month = {}, tier = {}, group = {};
};

class Counted {
 public:
  /// Nothing where the cube does not hold the metric.
  static std::optional<Counted> of(const Material& material, const std::string& metric, std::size_t scenario,
                                   std::size_t policy);

  std::size_t months() const { return months_; }
  std::size_t tiers() const { return tiers_; }

  /// [draw][replication]; NaN is missing.
  output::Futures sums(const Part& part = {}) const;
  /// Mean over futures and its interval.
  output::Interval average(const Part& part = {}) const;

 private:
  Counted() = default;
  std::size_t months_ = 0, places_ = 0, tiers_ = 0, groups_ = 0;
  double confidence_ = 0, share_of_ten_largest_ = 0;
  output::Futures futures_;          ///< without values
  std::vector<double> values_ = {};  ///< [future][place on the axis of months][tier][group]
};

/// Of futures whose values are those: their average and its interval, as an answer states it.
output::Interval average_of(const Material& material, const output::Futures& futures);

}  // namespace clientele::tools
