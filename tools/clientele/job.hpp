// What is simulated and how, and the pace at which it was.
#pragma once
#include <stop_token>
#include <vector>

#include "output/cube/writer.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/progress.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/together.hpp"

namespace clientele::tools {

/// What is simulated, and how.
struct Job {
  const sim::Plan& plan;
  sim::RunOptions options;
  Talk volume = Talk::all;
  std::stop_token stop;
  const Together& together = one_process();
};

/// Simulates the cells into a sink, with what `kept` has of their portions, and says at which pace. False where it was
/// stopped.
bool simulate_cells(const Job& job, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                    const sim::KeptPortion& kept = {});

/// The keys of a study's cells; `parameter_values` are those of a cube's details.
output::StudyKeys keys_of(const sim::Plan& plan, const std::vector<std::vector<double>>& parameter_values);

/// What a cube of the job says beside its cells.
output::CubeDetails details_of(const Job& job);

/// "1,234 customer-months in 0.5 s (2.468 k/s, 2 threads)".
std::string pace_in_words(std::uint64_t customer_months, double seconds, const sim::RunOptions& options,
                          const Together& together = one_process());

/// "2 threads": those that are asked for, or as many as this process may use at a time; "3 ranks x 2 threads".
std::string threads_in_words(const sim::RunOptions& options, const Together& together = one_process());

}  // namespace clientele::tools
