// Work that several processes share goes by number: whoever looks knows whose a unit is, without asking.
#pragma once
#include <cstdint>

#include "sim/cells.hpp"

namespace clientele::sim {

/// A part of the work: every `of`-th unit, from `number` on. A unit is a lineup, some arms of a world that are
/// simulated together, or a portion of one: that of a lineup with number n and its portion p have number n + p.
struct Share {
  /// Numbers are those of the whole study, so that processes agree that see different lists of what is missing; or
  /// places in the list that is given, where all have the same.
  enum class Numbers { of_study, of_list };
  std::uint64_t number = 0, of = 1;
  Numbers numbers = Numbers::of_study;

  bool has(std::uint64_t unit) const { return unit % of == number; }
};

/// The number in its study of the lineup that a cell is simulated in: world by world, replication outermost.
inline std::uint64_t number_of_lineup(const CellAxes& axes, const Cell& cell, std::size_t arms_together) {
  const std::uint64_t lineups = (axes.arms() + arms_together - 1) / arms_together;
  const std::uint64_t world = std::uint64_t{cell.replication} * axes.draws + cell.draw;
  const std::size_t policy = axes.together_with.empty() ? cell.policy : axes.together_with[cell.policy];
  return world * lineups + axes.number_of_arm(cell.scenario, policy) / arms_together;
}

}  // namespace clientele::sim
