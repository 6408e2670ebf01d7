// One piece of memory serves all blocks, one after the other: who has lived is not asked again.
#include "sim/engine/run_freely.hpp"

namespace clientele::sim {

void run_freely(const Starts& starts, std::span<const Start> together, std::span<const Moment> moments,
                std::size_t block_bytes, Workspace& workspace, const std::stop_token& stop) {
  if (workspace.memory.size() < block_bytes) workspace.memory = Memory(block_bytes);
  Brought brought;
  std::vector<Start> next;
  for (; !together.empty(); together = next) {
    for (const Start& start : together) {
      if (stop.stop_requested()) return;
      Block block;
      block.memory = workspace.memory.data();
      starts.create(workspace.life, block, start);
      workspace.life.simulate(block, moments, workspace.tally);
      brought.add(start.group, workspace.life.take_newcomers());
    }
    next = starts.of(brought, moments.back().month);
  }
}

}  // namespace clientele::sim
