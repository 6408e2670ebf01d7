// What somebody says beside a study, after all that the study says.
#pragma once
#include <string>

namespace clientele::scenarios {

/// `--set payment.terms_days=45`. Entries of a list go by their names: policy.scorecard.tier.A.terms_days; shocks by
/// their drivers, or by their place where two have one: scenario.recession.shock.demand.times,
/// scenario.waves.shock.2.times.
struct Override {
  std::string option;  ///< as it was typed, for messages
  std::string path, value;
};

}  // namespace clientele::scenarios
