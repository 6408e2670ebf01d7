// Customers move from one block to another of their group, so that a block whose customers have left is free again.
#pragma once
#include <cstddef>
#include <span>

#include "sim/engine/block.hpp"
#include "sim/engine/program.hpp"

namespace clientele::sim {

/// Where customers live together, between two phases: blocks of `block_size` with states of so many arms.
struct Packing {
  const Program& program;
  std::size_t block_size, arms;

  /// Nobody is to be born in this block any more, so that anybody's lane is as good as another's.
  static bool can_move(const Block& block) { return block.memory != nullptr && block.arms.empty(); }

  /// Empties the block that has fewest customers into the others of its group, if they have room, and returns it.
  Block* free_one(std::span<Block*> of_a_group) const;

 private:
  std::size_t room_in(const Block& block) const { return block_size - block.customers; }
  void move_last(Block& from, Block& into, std::size_t some) const;
};

}  // namespace clientele::sim
