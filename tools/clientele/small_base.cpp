// Cuts a study down to what is simulated in milliseconds.
#include "tools/clientele/small_base.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace clientele::tools {

namespace {

/// Rows of a customer file, evenly taken from all of it.
sim::CustomerFile some_of(const sim::CustomerFile& file, std::uint64_t number) {
  const auto some = [&](const auto& all) {
    auto taken = all;
    taken.clear();
    for (std::uint64_t i = 0; i < number && !all.empty(); ++i) taken.push_back(all[i * all.size() / number]);
    return taken;
  };
  sim::CustomerFile few = file;
  few.ids = some(file.ids);
  few.groups = some(file.groups);
  few.tenures = some(file.tenures);
  for (sim::CustomerFile::KnownTrait& trait : few.traits) trait.values = some(trait.values);
  return few;
}

}  // namespace

sim::Study small_base(const sim::Study& study, std::uint64_t customers, int months) {
  sim::Study few = study;
  few.population.customers = std::min(few.population.customers, customers);
  if (few.population.file) few.population.file = some_of(*few.population.file, few.population.customers);
  few.horizon.months = months;
  few.horizon.run_off = few.horizon.beyond = 0;
  few.draws = 0;
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
