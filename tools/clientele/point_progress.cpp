// What was kept before is no measure of the pace.
#include "tools/clientele/point_progress.hpp"

#include <algorithm>

#include "tools/clientele/numbers.hpp"
#include "tools/clientele/pace.hpp"

namespace clientele::tools {

std::string line_of(const PointsDone& stand, double seconds) {
  const std::string percent = std::to_string(100 * stand.done / stand.all);
  const bool moves = stand.simulated > 0 && seconds > 0;
  const double rate = moves ? static_cast<double>(stand.simulated) / seconds : 0;
  return std::string(3 - std::min<std::size_t>(3, percent.size()), ' ') + percent + " %  " + with_commas(stand.done) +
         " of " + with_commas(stand.all) + " sets of values  " + (moves ? in_short(rate) : std::string("-")) + "/s  " +
         (moves ? as_time(static_cast<double>(stand.all - stand.done) / rate) : std::string("-")) + " left  (" +
         stand.doing + ")";
}

/// A line where something new begins, and where ten percent more are done.
void PointProgress::tell(const PointsDone& stand) {
  const std::size_t tenth = 10 * stand.done / stand.all;
  const bool is_due = line_.show() == ProgressLine::Show::one_line || stand.doing != stand_.doing || tenth != tenth_;
  stand_ = stand;
  if (!is_due) return;
  tenth_ = tenth;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start_;
  line_.tell(line_of(stand, seconds.count()));
}

}  // namespace clientele::tools
