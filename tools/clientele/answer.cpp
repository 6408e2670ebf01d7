// Lays means and paired differences out in columns.
#include "tools/clientele/answer.hpp"

#include <cmath>
#include <vector>

#include "output/statistics/paired.hpp"
#include "scenarios/printable.hpp"
#include "sim/sink.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {
namespace {

constexpr std::size_t most_columns = 4;  ///< KPIs beside the headline: what a terminal is wide enough for

/// The headline first, then others in their order.
std::vector<std::size_t> columns_of(const sim::Study& study, const sim::OutcomeInfo& info) {
  std::vector<std::size_t> columns;
  for (std::size_t k = 0; k < info.kpis.size(); ++k)
    if (info.kpis[k].name == study.headline) columns.push_back(k);
  for (std::size_t k = 0; k < info.kpis.size() && columns.size() <= most_columns; ++k)
    if (info.kpis[k].name != study.headline) columns.push_back(k);
  return columns;
}

std::string unit_of(const sim::KpiInfo& kpi, const sim::Study& study) {
  if (kpi.money) return ", " + scenarios::printable(study.currency, 12);
  return kpi.unit.empty() || kpi.unit == "1" ? "" : ", " + kpi.unit;
}

}  // namespace

std::string answer_of(const sim::Study& study, const sim::OutcomeInfo& info, const output::KpiValues& values) {
  const std::vector<std::size_t> columns = columns_of(study, info);
  const std::string baseline = scenarios::printable(study.policies[study.baseline].name, 24);
  Table table(1, {"scenario", "policy"});
  for (std::size_t c = 0; c < columns.size(); ++c) {
    table.front().push_back(info.kpis[columns[c]].name + unit_of(info.kpis[columns[c]], study));
    if (c == 0 && study.policies.size() > 1) table.front().push_back("against " + baseline);
  }
  std::string why_no_interval;
  for (std::uint32_t s = 0; s < study.scenarios.size(); ++s)
    for (std::uint32_t p = 0; p < study.policies.size(); ++p) {
      auto& row = table.emplace_back();
      row = {p == 0 ? scenarios::printable(study.scenarios[s].name, 24) : "",
             scenarios::printable(study.policies[p].name, 24)};
      for (std::size_t c = 0; c < columns.size(); ++c) {
        row.push_back(in_short(output::mean_of(values, columns[c], study, s, p).mean));
        if (c > 0 || study.policies.size() == 1) continue;
        const auto difference = output::difference_to(values, columns[c], study, s, p, study.baseline);
        row.push_back(p == study.baseline ? "" : difference_in_short(difference.mean, difference.half_width));
        if (p != study.baseline && std::isnan(difference.half_width)) why_no_interval = difference.why_missing;
      }
    }
  std::string text = laid_out(table);
  if (study.policies.size() > 1)
    text += why_no_interval.empty()
                ? "Differences are averages of pairs that share customers and luck (not the range that one firm may "
                  "live).\n± 95 %, each alone; compare gives intervals that hold together.\n"
                : "No interval: " + why_no_interval + "\n";
  if (study.population.file) text += caveat_of(study.population.file->name);
  return text;
}

}  // namespace clientele::tools
