// What a cube holds of its cells, as places: which metrics, and which months and groups are summed into one.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// Months or groups that stand in one place of a cube: [from, to).
struct Span {
  std::size_t from = 0, to = 0;
  std::size_t size() const { return to - from; }
};

/// A study's [output], laid out over what its cells count.
struct Selection {
  std::vector<std::size_t> metrics;         ///< places in OutcomeInfo::metrics, of those that the horizon keeps
  std::vector<std::size_t> metrics_beyond;  ///< places in OutcomeInfo::metrics_beyond()
  std::vector<std::size_t> histograms;      ///< places in OutcomeInfo::histograms
  std::vector<std::string> zero;            ///< metrics that are left out because this study makes no use of them
  std::vector<Span> months;                 ///< each all horizon or all run-off; months beyond are kept one by one
  std::vector<Span> groups;
  std::vector<std::string> group_names;
  std::size_t classes = 1;  ///< of a group, which stand in one place

  bool sums_months() const { return months.back().to != months.size(); }
  bool sums_groups() const { return groups.back().to != groups.size() * classes; }
};
Selection selection_of(const sim::Study& study, const sim::OutcomeInfo& info);

/// The one label of the axis of groups where groups are summed.
inline constexpr const char* all_groups = "all";

}  // namespace clientele::output
