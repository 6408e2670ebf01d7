// How sure is an average: means and paired differences with their t intervals, over what is independent.
#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "sim/study.hpp"

namespace clientele::output {

/// A mean and how far the true one may lie from it. Source: Student 1908; half width = t(n - 1) sd / sqrt(n).
struct Interval {
  double mean = 0;          ///< NaN where there is no value
  double half_width = 0;    ///< NaN where fewer than two independent values tell nothing of their spread
  std::size_t values = 0;   ///< independent values that it rests on
  std::string why_missing;  ///< in words, where half_width or mean is NaN; else empty

  double low() const { return mean - half_width; }
  double high() const { return mean + half_width; }
};

/// Of values that are independent of each other. Missing ones (NaN) are left out.
Interval interval_of(std::span<const double> independent, double confidence = 0.95);

/// Mean of `policy` minus `baseline`, replication by replication: both lived the same luck. A pair with a missing side
/// is left out. With People::paired, replications 2k and 2k + 1 share a population: they are averaged first (a last
/// one without a partner stands alone).
Interval paired_difference(std::span<const double> policy, std::span<const double> baseline, sim::People people,
                           double confidence = 0.95);

/// KPIs of every cell, as sim::StatisticsSink::values() keeps them.
using KpiValues = std::map<sim::Cell, std::vector<double>>;

/// The same for arms of a study: one draw: over replications as above; several: over the means of the draws.
Interval mean_of(const KpiValues& values, std::size_t kpi, const sim::Study& study, std::uint32_t scenario,
                 std::uint32_t policy, double confidence = 0.95);
Interval difference_to(const KpiValues& values, std::size_t kpi, const sim::Study& study, std::uint32_t scenario,
                       std::uint32_t policy, std::uint32_t baseline, double confidence = 0.95);

}  // namespace clientele::output
