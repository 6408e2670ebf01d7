// The bounds of a study by names, read from its text alone: for who has the text and none of its files.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/override.hpp"
#include "sim/catalogue.hpp"

namespace clientele::scenarios {

struct NamedConstraint {
  std::string kpi;
  std::optional<double> at_most = {}, at_least = {};
  std::string policy = {};  ///< empty: of every policy
};

/// The [[constraint]] tables of a study's text with options of the command line laid over it. Other parts are not read.
/// Throws UserError with all mistakes in them.
std::vector<NamedConstraint> constraints_in(std::string_view text, const std::string& name,
                                            const std::vector<Override>& overrides, const sim::Catalogue& catalogue);

}  // namespace clientele::scenarios
