// Whether pilot worlds can show what a policy is to sort by.
#include <algorithm>

#include "scenarios/reader/reading.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"
#include "sim/gains.hpp"
#include "sim/roll_out.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

/// What a tier gets of a lever.
double level_of(const sim::Tier& tier, sim::FieldRef lever, const sim::Study& study) {
  for (const sim::Tier::Setting& own : tier.levers)
    if (own.field == lever) return own.value;
  return study.values[lever.table][lever.field].numbers.front();
}

bool grant_the_same(const sim::Tier& one, const sim::Tier& other, const sim::Study& study) {
  const auto grants = [&](const sim::Tier& tier) {
    return std::ranges::all_of(tier.levers, [&](const sim::Tier::Setting& own) {
      return level_of(one, own.field, study) == level_of(other, own.field, study);
    });
  };
  return grants(one) && grants(other);
}

}  // namespace

void check_gains(const Node& root, Reading& reading) {
  const sim::Study& study = reading.study;
  const auto nodes = tables_of(root, "policy", "", reading);
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const sim::Policy& policy = study.policies[p];
    if (!sim::lacks_gains(policy, reading.catalogue)) continue;
    const std::string label = "policy " + in_quotes(policy.name) + ": ";
    const Place& place = nodes.at(p)->find("segmentation")->place;
    if (p == study.baseline)
      reading.mistakes.add(place, label + std::string(sim::sorts_by_gains) +
                                      " cannot be the baseline (its pilot worlds begin with a warm-up that the "
                                      "baseline lives). Did you mean another baseline?");
    const auto tiers = sim::own_tiers(policy);
    if (grant_the_same(tiers.front(), tiers.back(), study))
      reading.mistakes.warn(place, label +
                                       "its first and its last tier get the same: pilot worlds show no gain, and "
                                       "chance sorts.");
  }
}

}  // namespace clientele::scenarios
