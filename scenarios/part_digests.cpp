// The canonical text of a study, cut where its parts meet.
#include "scenarios/part_digests.hpp"

#include "scenarios/reader/canonical.hpp"

namespace clientele::scenarios {

PartDigests part_digests_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  PartDigests digests{digest_of(text_of_world(study, catalogue)), {}, {}};
  for (const sim::Scenario& scenario : study.scenarios)
    digests.scenarios.push_back(digest_of(text_of(scenario, catalogue)));
  for (const sim::Policy& policy : study.policies)
    digests.policies.push_back(digest_of(text_of(policy, study, catalogue)));
  return digests;
}

}  // namespace clientele::scenarios
