// How many months ahead anything is written in a study: rings need not be deeper.
#pragma once
#include <vector>

#include "sim/engine/program.hpp"

namespace clientele::sim {

/// By behavior, over all draws, groups, scenarios, months and tiers. The program's rings may have no columns yet.
std::vector<int> months_ahead_of(const Program& program);

}  // namespace clientele::sim
