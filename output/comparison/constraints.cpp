// Futures of an arm are counted by the pieces that are independent of each other.
#include "output/comparison/constraints.hpp"

#include <limits>

namespace clientele::output {

namespace {

Broken broken_in(const ComparisonInput& input, const std::vector<double>& values, std::size_t scenario,
                 std::size_t policy, const Bound& bound, double confidence) {
  Broken arm{scenario, policy, 0, 0, {}};
  std::vector<ClusterCount> clusters;
  for (const std::vector<double>& unit : by_unit(futures_of(input, values, scenario, policy))) {
    ClusterCount& cluster = clusters.emplace_back();
    for (const double value : unit) {
      const bool broken = bound.is_broken_by(value);
      arm.broken += broken ? 1 : 0;
      cluster.holding += broken ? 1 : 0;
      cluster.all += 1;
    }
    arm.futures += unit.size();
  }
  arm.share = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  if (clusters.size() < 2) return arm;
  const double share = static_cast<double>(arm.broken) / static_cast<double>(arm.futures);
  arm.share = wilson_interval(share, effective_trials(clusters, share, confidence), confidence);
  return arm;
}

}  // namespace

std::vector<KeptBound> kept_bounds(const ComparisonInput& input, const Question& question,
                                   const std::vector<Bound>& bounds) {
  std::vector<KeptBound> kept;
  for (const Bound& bound : bounds) {
    const KpiTexts* words = input.kpi(bound.kpi);
    if (words == nullptr) continue;
    KeptBound& one = kept.emplace_back(KeptBound{bound, *words, {}});
    const std::vector<double> values = input.values(bound.kpi);
    for (const std::size_t scenario : question.scenarios)
      for (const std::size_t policy : question.policies)
        if (bound.policy.empty() || bound.policy == input.policies[policy])
          one.arms.push_back(broken_in(input, values, scenario, policy, bound, question.confidence));
  }
  return kept;
}

}  // namespace clientele::output
