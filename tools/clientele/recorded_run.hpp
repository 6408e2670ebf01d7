// A run whose outcomes are kept: it starts or resumes, simulates what no record holds, and makes the cube.
#pragma once
#include <filesystem>
#include <stop_token>

#include "output/cube/writer.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/progress.hpp"
#include "tools/clientele/study_options.hpp"

namespace clientele::tools {

/// What is simulated, and how.
struct Job {
  const sim::Plan& plan;
  sim::RunOptions options;
  Talk volume = Talk::all;
  std::stop_token stop;
};

/// Simulates the cells into a sink, with what `kept` has of their portions, and says at which pace. False where it was
/// stopped.
bool simulate_cells(const Job& job, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                    const sim::KeptPortion& kept = {});

/// What a cube of the job says beside its cells.
output::CubeDetails details_of(const Job& job);

/// "2 threads": those that are asked for, or as many as this process may use at a time.
std::string threads_in_words(const sim::RunOptions& options);

/// Says what a run into `file` would find there; throws what make_cube would throw for that. Nothing is written.
void foresee(const Job& job, const std::filesystem::path& file, output::Existing existing);

/// What was to be made is there when this returns. Throws UserError: output_exists where a file is there that holds
/// other cells than the study asks for and may not be replaced; does_not_fit where another run is at it; stopped_early
/// and input_output with what is safe, and how to go on.
void make_cube(const Job& job, const std::filesystem::path& file, output::Existing existing);

}  // namespace clientele::tools
