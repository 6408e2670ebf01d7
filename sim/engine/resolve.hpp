// What holds in one draw: a parameter struct per (group, behavior) and what each tier of each policy gets.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/engine/program.hpp"

namespace clientele::sim {

struct Resolved {
  using Structs = std::vector<ParameterStruct>;  ///< by behavior
  std::vector<Structs> parameters;               ///< by group
  std::vector<float> settings;                   ///< where no policy sets them
  std::vector<std::vector<double>> changes;      ///< [policy][its nth setting]
  std::vector<float> drivers;                    ///< as Program::drivers_of; empty where no draw moves them
  /// [policy][group][lever] -> four bytes per tier.
  std::vector<std::vector<std::vector<std::vector<std::uint32_t>>>> levers;
};

Resolved resolve(const Program& program, std::uint32_t draw);

/// Every number that a field has in a study, for Wiring::is_used.
Wiring::EachNumber each_number_of(const Study& study, const Catalogue& catalogue);

/// What a policy sets in a month, in the order of Layout::settings. Until it reaches somebody, it is the baseline.
std::vector<float> settings_of(const Program& program, const Resolved& resolved, std::uint32_t policy, int month);

}  // namespace clientele::sim
