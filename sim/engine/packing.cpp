// A customer is a lane of columns; which block it is in changes no outcome.
#include "sim/engine/packing.hpp"

#include <algorithm>
#include <cstring>

namespace clientele::sim {

Block* Packing::free_one(std::span<Block*> of_a_group) const {
  std::ranges::stable_sort(of_a_group, {}, [](const Block* b) { return b->customers; });
  if (of_a_group.empty()) return nullptr;
  Block& from = *of_a_group.front();
  std::size_t room = 0;
  for (const Block* block : of_a_group.subspan(1)) room += room_in(*block);
  if (room < from.customers) return nullptr;
  for (Block* into : of_a_group.subspan(1)) {
    const std::size_t some = std::min(room_in(*into), from.customers);
    if (some > 0) move_last(from, *into, some);
  }
  return &from;
}

/// Nobody is in the lanes that fill the last register.
void Packing::move_last(Block& from, Block& into, std::size_t some) const {
  const Layout& layout = program.layout();
  const std::size_t columns = layout.traits + arms * layout.states, column = bytes_of_column(block_size);
  const std::size_t first = from.customers - some, upto = into.customers + some, width = rounded_up(upto);
  const std::size_t unused = width > into.width ? width - upto : 0;  // lanes that nobody has lived in
  for (std::size_t c = 0; c < columns; ++c) {
    std::byte* to = into.memory + c * column;
    std::memcpy(to + into.customers * 4, from.memory + c * column + first * 4, some * 4);
    if (unused > 0) std::memset(to + upto * 4, 0, unused * 4);
  }
  for (std::size_t a = 0; a < arms && unused > 0; ++a) {
    std::byte* standing = into.memory + (layout.traits + a * layout.states + program.core().standing.column) * column;
    std::memset(standing + upto * 4, 0xff, unused * 4);  // -1
  }
  into.last_birth = std::max(into.last_birth, from.last_birth);  // who is born this month is still to be counted
  into.customers = upto;
  into.width = std::max(width, into.width);
  from.customers = first;
}

}  // namespace clientele::sim
