// What holds in one draw: a parameter struct per (group, behavior) and what each tier of each policy gets.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/engine/program.hpp"

namespace clientele::sim {

struct Resolved {
  using Structs = std::vector<std::shared_ptr<const void>>;  ///< by behavior
  std::vector<Structs> parameters;                           ///< by group
  /// [policy][group][lever] -> four bytes per tier.
  std::vector<std::vector<std::vector<std::vector<std::uint32_t>>>> levers;
};

/// The values of the uncertain numbers in a draw, in the order of Study::uncertain; draw d is the same however many
/// there are. Without draws, the stated values hold and this is empty.
CLIENTELE_API std::vector<double> drawn_values(const Study& study, std::uint32_t draw);

Resolved resolve(const Program& program, std::uint32_t draw);

}  // namespace clientele::sim
