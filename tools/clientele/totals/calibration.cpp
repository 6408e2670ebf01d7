// All populations live the same luck in each step, so that a few steps come as near as the numbers are written.
#include "tools/clientele/totals/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/study_reader.hpp"
#include "tools/clientele/totals/base.hpp"
#include "tools/clientele/totals/written_study.hpp"

namespace clientele::tools {

namespace {

constexpr int most_steps = 10;
constexpr double near = 2 * BaseOfTotals::near;

/// One total that cannot be met, such as a loss that two customers decide, leaves the others their say.
double all_differences(const scenarios::Totals& totals, const YearBefore& shown) {
  constexpr double far = 0.05;
  double sum = 0;
  for (const scenarios::TotalInfo& total : scenarios::total_infos())
    sum += std::min(far, difference_of(total.total, totals, shown));
  return sum;
}

double largest_difference(const scenarios::Totals& totals, const YearBefore& shown) {
  double largest = 0;
  for (const scenarios::TotalInfo& total : scenarios::total_infos())
    largest = std::max(largest, difference_of(total.total, totals, shown));
  return largest;
}

}  // namespace

std::uint64_t customers_of_a_look(double customers, double orders_a_month) {
  constexpr double most = 20'000, fewest = 500, orders_of_all = 2e5;
  const double enough = std::clamp(orders_of_all / std::max(1.0, orders_a_month), fewest, most);
  return static_cast<std::uint64_t>(std::min(customers, enough));
}

double difference_of(scenarios::Total total, const scenarios::Totals& totals, const YearBefore& shown) {
  const auto& said = totals[total];
  if (!said) return 0;
  const double simulated = shown.totals[static_cast<std::size_t>(total)].mean;
  const double off = *said == 0 ? (simulated == 0 ? 0 : 1) : std::abs(simulated / *said - 1);
  return std::isnan(off) ? 1 : off;
}

Calibrated calibrated(const scenarios::Totals& totals, const sim::Catalogue& catalogue) {
  BaseOfTotals base(totals, catalogue);
  Calibrated best;
  double least = 1e9;
  for (int step = 0; step < most_steps && (step == 0 || best.off > near); ++step) {
    Calibrated next{written_study(base.base(), totals), {}, 0};
    const auto reading = scenarios::read_study_text(next.text, "the study", ".", catalogue);
    const std::uint64_t customers = customers_of_a_look(base.base().customers, base.base().orders_a_month);
    next.shown = year_before(reading.study, catalogue, populations_of_totals, customers);
    next.off = largest_difference(totals, next.shown);
    std::vector<double> means;
    for (const Simulated& total : next.shown.totals) means.push_back(total.mean);
    base.move(means);
    if (const double off = all_differences(totals, next.shown); off < least) least = off, best = std::move(next);
  }
  return best;
}

}  // namespace clientele::tools
