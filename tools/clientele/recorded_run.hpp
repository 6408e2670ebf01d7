// A run whose outcomes are kept: what stands there already is judged first, and the cube is made or left.
#pragma once
#include <filesystem>
#include <optional>

#include "output/cube/identity.hpp"
#include "output/records/asked.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/kept_records.hpp"
#include "tools/clientele/shard.hpp"

namespace clientele::tools {

/// Says what a run into `file` would find there; throws what make_cube would throw for that. Nothing is written.
void foresee(const Job& job, const std::filesystem::path& file, output::Existing existing);

/// What is there already. Throws UserError (output_exists) where that may not be replaced.
output::Standing judge(const Job& job, const std::filesystem::path& file, const output::CubeDetails& details);

/// Whether the cube that is asked for is there, with policies that spend the same money evenly where the study has
/// such.
bool is_complete(const Job& job, const std::filesystem::path& file);

/// What was to be made is there when this returns. Throws UserError: output_exists where a file is there that holds
/// other cells than the study asks for and may not be replaced; does_not_fit where another run is at it; stopped_early
/// and input_output with what is safe, and how to go on.
void make_cube(const Job& job, const std::filesystem::path& file, output::Existing existing,
               const output::Asked& asked);

/// Those who ask what goes on here, or are to go on here, find the study. A full disk is no reason not to run.
void begin_run(const Together& together, KeptRecords& kept, const output::Asked& asked);

/// What stands under the name already, which is told. Throws UserError (output_exists) where it may not be replaced.
output::Standing judge(const sim::Study& study, const sim::OutcomeInfo& info, const output::CubeDetails& details,
                       const std::filesystem::path& file, Talk volume);

}  // namespace clientele::tools
