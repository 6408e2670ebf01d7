// What one draw sets: the uncertain numbers, those of groups that follow them, and what policies and scenarios state.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
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

/// What a draw makes of the number with which a tier sets a lever. A tier that another policy was given (before a
/// roll-out, or by a twin) goes along with the one that it is a copy of.
CLIENTELE_API double level_in_draw(const Study& study, std::span<const double> drawn, std::uint32_t policy,
                                   std::size_t tier, const Tier::Setting& lever);
/// The same of the nth setting of a policy, and of how far the nth shock of a scenario moves its driver.
CLIENTELE_API double setting_in_draw(const Study& study, std::span<const double> drawn, std::uint32_t policy,
                                     std::size_t setting);
CLIENTELE_API double size_in_draw(const Study& study, std::span<const double> drawn, std::uint32_t scenario,
                                  std::size_t shock);
/// Whether draws move what tiers grant, or shocks.
CLIENTELE_API bool draws_move_levers(const Study& study);
CLIENTELE_API bool draws_move_shocks(const Study& study);

/// The study whose policies and scenarios state what one draw has there.
CLIENTELE_API Study with_placed_draw(const Study& study, std::span<const double> drawn);

/// The number that stands in a place of a policy or a scenario.
CLIENTELE_API double stated_in(const Study& study, const Uncertain& uncertain);
/// Whether a field has a part in a study: in some group the choice of its table stands with which it counts, and what
/// is off unless asked for has been asked for.
CLIENTELE_API bool has_a_part(const Study& study, const Catalogue& catalogue, FieldRef at);
/// Values of a table in a group.
CLIENTELE_API std::vector<FieldValue> values_in(const Study& study, const Group& group, std::uint32_t table);
/// Whether it is a number of this field's own, of everybody or of a group.
inline bool is_of_field(const Uncertain& uncertain, FieldRef field) {
  return !uncertain.place && uncertain.field == field;
}
/// The field of an uncertain number that stands in a shock, which is none of any table.
inline constexpr FieldRef no_field{UINT32_MAX, UINT32_MAX};

}  // namespace clientele::sim
