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
  /// In place of path and value: the text of a study whose tables are laid over this one's. Of behaviors they count as
  /// options do, groups go by their names, the columns of its customers take the place of this one's, and of all else
  /// each key does.
  std::string study = {};
};

}  // namespace clientele::scenarios
