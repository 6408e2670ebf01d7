// A small study of the defaults, once.
#include "tools/clientele/fitted/neutral.hpp"

#include <algorithm>
#include <string>

#include "models/catalogue.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"

namespace clientele::tools {

namespace {

constexpr const char* defaults = R"toml(
[horizon]
months = 12
warmup = 24
[beyond]
months = 0
[population]
customers = 1_000
[[scenario]]
name = "baseline"
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ { name = "all" } ]
[experiment]
replications = 2
)toml";

}  // namespace

double satisfaction_under(const std::string& service) {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = scenarios::read_study_text(defaults + service, "the default service", ".", catalogue).study;
  const sim::Plan plan(study, catalogue);
  sim::MemorySink sink;
  plan.run(sim::all_cells(study), sink);
  const auto& kpis = plan.info().kpis;
  const auto kpi = std::ranges::find(kpis, "satisfaction", &sim::KpiInfo::name);
  sim::expects(kpi != kpis.end(), "satisfaction is a KPI");
  double sum = 0;
  for (const auto& [cell, outcome] : sink.outcomes())
    sum += sim::evaluate(*kpi, plan.info(), study.money_quantum, outcome);
  return sum / static_cast<double>(sink.outcomes().size());
}

double neutral_reference() {
  static const double reference = satisfaction_under("");
  return reference;
}

double neutral_reference(double late_deliveries) {
  return satisfaction_under("[service]\nlate_chance = " + std::to_string(late_deliveries) + "\n");
}

double default_performance() {
  static const double performance = [] {
    const sim::Catalogue catalogue = models::catalogue();
    const sim::FieldRef at = catalogue.field_at("satisfaction.performance");
    return catalogue.tables()[at.table].fields.fields()[at.field].standard.numbers[0];
  }();
  return performance;
}

}  // namespace clientele::tools
