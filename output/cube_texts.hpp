// The study in words, inside the cube: rules, levers, shocks, drawn numbers and warnings, for who has no study at hand.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "output/cube_dimensions.hpp"
#include "output/cube_reader.hpp"

namespace clientele::output {

/// policy_rule, policy_same_money_as; tier_rule, tier_levers; scenario_shocks; parameter_called, parameter_meaning,
/// parameter_mark, parameter_stated; the attributes warnings and share_of_ten_largest. What an outcome does not tell
/// is left out.
void write_texts(Hdf5Writer& file, const Dimensions& dimensions, const Source& source);

/// The same back.
CubeTexts read_texts(const Hdf5File& file, std::size_t scenarios, std::size_t policies, std::size_t tiers,
                     const std::vector<std::string>& parameters);

}  // namespace clientele::output
