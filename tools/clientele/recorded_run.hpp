// A run whose outcomes are kept: what stands there already is judged first, and the cube is made or left.
#pragma once
#include <filesystem>

#include "tools/clientele/job.hpp"

namespace clientele::tools {

/// Says what a run into `file` would find there; throws what make_cube would throw for that. Nothing is written.
void foresee(const Job& job, const std::filesystem::path& file, output::Existing existing);

/// What was to be made is there when this returns. Throws UserError: output_exists where a file is there that holds
/// other cells than the study asks for and may not be replaced; does_not_fit where another run is at it; stopped_early
/// and input_output with what is safe, and how to go on.
void make_cube(const Job& job, const std::filesystem::path& file, output::Existing existing);

}  // namespace clientele::tools
