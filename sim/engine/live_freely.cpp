// One piece of memory serves all blocks, one after the other: who has lived is not asked again.
#include "sim/engine/live_freely.hpp"

namespace clientele::sim {

void live_freely(const Starts& starts, std::span<const Start> together, std::span<const Place> places,
                 std::size_t block_bytes, Bench& bench, const std::stop_token& stop) {
  if (bench.memory.size() < block_bytes) bench.memory = Memory(block_bytes);
  Brought brought;
  std::vector<Start> next;
  for (; !together.empty(); together = next) {
    for (const Start& start : together) {
      if (stop.stop_requested()) return;
      Block block;
      block.memory = bench.memory.data();
      starts.create(bench.life, block, start);
      bench.life.live(block, places, bench.tally);
      brought.add(start.group, bench.life.take_newcomers());
    }
    next = starts.of(brought, places.back().month);
  }
}

}  // namespace clientele::sim
