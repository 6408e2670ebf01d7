// In how many futures a bound that a firm must keep is broken.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"
#include "output/statistics/shares.hpp"

namespace clientele::output {

/// A bound of a KPI, of one policy or of all.
struct Bound {
  std::string kpi;
  std::optional<double> at_most = {}, at_least = {};
  std::string policy = {};  ///< empty: of every policy

  bool is_broken_by(double value) const { return (at_most && value > *at_most) || (at_least && value < *at_least); }
};

/// How often an arm breaks it.
struct Broken {
  std::size_t scenario = 0, policy = 0;
  std::size_t broken = 0, futures = 0;  ///< of those in which the KPI is there
  Bounds share;                         ///< interval of the chance; NaN where fewer than two independent futures tell
};

struct KeptBound {
  Bound bound;
  KpiTexts words;
  std::vector<Broken> arms;  ///< those that a comparison shows, by scenario, then policy
};

/// Of bounds whose KPI the input knows; those of a policy that is not shown have no arms. The interval is Wilson's over
/// the effective number of trials (output/statistics/shares.hpp).
std::vector<KeptBound> kept_bounds(const ComparisonInput& input, const Question& question,
                                   const std::vector<Bound>& bounds);

}  // namespace clientele::output
