// Arms that are simulated together are handed over together, and are one line.
#include "tools/clientele/logged_records.hpp"

#include <utility>

#include "sim/state/tally.hpp"

namespace clientele::tools {

LoggedRecords::LoggedRecords(output::RecordsSink& records, output::RunLog& log, const sim::Plan& plan,
                             const sim::RunOptions& options, const std::vector<sim::Cell>& cells)
    : records_(records),
      log_(log),
      info_(plan.info()),
      axes_(sim::cell_axes_of(plan.study())),
      arms_together_(options.arms_together) {
  for (const sim::Cell& cell : cells) ++cells_of_[lineup_of(cell)];
  left_ = cells_of_;
}

void LoggedRecords::accept(sim::CellOutcome&& outcome) {
  const sim::Cell cell = outcome.cell;
  const std::uint64_t lineup = lineup_of(cell);
  if (!in_portions_.contains(lineup)) customer_months_ += lived_in(outcome);
  records_.accept(std::move(outcome));
  if (--left_[lineup] == 0) note(cell, cells_of_[lineup], 0);
}

void LoggedRecords::accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) {
  const sim::Cell cell = outcome.cell;
  const std::uint64_t lineup = lineup_of(cell);
  in_portions_.insert(lineup);
  customer_months_ += lived_in(outcome);
  records_.accept_portion(portion, std::move(outcome));
  if (++portions_ == cells_of_[lineup]) note(cell, 0, std::exchange(portions_, 0));
}

/// What is put together of other cells was lived in those.
std::uint64_t LoggedRecords::lived_in(const sim::CellOutcome& outcome) const {
  return axes_.is_simulated(outcome.cell.policy) ? customer_months_of(outcome, info_) : 0;
}

std::uint64_t LoggedRecords::lineup_of(const sim::Cell& cell) const {
  return sim::number_of_lineup(axes_, cell, arms_together_);
}

void LoggedRecords::note(const sim::Cell& cell, std::uint64_t cells, std::uint64_t portions) {
  const Clock::time_point now = Clock::now();
  const std::chrono::duration<double> seconds = now - std::exchange(last_, now);
  log_.finished({cell.replication, cell.draw, cells, portions, seconds.count(), std::exchange(customer_months_, 0)},
                records_.written());
}

std::uint64_t customer_months_of(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info) {
  std::uint64_t months = 0;
  for (std::size_t at = sim::metric_of_customers; at < outcome.counts.size(); at += info.metrics.size())
    months += static_cast<std::uint64_t>(outcome.counts[at]);
  const std::size_t beyond = info.metrics_beyond().size();
  for (std::size_t at = 0; at < outcome.beyond.size(); at += beyond)  // customers stand first there too
    months += static_cast<std::uint64_t>(outcome.beyond[at]);
  return months;
}

}  // namespace clientele::tools
