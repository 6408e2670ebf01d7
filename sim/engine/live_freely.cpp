// One piece of memory serves a whole family: who has lived is not asked again.
#include "sim/engine/live_freely.hpp"

#include <deque>

namespace clientele::sim {

void live_freely(const Starts& starts, const Start& start, std::span<const Place> places, std::size_t block_bytes,
                 Bench& bench) {
  if (bench.memory.size() < block_bytes) bench.memory = Memory(block_bytes);
  std::deque<Block> blocks;
  const auto room = [&](std::uint32_t group) -> Block& {
    Block& block = blocks.emplace_back();
    block.memory = bench.memory.data();
    block.group = group;
    return block;
  };
  Block& first = room(start.group);
  starts.create(bench.life, first, start);
  live_family(
      bench, first, places, starts.block_size(), room, [](Block&) {}, [](std::uint32_t, std::span<const Newcomer>) {});
}

}  // namespace clientele::sim
