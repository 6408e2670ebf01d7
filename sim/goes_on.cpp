// What a tier gets is left out of account.
#include "sim/goes_on.hpp"

#include <algorithm>

#include "sim/roll_out.hpp"

namespace clientele::sim {

namespace {

bool takes_the_same(const Tier& one, const Tier& other) {
  return one.share == other.share && one.from == other.from && one.when == other.when;
}

bool enters_nobody(const Policy& policy) { return !rolls_out(policy) && policy.held != Held::at_random; }

}  // namespace

bool goes_on(const Study& study, const Policy& policy) {
  const Policy& baseline = study.policies[study.baseline];
  return enters_nobody(policy) && policy.segmentation == baseline.segmentation && policy.values == baseline.values &&
         std::ranges::equal(own_tiers(policy), own_tiers(baseline), takes_the_same) && policy.entry == baseline.entry &&
         policy.validity == baseline.validity && policy.kept_by_hand == baseline.kept_by_hand &&
         policy.gains == baseline.gains;
}

bool has_tiers_of_baseline(const Study& study, const Policy& policy) {
  const Policy& baseline = study.policies[study.baseline];
  return policy.segmentation == baseline.segmentation && own_tiers(policy).size() == own_tiers(baseline).size();
}

bool program_goes_on(const Study& study, const Policy& policy) {
  return enters_nobody(policy) && has_tiers_of_baseline(study, policy);
}

}  // namespace clientele::sim
