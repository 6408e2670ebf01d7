// A step holds from its month on; where two speak of a group, the larger share counts, so that nobody is given back.
#include "sim/roll_out.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace clientele::sim {

double reached_share(const Policy& policy, std::uint32_t group, int month) {
  if (!rolls_out(policy)) return 1;
  double share = 0;
  for (const RollOut& step : policy.rollout)
    if (step.month <= month && step.group.value_or(group) == group) share = std::max(share, step.share);
  return share;
}

bool is_step_of_roll_out(const Policy& policy, int month) {
  return std::ranges::any_of(policy.rollout, [&](const RollOut& step) { return step.month == month; });
}

bool reaches_somebody(const Policy& policy, int month) {
  return !rolls_out(policy) || std::ranges::any_of(policy.rollout, [&](const RollOut& s) { return s.month <= month; });
}

void add_tiers_before(Study& study) {
  const std::vector<Tier> baseline = study.policies[study.baseline].tiers;
  expects(!rolls_out(study.policies[study.baseline]), "the baseline does not roll out");
  for (Policy& policy : study.policies) {
    if (!rolls_out(policy)) continue;
    expects(policy.before == 0, "the baseline's tiers are put behind a policy's own once");
    policy.before = baseline.size();
    for (Tier tier : baseline) {
      tier.name = "before: " + tier.name;
      tier.share = tier.from = std::nullopt;
      tier.when = std::nullopt;
      policy.tiers.push_back(std::move(tier));
    }
  }
}

}  // namespace clientele::sim
