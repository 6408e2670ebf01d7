// Cuts a study down to what is simulated in milliseconds.
#include "tools/clientele/small_base.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "tools/clientele/fewer_customers.hpp"

namespace clientele::tools {

sim::Study small_base(const sim::Study& study, std::uint64_t customers, int months) {
  sim::Study few = study;
  take_customers(few.population, std::min(few.population.customers, customers));
  few.horizon.months = months;
  few.horizon.run_off = few.horizon.beyond = 0;
  few.draws = 0;
  few.uncertain.clear();  // whose places may be those of policies that are not here
  few.count = {};
  return few;
}

SmallBase::SmallBase(const sim::Study& study, const sim::Catalogue& catalogue, std::uint64_t customers, int months,
                     std::uint32_t policy)
    : study_(small_base(study, customers, months)), plan_(study_, catalogue) {
  sim::RunOptions alone;
  alone.threads = 1;
  plan_.run({{0, policy, 0, 0}}, sink_, alone);
}

double SmallBase::kpi(std::string_view name) const {
  const auto& kpis = plan_.info().kpis;
  const auto found = std::ranges::find(kpis, name, &sim::KpiInfo::name);
  sim::expects(found != kpis.end(), "the catalogue has this KPI");
  return sim::evaluate(*found, plan_.info(), study_.money_quantum, sink_.outcomes().begin()->second);
}

std::int64_t SmallBase::total(std::string_view metric) const {
  const auto& metrics = plan_.info().metrics;
  const auto found = std::ranges::find(metrics, metric, &sim::MetricInfo::name);
  sim::expects(found != metrics.end(), "the catalogue has this metric");
  const auto& counts = sink_.outcomes().begin()->second.counts;
  std::int64_t sum = 0;
  for (auto at = static_cast<std::size_t>(found - metrics.begin()); at < counts.size(); at += metrics.size())
    sum += counts[at];
  return sum;
}

}  // namespace clientele::tools
