// Where nobody meets, a block goes through all its months while it is in cache, and then the customers whom it brought.
#pragma once
#include <span>
#include <stop_token>

#include "sim/engine/starts.hpp"
#include "sim/engine/workspace.hpp"

namespace clientele::sim {

/// Adds to the workspace's tally; the workspace has entered the lineup. Those whom these blocks brought live in blocks
/// that they share, and so do those whom they brought, and so on. After a stop the tally means nothing.
void run_freely(const Starts& starts, std::span<const Start> together, std::span<const Moment> moments,
                std::size_t block_bytes, Workspace& workspace, const std::stop_token& stop);

}  // namespace clientele::sim
