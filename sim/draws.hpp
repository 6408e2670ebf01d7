// What one draw sets: the uncertain numbers, and those of groups that follow them.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

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

}  // namespace clientele::sim
