// The study in words, inside the cube: rules, levers, shocks, drawn numbers and warnings, for readers without the
// study.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "output/cube/dimensions.hpp"
#include "output/cube/reader.hpp"

namespace clientele::output {

/// Attributes, since a text along an axis would stand beside every number in a table: `shocks` of scenario; `rules`,
/// `tier_rules` and `tier_levers` of policy, one a line; `warnings` and `share_of_ten_largest` of the file. Variables:
/// policy_same_money_as, policy_twin, policy_held; parameter_called, parameter_meaning, parameter_mark,
/// parameter_stated. What an outcome does not tell is left out.
void write_texts(Hdf5Writer& file, Dimensions& dimensions, const Source& source);

/// The same back.
CubeTexts read_texts(const Hdf5File& file, std::size_t scenarios, std::size_t policies, std::size_t tiers,
                     const std::vector<std::string>& parameters);

}  // namespace clientele::output
