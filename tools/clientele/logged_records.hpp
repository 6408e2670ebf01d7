// Hands what is simulated to the records, and notes in the log which worlds are finished.
#pragma once
#include <chrono>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <vector>

#include "output/records/log.hpp"
#include "output/records/sink.hpp"
#include "sim/plan.hpp"

namespace clientele::tools {

class LoggedRecords final : public sim::Sink {
 public:
  /// `cells` are those that a run of the plan is given.
  LoggedRecords(output::RecordsSink& records, output::RunLog& log, const sim::Plan& plan,
                const sim::RunOptions& options, const std::vector<sim::Cell>& cells);

  void accept(sim::CellOutcome&& outcome) override;
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override;
  /// A portion of a cell need not be simulated again.
  void kept(const sim::Cell& cell) { in_portions_.insert(lineup_of(cell)); }

 private:
  using Clock = std::chrono::steady_clock;

  std::uint64_t lived_in(const sim::CellOutcome& outcome) const;
  std::uint64_t lineup_of(const sim::Cell& cell) const;
  void note(const sim::Cell& cell, std::uint64_t cells, std::uint64_t portions);

  output::RecordsSink& records_;
  output::RunLog& log_;
  const sim::OutcomeInfo& info_;
  sim::CellAxes axes_;
  std::size_t arms_together_;
  std::unordered_map<std::uint64_t, std::uint64_t> cells_of_, left_;  ///< by lineup: those that it has, and not yet
  std::set<std::uint64_t> in_portions_;               ///< lineups whose customer-months were noted portion by portion
  std::uint64_t customer_months_ = 0, portions_ = 0;  ///< of what is being handed over
  Clock::time_point last_ = Clock::now();
};

/// Active customers of an outcome, summed over its months.
std::uint64_t customer_months_of(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info);

}  // namespace clientele::tools
