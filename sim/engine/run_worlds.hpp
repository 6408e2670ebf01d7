// Runs worlds: freely, each block through all its months, or in step, all blocks from meeting to meeting.
#pragma once
#include <stop_token>

#include "sim/engine/world_queue.hpp"
#include "sim/parallel/team.hpp"

namespace clientele::sim {

/// Runs what is this process's share of all lineups. Returns false when stopped; what is delivered is whole in any
/// case.
bool run_worlds(const Program& program, std::vector<CellsTogether> lineups, const RunOptions& options, Team& team,
                std::stop_token stop, Delivery& delivery, RunReport& report);

}  // namespace clientele::sim
