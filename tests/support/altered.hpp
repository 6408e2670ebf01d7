// Runs as tests ask for them, or as a nightly test alters them: no outcome may differ.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/plan.hpp"
#include "tests/support/keeps_what_is_done.hpp"
#include "tests/support/seeded_faults.hpp"

namespace clientele::tests {

/// What the environment variable CLIENTELE_ALTERED says is done to a run; nothing where it says nothing.
inline std::string_view alteration() {
  const char* said = std::getenv("CLIENTELE_ALTERED");
  return said == nullptr ? "" : said;
}

inline sim::RunOptions altered(sim::RunOptions options) {
  const std::string_view how = alteration();
  if (how == "blocks")
    options.block_size = 64;
  else if (how == "scratch")
    options.scratch = sim::Scratch::spoiled;
  else if (how == "latent")
    options.latent_in_reviews = sim::LatentInReviews::exchanged;
  else if (how == "portions" || how == "resumed")
    options.customers_of_portion = 250;
  else if (how == "arms")
    options.arms_together = 1;
  else if (how == "step")
    options.in_step = true;
  else if (!how.empty())
    throw sim::InternalFault("CLIENTELE_ALTERED is blocks, scratch, latent, portions, arms, step, resumed or seed:N");
  return options;
}

/// Stopped half way, and then what is missing: arms are simulated side by side in other numbers than before.
inline sim::RunReport run_and_resume(const sim::Plan& plan, std::vector<sim::Cell> cells, sim::Sink& sink,
                                     const sim::RunOptions& options) {
  const std::size_t portions = std::max<std::size_t>(plan.portions(options).size(), 1);
  KeepsWhatIsDone kept((cells.size() + 1) / 2, (portions * cells.size() + 1) / 2);
  sim::RunOptions first = options;
  first.threads = 1;
  first.arms_together = std::min<std::size_t>(options.arms_together, 2);
  const sim::RunReport stopped = plan.run(cells, kept, first, kept.token());
  sim::expects(cells.size() < 4 * first.arms_together || stopped.status == sim::RunStatus::stopped,
               "a run of many cells is stopped half way");
  kept.hand_over(cells, sink);
  sim::RunOptions rest = options;
  rest.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) { return kept.kept(portion, cell); };
  return plan.run(cells, sink, rest);
}

inline sim::RunReport run_altered(const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                                  const sim::RunOptions& options) {
  if (const std::string_view how = alteration(); how.starts_with("seed:"))
    return run_with_faults(std::stoull(std::string(how.substr(5))), plan, cells, sink, options);
  const sim::RunOptions taken = altered(options);
  if (alteration() == "resumed") return run_and_resume(plan, cells, sink, taken);
  return plan.run(cells, sink, taken);
}

}  // namespace clientele::tests
