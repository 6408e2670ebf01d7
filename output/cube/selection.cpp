// Years count from month 0, whatever the calendar says: a horizon of 36 months has three, and a run-off its own.
#include "output/cube/selection.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

/// [from, to) in pieces of `size`, the last one shorter.
void cut(Span whole, std::size_t size, std::vector<Span>& pieces) {
  for (std::size_t at = whole.from; at < whole.to; at += size) pieces.push_back({at, std::min(at + size, whole.to)});
}

std::size_t months_together(sim::MonthsKept months, std::size_t all) {
  switch (months) {
    case sim::MonthsKept::all:
      return 1;
    case sim::MonthsKept::year:
      return 12;
    case sim::MonthsKept::total:
      return all;
  }
  return 1;
}

}  // namespace

Selection selection_of(const sim::Study& study, const sim::OutcomeInfo& info) {
  const sim::Output& asked = study.output;
  Selection selection;
  const auto is_asked = [&](std::size_t m) {
    return asked.metrics.empty() || std::ranges::find(asked.metrics, info.metrics[m].name) != asked.metrics.end();
  };
  std::size_t found = 0;
  for (std::size_t m = 0; m < info.metrics.size(); ++m) {
    if (!is_asked(m)) continue;
    ++found;
    if (info.metrics[m].is_zero && asked.metrics.empty()) {
      selection.zero.push_back(info.metrics[m].name);
      continue;
    }
    if (info.metrics[m].months != sim::MonthsOf::beyond) selection.metrics.push_back(m);
  }
  const std::vector<std::size_t> beyond = info.metrics_beyond();
  for (std::size_t k = 0; k < beyond.size() && info.months_beyond > 0; ++k)
    if (is_asked(beyond[k]) && std::ranges::count(selection.zero, info.metrics[beyond[k]].name) == 0)
      selection.metrics_beyond.push_back(k);
  sim::expects(asked.metrics.empty() || found == asked.metrics.size(), "a selected metric is counted");
  for (std::size_t h = 0; h < info.histograms.size() && asked.histograms == sim::Output::Histograms::kept; ++h)
    selection.histograms.push_back(h);
  const std::size_t horizon = std::min(info.months, static_cast<std::size_t>(study.horizon.months));
  const std::size_t together = months_together(asked.months, info.months);
  cut({0, horizon}, together, selection.months);
  cut({horizon, info.months}, together, selection.months);
  const bool summed = asked.groups == sim::Output::Groups::summed;
  selection.classes = info.classes;
  cut({0, info.groups}, summed ? info.groups : info.classes, selection.groups);
  for (const sim::Group& group : study.population.groups) selection.group_names.push_back(group.name);
  if (summed) selection.group_names = {all_groups};
  return selection;
}

}  // namespace clientele::output
