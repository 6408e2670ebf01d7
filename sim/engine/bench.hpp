// What a worker has for itself, and how it leads a block with all whom the block brings.
#pragma once
#include <algorithm>
#include <span>
#include <vector>

#include "sim/engine/life.hpp"
#include "sim/run.hpp"

namespace clientele::sim {

struct Bench {
  Bench(const Program& program, std::size_t block_size, std::size_t most_arms)
      : life(program, block_size, most_arms), tally(program.tally_shape(most_arms)) {}
  Life life;
  Tally tally;
  Voices voices;
  Memory memory;  ///< of the block that lives freely
};

inline void tell_progress(const RunOptions& options, std::int64_t customer_months) {
  if (options.progress && customer_months > 0) options.progress(static_cast<std::uint64_t>(customer_months));
}

/// Lives a block, then the customers whom it brought as blocks of their own, and so on. `room` gives a block for them,
/// `settle` gets each block that has lived, `later` those who are born after the last place.
template <class Room, class Settle, class Later>
void live_family(Bench& bench, Block& block, std::span<const Place> places, std::size_t block_size, Room room,
                 Settle settle, Later later) {
  bench.life.live(block, places, bench.tally);
  std::vector<Newcomer> children = bench.life.take_newcomers();
  settle(block);
  if (children.empty()) return;
  std::ranges::stable_sort(children, {}, &Newcomer::born);
  const auto first_later = std::ranges::upper_bound(children, places.back().month, {}, &Newcomer::born);
  later(block.group, std::span<const Newcomer>(first_later, children.end()));
  for (auto from = children.begin(); from < first_later;) {
    const auto to = from + std::min<std::ptrdiff_t>(first_later - from, static_cast<std::ptrdiff_t>(block_size));
    Block& child = room(block.group);
    bench.life.create(child, std::span<const Newcomer>(from, to));
    live_family(bench, child, places, block_size, room, settle, later);
    from = to;
  }
}

}  // namespace clientele::sim
