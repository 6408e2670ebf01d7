// Which futures of a cube are simulated again: by the cube's own fingerprint, so that anybody gets the same ones.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/cells.hpp"

namespace clientele::tools {

/// "1%" or "0.5 %" of the futures, or a number of them: how many that is, one at least and all at most. Throws
/// UserError (usage) for anything else.
std::size_t futures_in(const std::string& asked, std::size_t of_all);

/// The cells of so many futures (draw, replication), under every scenario and policy: those futures whose hash with the
/// fingerprint is least.
std::vector<sim::Cell> sampled_cells(const sim::CellAxes& axes, const std::string& fingerprint, std::size_t futures);

}  // namespace clientele::tools
