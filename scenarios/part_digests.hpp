// Digests of a study's parts: what a cell was made from, so that an edit is known to change these cells and no others.
#pragma once
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

/// 32 hex digits each. A scenario or policy counts with its name and content, wherever it stands.
struct PartDigests {
  std::string world;  ///< what all cells share: seed, horizon, population, values of fields, the policy of a warm-up
  std::vector<std::string> scenarios, policies;
};

PartDigests part_digests_of(const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::scenarios
