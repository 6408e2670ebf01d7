// What holds in one draw: a parameter struct per (group, behavior) and what each tier of each policy gets.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/program.hpp"

namespace clientele::sim {

struct Resolved {
  using Structs = std::vector<ParameterStruct>;  ///< by behavior
  std::vector<Structs> parameters;               ///< by group
  std::vector<float> settings;                   ///< where no policy sets them
  /// [policy][group][lever] -> four bytes per tier.
  std::vector<std::vector<std::vector<std::vector<std::uint32_t>>>> levers;
};

/// The values of the uncertain numbers in a draw, in the order of Study::uncertain; draw d is the same however many
/// there are. Without draws, the stated values hold and this is empty.
CLIENTELE_API std::vector<double> drawn_values(const Study& study, std::uint32_t draw);

/// A group's number that follows a draw of everybody's: by the same ratio; by the same difference where either of the
/// stated two is 0 or their signs differ.
struct Follower {
  std::uint32_t number = 0, family = 0;  ///< of the group's value
  double stated = 0, own = 0;            ///< everybody's number and the group's, equal where it has none of its own

  bool by_ratio() const { return (stated > 0 && own > 0) || (stated < 0 && own < 0); }
  double value(double drawn) const { return by_ratio() ? drawn * (own / stated) : own + (drawn - stated); }
  /// The draw that leads to a value of the group's.
  double draw_for(double value) const { return by_ratio() ? value * (stated / own) : value - own + stated; }
};

/// Nothing where the group has a law of its own without a number that is called so.
CLIENTELE_API std::optional<Follower> place_that_follows(const Study& study, const Catalogue& catalogue,
                                                         const Uncertain& uncertain, std::uint32_t group);

Resolved resolve(const Program& program, std::uint32_t draw);

/// Every number that a field has in a study, for Wiring::is_used.
Wiring::EachNumber each_number_of(const Study& study, const Catalogue& catalogue);

/// What a policy sets in a month, in the order of Layout::settings. Until it reaches somebody, it is the baseline.
std::vector<float> settings_of(const Program& program, std::span<const float> standard, std::uint32_t policy,
                               int month);

}  // namespace clientele::sim
