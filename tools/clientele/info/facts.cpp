// A study implies its axes and variables; a cube has them written down.
#include "tools/clientele/info/facts.hpp"

#include <sstream>

#include "output/cube/selection.hpp"
#include "output/cube/wording.hpp"

namespace clientele::tools {
Facts facts_of(const sim::Study& study, const sim::OutcomeInfo& info) {
  const output::Selection selection = output::selection_of(study, info);
  Facts facts;
  facts.title = study.title;
  facts.question = study.question;
  facts.currency = study.currency;
  facts.baseline = study.policies[study.baseline].name;
  facts.headline = study.headline;
  facts.study_digest = study.digest;
  if (study.population.file) facts.customer_file = study.population.file->name;
  facts.people = output::name_of(study.population.people);
  facts.luck = output::name_of(study.luck);
  facts.warnings = study.warnings;
  facts.same_money_to_come = study.same_money;
  for (std::size_t s = 0; s < study.scenarios.size(); ++s)
    facts.scenarios.push_back({study.scenarios[s].name, info.texts.scenario_shocks.at(s)});
  facts.groups = selection.group_names;
  for (const std::size_t h : selection.histograms) facts.histograms.push_back(info.histograms[h].name);
  for (const sim::Uncertain& uncertain : study.uncertain) facts.uncertain.push_back(uncertain.path);
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const sim::Policy& policy = study.policies[p];
    PolicyFacts& told = facts.policies.emplace_back(
        PolicyFacts{policy.name,
                    info.texts.policy_rules.at(p),
                    policy.same_money_as ? study.policies.at(*policy.same_money_as).name : "",
                    {},
                    policy.twin ? study.policies.at(*policy.twin).name : "",
                    policy.held,
                    policy.blend});
    for (std::size_t t = 0; t < policy.tiers.size(); ++t)
      told.tiers.push_back({policy.tiers[t].name, info.texts.tier_rules[p].at(t), info.texts.tier_levers[p].at(t)});
  }
  for (const std::size_t m : selection.metrics)
    facts.metrics.push_back({.name = info.metrics[m].name,
                             .meaning = info.metrics[m].meaning,
                             .unit = output::unit_of(info.metrics[m].unit, study.currency)});
  facts.zero_metrics = selection.zero;
  for (const sim::KpiInfo& kpi : info.kpis)
    facts.kpis.push_back({.name = kpi.name,
                          .meaning = kpi.meaning,
                          .unit = output::unit_of(kpi, study.currency),
                          .formula = output::formula_of(kpi),
                          .direction = output::direction_of(kpi.direction)});
  for (const std::size_t k : info.series()) {
    const sim::MonthlyRule& rule = *info.kpis[k].monthly;
    facts.series.push_back({.name = rule.series,
                            .meaning = rule.meaning,
                            .unit = output::unit_of(rule, study.currency),
                            .formula = output::formula_of(rule)});
  }
  facts.draws = sim::cell_axes_of(study).draws;
  facts.replications = study.replications;
  facts.months = info.months;
  facts.month_places = selection.months.size();
  facts.run_off = static_cast<std::size_t>(study.horizon.run_off);
  facts.beyond = info.closed;
  facts.tiers = info.tiers;
  facts.seed = study.seed;
  facts.customers = static_cast<double>(study.population.customers);
  facts.warmup = study.horizon.warmup;
  facts.assumptions = info.assumptions;
  facts.levers = info.levers;
  return facts;
}

Facts facts_of(const output::CubeReader& cube) {
  const output::CubeReader::Axes& axes = cube.axes();
  Facts facts;
  facts.title = cube.text_or_empty("title");
  facts.question = cube.text_or_empty("question");
  facts.currency = cube.text_or_empty("currency");
  facts.baseline = cube.text_or_empty("baseline");
  facts.headline = cube.text_or_empty("headline");
  facts.study_digest = cube.text_or_empty("study_digest");
  std::istringstream options(cube.text_or_empty("study_options"));
  for (std::string option; std::getline(options, option);) facts.options.push_back(option);
  facts.customer_file = cube.text_or_empty("customer_file");
  facts.people = cube.text("people");
  facts.beginning = cube.text_or_empty("beginning");
  facts.luck = cube.text("luck");
  const output::CubeTexts& texts = cube.texts();
  facts.warnings = texts.warnings;
  for (std::size_t s = 0; s < axes.scenarios.size(); ++s)
    facts.scenarios.push_back({axes.scenarios[s], texts.study.scenario_shocks[s]});
  facts.groups = axes.groups;
  facts.histograms = cube.histograms();
  facts.uncertain = cube.parameters();
  for (std::size_t p = 0; p < axes.policies.size(); ++p) {
    const std::optional<std::size_t> of = texts.same_money_as[p];
    PolicyFacts& policy = facts.policies.emplace_back(PolicyFacts{
        .name = axes.policies[p], .rule = texts.study.policy_rules[p], .same_money_as = of ? axes.policies[*of] : ""});
    if (const std::optional<output::HeldTiers>& held = texts.held[p])
      policy.twin = axes.policies[held->twin], policy.held = held->how, policy.blend = held->blend;
    for (std::size_t t = 0; t < axes.tiers; ++t)
      if (!cube.tier_name(p, t).empty())
        policy.tiers.push_back({cube.tier_name(p, t), texts.study.tier_rules[p][t], texts.study.tier_levers[p][t]});
  }
  for (const std::string& name : cube.metrics())
    facts.metrics.push_back(
        {.name = name, .meaning = cube.metric_text(name, "long_name"), .unit = cube.metric_text(name, "units")});
  facts.zero_metrics = cube.zero_metrics();
  for (const std::string& name : cube.kpis())
    facts.kpis.push_back({.name = name,
                          .meaning = cube.kpi_text(name, "long_name"),
                          .unit = cube.kpi_text(name, "units"),
                          .formula = cube.kpi_text(name, "formula"),
                          .direction = cube.kpi_text(name, "direction")});
  for (const std::string& name : cube.series_names())
    facts.series.push_back({.name = name,
                            .meaning = cube.series_text(name, "long_name"),
                            .unit = cube.series_text(name, "units"),
                            .formula = cube.series_text(name, "formula")});
  facts.draws = axes.draws;
  facts.replications = axes.replications;
  facts.month_places = axes.months;
  for (std::size_t place = 0; place < axes.months; ++place) {
    const auto summed = static_cast<std::size_t>(axes.months_summed[place]);
    facts.months += summed;
    if (axes.run_off[place]) facts.run_off += summed;
  }
  facts.beyond = axes.closed;
  facts.tiers = axes.tiers;
  facts.seed = cube.number("seed");
  facts.customers = cube.number("customers");
  facts.warmup = cube.number("warmup");
  facts.assumptions = cube.assumptions();
  facts.levers = cube.levers();
  facts.cube = {cube.text("cube_format"), cube.text_or_empty("model_version"), cube.text("data_hash"),
                cube.cells_of_all_points(), cube.cells_done_at_all_points()};
  const output::CubePoints& points = cube.points();
  facts.sweep = sweep_facts_of({.paths = points.paths, .units = points.units, .points = points.values});
  return facts;
}

std::optional<SweepFacts> sweep_facts_of(const scenarios::Sweep& sweep) {
  if (sweep.empty()) return std::nullopt;
  SweepFacts facts{sweep.design, sweep.points.size(), {}};
  for (std::size_t n = 0; n < sweep.paths.size(); ++n) {
    const auto [low, high, values] = scenarios::range_of(sweep, n);
    facts.numbers.push_back({sweep.paths[n], sweep.units[n], low, high, values});
  }
  return facts;
}

}  // namespace clientele::tools
