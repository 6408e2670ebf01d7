// A file begins anew, a fit goes on: each has a clock of its own.
#include "tools/clientele/init/told_progress.hpp"

#include <fmt/format.h>

#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/pace.hpp"

namespace clientele::tools {

void ToldProgress::tell_read(const scenarios::ReadFile& read, double share) {
  constexpr double soon = 2;
  if (file_ != read.name) {
    file_ = read.name;
    start_ = Clock::now();
    line_.begin_again();
  }
  const double taken = seconds();
  if (taken < soon || !(share > 0) || !line_.is_due(share)) return;
  line_.tell(fmt::format("{}: {} lines read ({:.0f} %), {} a second, {} left", sim::printable(read.name, 200),
                         with_commas(read.lines), 100 * share, in_short(static_cast<double>(read.lines) / taken),
                         as_time(taken * (1 - share) / share)));
}

void ToldProgress::tell_fit(const std::string& what, std::size_t customers) {
  constexpr std::size_t many = 10'000;
  if (line_.show() != ProgressLine::Show::one_line && customers < many) return;
  if (!file_.empty()) start_ = Clock::now();
  file_.clear();
  line_.tell(fmt::format("fitting to {} customers: {} ({} so far)", with_commas(customers), what, as_time(seconds())));
}

}  // namespace clientele::tools
