// Turns names that somebody typed into a question to a study; what it does not have gets the nearest name.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"

namespace clientele::tools {

/// What was typed; empty lists mean all.
struct Asked {
  std::optional<std::string> baseline, across;
  std::vector<std::string> policies, scenarios, kpis;
  std::optional<std::string> quantiles = {};
  bool over_time = false;
};

/// Throws UserError: usage for a name that is not there or a quantile outside of (0, 1), bad_data for a
/// cube that lacks what is needed.
output::Question question_of(const Asked& asked, const output::ComparisonInput& input);

}  // namespace clientele::tools
