// The study that a cube carries, read again as it was when the cube was made.
#pragma once
#include <filesystem>
#include <vector>

#include "output/cube/reader.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// With the options of the command line that the cube names, and the levels of policies that spend the same money. A
/// customer file is looked for in `folder`. Throws UserError where the text is no study to this clientele.
sim::Study study_in(const output::CubeReader& cube, const std::filesystem::path& file,
                    const std::filesystem::path& folder, const sim::Catalogue& catalogue);

/// The points of a cube as a sweep.
scenarios::Sweep sweep_in(const output::CubeReader& cube);
/// The options of the command line that the cube names.
std::vector<scenarios::Override> overrides_in(const output::CubeReader& cube);

}  // namespace clientele::tools
