// Cells come many at a time, customer-months all along: how far a run is says whichever is further.
#include "tools/clientele/progress.hpp"

#include <algorithm>
#include <utility>

#include "sim/why.hpp"
#include "tools/clientele/logged_records.hpp"

namespace clientele::tools {

namespace {

/// Of all policies: cells that are put together of others are nobody's life.
double share_simulated(const sim::Study& study) {
  return static_cast<double>(std::ranges::count_if(study.policies, sim::is_simulated)) /
         static_cast<double>(std::max<std::size_t>(1, study.policies.size()));
}

}  // namespace

ProgressSink::ProgressSink(sim::Sink& next, const sim::Plan& plan, double share_of_ten_largest, std::size_t cells,
                           ProgressLine::Show show, double part)
    : next_(next),
      cells_(cells),
      info_(plan.info()),
      max_customer_months_(part * static_cast<double>(cells) * share_simulated(plan.study()) *
                           static_cast<double>(plan.study().population.customers) *
                           static_cast<double>(plan.info().months + plan.info().closed)),
      line_(show),
      precision_(plan.study(), plan.info(), share_of_ten_largest) {}

void ProgressSink::accept(sim::CellOutcome&& outcome) {
  const std::lock_guard lock(guard_);
  if (line_.show() != ProgressLine::Show::nothing) precision_.add(outcome);
  next_.accept(std::move(outcome));
  ++finished_;
  tell_if_due();
}

void ProgressSink::accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) {
  next_.accept_portion(portion, std::move(outcome));
}

void ProgressSink::kept(const sim::CellOutcome& portion) {
  const std::lock_guard lock(guard_);
  months_before_ += customer_months_of(portion, info_);
}

void ProgressSink::lived(std::uint64_t customer_months) {
  const std::lock_guard lock(guard_);
  customer_months_ += customer_months;
  tell_if_due();
}

/// Cells are handed over many at a time, so that months move first; customers leave, so that cells end higher.
double ProgressSink::done() const {
  const double by_cells = static_cast<double>(finished_) / static_cast<double>(cells_);
  if (finished_ == cells_) return 1;
  return std::min(0.99, std::max(by_cells, share_of(customer_months_ + months_before_)));
}

double ProgressSink::share_of(std::uint64_t customer_months) const {
  return static_cast<double>(customer_months) / max_customer_months_;
}

void ProgressSink::tell_if_due() {
  const double share = done();
  if (!line_.is_due(share)) return;
  const Pace pace{share,
                  customer_months_,
                  std::chrono::duration<double>(Clock::now() - start_).count(),
                  precision_.headline(),
                  precision_.unit(),
                  precision_.half_width(),
                  std::min(share, share_of(months_before_))};
  line_.tell(line_of(pace));
}

}  // namespace clientele::tools
