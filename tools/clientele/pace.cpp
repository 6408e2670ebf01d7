// What is not known yet is a dash, never a guess.
#include "tools/clientele/pace.hpp"

#include <algorithm>
#include <cmath>

#include "output/cube/wording.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

std::string as_time(double seconds) {
  if (!(seconds >= 0 && seconds < 1e9)) return "-";
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  const auto two = [](std::uint64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::uint64_t hours = whole / 3600, minutes = whole / 60 % 60;
  if (hours > 0) return std::to_string(hours) + ":" + two(minutes) + ":" + two(whole % 60);
  return std::to_string(minutes) + ":" + two(whole % 60);
}

std::string line_of(const Pace& pace) {
  const std::string percent = std::to_string(static_cast<int>(std::floor(100 * std::clamp(pace.done, 0.0, 1.0))));
  const double done_now = pace.done - pace.done_before;
  const bool moves = done_now > 0 && pace.seconds > 0;
  const auto months = static_cast<double>(pace.customer_months);
  std::string line(percent.size() < 3 ? 3 - percent.size() : 0, ' ');
  line += percent + " %  " + in_short(months) + " customer-months";
  line += "  " + (moves && pace.customer_months > 0 ? in_short(months / pace.seconds) : std::string("-")) + "/s";
  line += "  " + (moves ? as_time(pace.seconds * (1 - pace.done) / done_now) : std::string("-")) + " left";
  if (pace.headline.empty()) return line;
  line += "  " + sim::printable(pace.headline, 24) + " difference ";
  if (std::isnan(pace.half_width)) return line + "-";
  return line + "±" + in_short(pace.half_width) + (pace.unit.empty() ? "" : " " + sim::printable(pace.unit, 12));
}

Precision::Precision(const sim::Study& study, const sim::OutcomeInfo& info, double share_of_ten_largest)
    : study_(study), info_(info), share_of_ten_largest_(share_of_ten_largest) {
  const auto found = std::ranges::find(info.kpis, study.headline, &sim::KpiInfo::name);
  if (found == info.kpis.end() || study.policies.size() < 2) return;
  kpi_ = &*found;
  headline_ = found->name;
  unit_ = output::unit_of(*found, study.currency);
  if (unit_ == "1") unit_.clear();
  const sim::CellAxes axes = sim::cell_axes_of(study);
  const output::Futures none{axes.draws, axes.replications, study.population.people,
                             std::vector<double>(axes.worlds(), std::numeric_limits<double>::quiet_NaN())};
  futures_.assign(study.policies.size(), none);
}

void Precision::add(const sim::CellOutcome& outcome) {
  if (kpi_ == nullptr || outcome.cell.scenario != 0) return;
  const sim::Cell& cell = outcome.cell;
  futures_[cell.policy].at(cell.draw, cell.replication) = sim::evaluate(*kpi_, info_, study_.money_quantum, outcome);
}

double Precision::half_width() const {
  if (kpi_ == nullptr) return std::numeric_limits<double>::quiet_NaN();
  const output::Circumstances circumstances{.share_of_ten_largest = share_of_ten_largest_};
  double widest = 0;
  for (std::size_t policy = 0; policy < futures_.size(); ++policy) {
    if (policy == study_.baseline) continue;
    const double one =
        output::average_difference(futures_[policy], futures_[study_.baseline], circumstances).half_width;
    if (std::isnan(one)) return one;
    widest = std::max(widest, one);
  }
  return widest;
}

}  // namespace clientele::tools
