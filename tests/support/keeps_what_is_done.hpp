// Keeps cells and portions in memory as records would on a disk, and has a run stopped when so many are there.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "sim/sink.hpp"

namespace clientele::tests {

class KeepsWhatIsDone final : public sim::Sink {
 public:
  /// Stops a run when there are so many cells, or so many portions of cells.
  KeepsWhatIsDone(std::uint64_t cells, std::uint64_t portions) : enough_cells_(cells), enough_portions_(portions) {}

  void accept(sim::CellOutcome&& outcome) override {
    const sim::Cell cell = outcome.cell;
    cells_.insert_or_assign(cell, std::move(outcome));
    if (cells_.size() >= enough_cells_) stop_.request_stop();
  }
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override {
    const sim::Cell cell = outcome.cell;
    portions_.insert_or_assign({portion, cell}, std::move(outcome));
    if (portions_.size() >= enough_portions_) stop_.request_stop();
  }
  std::stop_token token() const { return stop_.get_token(); }
  std::optional<sim::CellOutcome> kept(const sim::Portion& portion, const sim::Cell& cell) const {
    const auto found = portions_.find({portion, cell});
    return found == portions_.end() ? std::nullopt : std::optional(found->second);
  }
  /// Gives the cells that are there to a sink, and takes them off the list.
  void hand_over(std::vector<sim::Cell>& missing, sim::Sink& sink) const {
    for (const auto& [cell, outcome] : cells_) sink.accept(sim::CellOutcome(outcome));
    std::erase_if(missing, [&](const sim::Cell& cell) { return cells_.contains(cell); });
  }

 private:
  std::uint64_t enough_cells_, enough_portions_;
  std::map<sim::Cell, sim::CellOutcome> cells_;
  std::map<std::pair<sim::Portion, sim::Cell>, sim::CellOutcome> portions_;
  std::stop_source stop_;
};

}  // namespace clientele::tests
