// What a cube was made from: whether a study would make the same file again, or a larger one that holds all its cells.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "output/cube/dimensions.hpp"
#include "output/cube/variables.hpp"
#include "output/hdf5/hdf5.hpp"

namespace clientele::output {

/// 128 bits over all that the bytes of a complete cube follow from.
std::string made_from(const sim::Study& study, const sim::OutcomeInfo& info, const CubeDetails& details);

/// The variables and the attribute by which a cube's cells can be recognized later; nothing where there are no keys.
void write_keys(Hdf5Writer& file, Dimensions& dimensions, const Source& source);

/// `room` with the levels that a cube has for its policies that spend the same money evenly (Policy::same_money_as);
/// nothing where it does not tell them all.
std::optional<sim::Study> with_levels_of(const std::filesystem::path& path, const sim::Study& room);

/// How a file relates to the cube that a study asks for.
enum class Standing {
  absent,      ///< there is no file
  same,        ///< it would be written with the same bytes
  same_cells,  ///< it holds the cells that are asked for, in another form: [output], a title
  smaller,     ///< the study still asks for all its cells, and for more
  foreign      ///< anything else: another study's, damaged, no cube
};

/// Reads as little as it can. `why` becomes the reason where a file is foreign.
Standing standing_of(const std::filesystem::path& path, const sim::Study& study, const sim::OutcomeInfo& info,
                     const CubeDetails& details, std::string& why);

}  // namespace clientele::output
