// Four digits are enough to see whether two numbers are the same.
#include "tools/clientele/totals/told.hpp"

#include <algorithm>
#include <cmath>

#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

namespace {

std::string value_of(const scenarios::TotalInfo& total, double value) {
  if (total.total == scenarios::Total::customers) return with_commas(static_cast<std::uint64_t>(std::llround(value)));
  return in_short(value);
}

}  // namespace

std::string totals_beside_simulated(const scenarios::Totals& totals, const YearBefore& shown) {
  Table table{{"total", "", "yours", "simulated", "sd"}};
  for (const scenarios::TotalInfo& total : scenarios::total_infos()) {
    const auto& said = totals[total.total];
    const Simulated& simulated = shown.totals[static_cast<std::size_t>(total.total)];
    table.push_back({std::string(total.key), std::string(total.unit), said ? value_of(total, *said) : "a guess",
                     value_of(total, simulated.mean), in_short(simulated.sd)});
  }
  return laid_out(table);
}

std::vector<std::string> totals_not_met(const scenarios::Totals& totals, const YearBefore& shown) {
  constexpr double deviations = 3, least_part = 0.02;
  std::vector<std::string> texts;
  for (const scenarios::TotalInfo& total : scenarios::total_infos()) {
    const auto& said = totals[total.total];
    if (!said) continue;
    const Simulated& simulated = shown.totals[static_cast<std::size_t>(total.total)];
    const double off = std::abs(simulated.mean - *said);
    if (off <= deviations * simulated.sd || off <= least_part * std::abs(*said)) continue;
    texts.push_back("totals." + std::string(total.key) + " = " + value_of(total, *said) +
                    ", and the year before month "
                    "0 has " +
                    value_of(total, simulated.mean) + " (sd " + in_short(simulated.sd) + " over populations)");
  }
  return texts;
}

}  // namespace clientele::tools
