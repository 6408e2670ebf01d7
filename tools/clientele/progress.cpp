// A line is told when ten more percent are done, or, on a terminal, a few times a second.
#include "tools/clientele/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

#include "tools/clientele/logged_records.hpp"

namespace clientele::tools {

ProgressSink::Show ProgressSink::usual() {
  const char* terminal = std::getenv("TERM");
  const bool moves = terminal != nullptr && std::string_view(terminal) != "dumb";
  return ::isatty(STDERR_FILENO) != 0 && moves ? Show::one_line : Show::lines;
}

ProgressSink::ProgressSink(sim::Sink& next, const sim::Plan& plan, double share_of_ten_largest, std::size_t cells,
                           Show show, double part)
    : next_(next),
      cells_(cells),
      info_(plan.info()),
      max_customer_months_(part * static_cast<double>(cells) * static_cast<double>(plan.study().population.customers) *
                           static_cast<double>(plan.info().months + plan.info().closed)),
      show_(show),
      precision_(plan.study(), plan.info(), share_of_ten_largest) {}

ProgressSink::~ProgressSink() {
  if (show_ == Show::one_line && told_ != start_) std::fputc('\n', stderr);
}

void ProgressSink::accept(sim::CellOutcome&& outcome) {
  const std::lock_guard lock(guard_);
  if (show_ != Show::nothing) precision_.add(outcome);
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
  if (show_ == Show::nothing) return;
  const double share = done();
  const auto percent = static_cast<std::size_t>(100 * share);
  const Clock::time_point now = Clock::now();
  const bool one_line = show_ == Show::one_line;
  const bool last = finished_ == cells_ && told_percent_ < 100;
  if (one_line ? now - told_ < std::chrono::milliseconds(250) && !last : percent < told_percent_ + 10 && !last) return;
  told_ = now;
  told_percent_ = one_line ? percent : percent - percent % 10;
  const Pace pace{share,
                  customer_months_,
                  std::chrono::duration<double>(now - start_).count(),
                  precision_.headline(),
                  precision_.unit(),
                  precision_.half_width(),
                  std::min(share, share_of(months_before_))};
  std::fprintf(stderr, one_line ? "\r%s\x1b[K" : "%s\n", line_of(pace).c_str());
  std::fflush(stderr);
}

}  // namespace clientele::tools
