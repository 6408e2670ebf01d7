// Runs as tests ask for them, or as a nightly test alters them: no outcome may differ.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/plan.hpp"

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
    throw sim::InternalFault("CLIENTELE_ALTERED is blocks, scratch, latent, portions, arms, step or resumed");
  return options;
}

/// Keeps cells and portions as records would, and has a run stopped when half of either are there.
class StopsHalfWay final : public sim::Sink {
 public:
  StopsHalfWay(std::size_t cells, std::size_t portions) : cells_wanted_(cells), portions_wanted_(portions) {}

  void accept(sim::CellOutcome&& outcome) override {
    const sim::Cell cell = outcome.cell;
    cells_.insert_or_assign(cell, std::move(outcome));
    if (2 * cells_.size() >= cells_wanted_) stop_.request_stop();
  }
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override {
    const sim::Cell cell = outcome.cell;
    portions_.insert_or_assign({portion, cell}, std::move(outcome));
    if (2 * portions_.size() >= portions_wanted_) stop_.request_stop();
  }
  std::stop_token token() const { return stop_.get_token(); }
  const std::map<sim::Cell, sim::CellOutcome>& cells() const { return cells_; }
  std::optional<sim::CellOutcome> kept(const sim::Portion& portion, const sim::Cell& cell) const {
    const auto found = portions_.find({portion, cell});
    return found == portions_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::size_t cells_wanted_, portions_wanted_;
  std::map<sim::Cell, sim::CellOutcome> cells_;
  std::map<std::pair<sim::Portion, sim::Cell>, sim::CellOutcome> portions_;
  std::stop_source stop_;
};

/// Stopped half way, and then what is missing: arms are simulated side by side in other numbers than before.
inline sim::RunReport run_and_resume(const sim::Plan& plan, std::vector<sim::Cell> cells, sim::Sink& sink,
                                     const sim::RunOptions& options) {
  const std::size_t portions = std::max<std::size_t>(plan.portions(options).size(), 1);
  StopsHalfWay kept(cells.size(), portions * cells.size());
  sim::RunOptions first = options;
  first.threads = 1;
  first.arms_together = std::min<std::size_t>(options.arms_together, 2);
  const sim::RunReport stopped = plan.run(cells, kept, first, kept.token());
  sim::expects(cells.size() < 4 * first.arms_together || stopped.status == sim::RunStatus::stopped,
               "a run of many cells is stopped half way");
  for (const auto& [cell, outcome] : kept.cells()) sink.accept(sim::CellOutcome(outcome));
  std::erase_if(cells, [&](const sim::Cell& cell) { return kept.cells().contains(cell); });
  sim::RunOptions rest = options;
  rest.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) { return kept.kept(portion, cell); };
  return plan.run(cells, sink, rest);
}

inline sim::RunReport run_altered(const sim::Plan& plan, const std::vector<sim::Cell>& cells, sim::Sink& sink,
                                  const sim::RunOptions& options) {
  const sim::RunOptions taken = altered(options);
  if (alteration() == "resumed") return run_and_resume(plan, cells, sink, taken);
  return plan.run(cells, sink, taken);
}

}  // namespace clientele::tests
