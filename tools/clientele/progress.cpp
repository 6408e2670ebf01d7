// Percent, cells, and the time that the rest will take at the pace so far.
#include "tools/clientele/progress.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace clientele::tools {

ProgressSink::Show ProgressSink::usual() {
  const char* terminal = std::getenv("TERM");
  const bool moves = terminal != nullptr && std::string_view(terminal) != "dumb";
  return ::isatty(STDERR_FILENO) != 0 && moves ? Show::one_line : Show::lines;
}

ProgressSink::ProgressSink(sim::Sink& next, std::size_t cells, Show show) : next_(next), cells_(cells), show_(show) {}

ProgressSink::~ProgressSink() {
  if (show_ == Show::one_line && told_percent_ > 0) std::fputc('\n', stderr);
}

void ProgressSink::accept(sim::CellOutcome&& outcome) {
  next_.accept(std::move(outcome));
  ++finished_;
  const Clock::time_point now = Clock::now();
  if (show_ != Show::nothing && is_due(now)) tell(now);
}

bool ProgressSink::is_due(Clock::time_point now) const {
  const auto since = now - told_;
  if (show_ == Show::one_line) return since >= std::chrono::milliseconds(100) || finished_ == cells_;
  return 100 * finished_ / cells_ >= told_percent_ + 10 || since >= std::chrono::seconds(30);
}

void ProgressSink::tell(Clock::time_point now) {
  told_ = now;
  told_percent_ = 100 * finished_ / cells_;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double left = seconds * static_cast<double>(cells_ - finished_) / static_cast<double>(finished_);
  const long whole = std::lround(left);
  std::fprintf(stderr, "%s%3zu %%  %zu of %zu cells  %ld:%02ld left%s", show_ == Show::one_line ? "\r" : "",
               told_percent_, finished_, cells_, whole / 60, whole % 60, show_ == Show::one_line ? "   " : "\n");
  std::fflush(stderr);
}

}  // namespace clientele::tools
