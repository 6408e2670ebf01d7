// A cube has it written down; of a run in memory it follows from the study.
#include "output/comparison/input.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "output/cube/wording.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "sim/gains.hpp"
#include "sim/sink.hpp"

namespace clientele::output {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The cells of several files; a cell that two of them tell must be the same.
std::vector<double> joined(const std::vector<const CubeReader*>& cubes, const std::string& kpi) {
  std::vector<double> values = cubes.front()->kpi(kpi);
  for (std::size_t c = 1; c < cubes.size(); ++c) {
    const std::vector<double> more = cubes[c]->kpi(kpi);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isnan(values[i])) values[i] = more[i];
      if (!std::isnan(more[i]) && more[i] != values[i])
        throw sim::UserError("the cubes tell different values of " + sim::in_quotes(kpi) +
                             " in one cell of one study. Was one of them made by another build of clientele?");
    }
  }
  return values;
}

std::size_t cells_done(const std::vector<const CubeReader*>& cubes) {
  const CubeReader::Axes& axes = cubes.front()->axes();
  std::size_t done = 0;
  for (std::uint32_t s = 0; s < axes.scenarios.size(); ++s)
    for (std::uint32_t p = 0; p < axes.policies.size(); ++p)
      for (std::uint32_t d = 0; d < axes.draws; ++d)
        for (std::uint32_t r = 0; r < axes.replications; ++r)
          done += std::any_of(cubes.begin(), cubes.end(), [&](const CubeReader* c) { return c->done({s, p, d, r}); });
  return done;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Sums over the tiers and groups that there are, after `months` of each future that were there already.
void append_months(std::vector<std::vector<double>>& futures, const std::vector<double>& values, std::size_t months,
                   std::size_t kept) {
  const std::size_t inner = values.size() / (futures.size() * months);
  for (std::size_t f = 0; f < futures.size(); ++f)
    for (std::size_t m = 0; m < kept; ++m) {
      double sum = 0;
      bool any = false;
      for (std::size_t i = 0; i < inner; ++i) {
        const double value = values[(f * months + m) * inner + i];
        if (std::isnan(value)) continue;
        sum += value;
        any = true;
      }
      futures[f].push_back(any ? sum : missing);
    }
}

std::vector<double> in_one(const std::vector<std::vector<double>>& futures) {
  std::vector<double> all;
  for (const auto& future : futures) all.insert(all.end(), future.begin(), future.end());
  return all;
}

std::vector<double> by_month_of(const CubeReader& cube, std::size_t horizon, const std::string& metric,
                                std::size_t scenario, std::size_t policy) {
  const CubeReader::Axes& axes = cube.axes();
  const bool summed = std::ranges::any_of(axes.months_summed, [](std::int32_t months) { return months != 1; });
  if (summed) return {};
  if (contains(cube.zero_metrics(), metric))
    return std::vector<double>(axes.draws * axes.replications * (horizon + axes.beyond));
  const bool only_beyond = !contains(cube.metrics(), metric) && cube.has_beyond(metric);
  if (!contains(cube.metrics(), metric) && !only_beyond) return {};
  std::vector<std::vector<double>> futures(axes.draws * axes.replications,
                                           std::vector<double>(only_beyond ? horizon : 0));
  if (!only_beyond) append_months(futures, cube.metric(metric, scenario, policy), axes.months, horizon);
  if (const std::size_t beyond = axes.beyond; beyond > 0 && !cube.has_beyond(metric)) return {};
  if (const std::size_t beyond = axes.beyond; beyond > 0)
    append_months(futures, cube.metric_beyond(metric, scenario, policy), beyond, beyond);
  return in_one(futures);
}

/// The same of the horizon alone.
std::vector<double> by_month_of_horizon(const CubeReader& cube, std::size_t horizon, const std::string& metric,
                                        std::size_t scenario, std::size_t policy) {
  const CubeReader::Axes& axes = cube.axes();
  const bool summed = std::ranges::any_of(axes.months_summed, [](std::int32_t months) { return months != 1; });
  if (summed) return {};
  std::vector<std::vector<double>> futures(axes.draws * axes.replications);
  if (contains(cube.zero_metrics(), metric)) return std::vector<double>(futures.size() * horizon);
  if (!contains(cube.metrics(), metric)) return {};
  append_months(futures, cube.metric(metric, scenario, policy), axes.months, horizon);
  return in_one(futures);
}

void set_start(const std::string& date, ComparisonInput& input) {
  if (std::sscanf(date.c_str(), "%d-%d", &input.first_year, &input.first_month) != 2) input.first_year = 0;
}

std::vector<DrawnNumber> drawn_in(const CubeReader& cube) {
  std::vector<DrawnNumber> drawn;
  const std::vector<double> values = cube.parameter_values();
  const std::size_t draws = cube.axes().draws;
  for (std::size_t p = 0; p < cube.parameters().size(); ++p) {
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(p * draws);
    drawn.push_back({cube.texts().study.drawn[p], {from, from + static_cast<std::ptrdiff_t>(draws)}});
  }
  return drawn;
}

std::vector<double> values_of(const sim::Study& study, const sim::OutcomeInfo& info, const Outcomes& outcomes,
                              const std::string& name) {
  const auto kpi = std::ranges::find(info.kpis, name, &sim::KpiInfo::name);
  sim::expects(kpi != info.kpis.end(), "a comparison is of a KPI that exists");
  std::vector<double> values;
  for (const sim::Cell& cell : sim::cells_by_number(sim::cell_axes_of(study))) {
    const auto outcome = outcomes.find(cell);
    values.push_back(outcome == outcomes.end() ? missing
                                               : sim::evaluate(*kpi, info, study.money_quantum, outcome->second));
  }
  return values;
}

/// Sums of a metric by month: `counts` is [month][tier][group][metric].
void append_months(std::vector<double>& sums, const std::vector<std::int64_t>& counts, std::size_t months,
                   std::size_t metrics, std::size_t metric, double one) {
  const std::size_t inner = months == 0 ? 0 : counts.size() / months;
  for (std::size_t m = 0; m < months; ++m) {
    std::int64_t sum = 0;
    for (std::size_t at = metric; at < inner; at += metrics) sum += counts[m * inner + at];
    sums.push_back(one * static_cast<double>(sum));
  }
}

std::vector<double> by_month_of(const sim::Study& study, const sim::OutcomeInfo& info, const Outcomes& outcomes,
                                const std::string& name, std::size_t scenario, std::size_t policy, Months which) {
  const auto found = std::ranges::find(info.metrics, name, &sim::MetricInfo::name);
  if (found == info.metrics.end()) return {};
  const auto metric = static_cast<std::size_t>(found - info.metrics.begin());
  const std::vector<std::size_t> kept = info.metrics_beyond();
  const auto at = std::ranges::find(kept, metric);
  const std::size_t beyond = which == Months::of_horizon ? 0 : info.months_beyond;
  if (beyond > 0 && at == kept.end()) return {};
  const double one = found->scale * (found->unit == sim::MetricUnit::money ? study.money_quantum : 1);
  const std::size_t horizon = info.months - info.run_off;
  std::vector<double> sums;
  for (std::uint32_t d = 0; d < sim::cell_axes_of(study).draws; ++d)
    for (std::uint32_t r = 0; r < study.replications; ++r) {
      const auto cell = outcomes.find({static_cast<std::uint32_t>(scenario), static_cast<std::uint32_t>(policy), d, r});
      if (cell == outcomes.end()) {
        sums.insert(sums.end(), horizon + beyond, missing);
        continue;
      }
      const std::size_t inner = info.tiers * info.groups * info.metrics.size();
      const auto& counts = cell->second.counts;
      append_months(sums, {counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(horizon * inner)}, horizon,
                    info.metrics.size(), metric, one);
      if (beyond > 0)
        append_months(sums, cell->second.beyond, beyond, kept.size(), static_cast<std::size_t>(at - kept.begin()), one);
    }
  return sums;
}

}  // namespace

const KpiTexts* ComparisonInput::kpi(const std::string& name) const {
  const auto found = std::ranges::find(kpis, name, &KpiTexts::name);
  return found == kpis.end() ? nullptr : &*found;
}

const KpiTexts* ComparisonInput::kpi(sim::KpiPart part) const {
  const auto found = std::ranges::find(kpis, part, &KpiTexts::part);
  return found == kpis.end() ? nullptr : &*found;
}

namespace {

/// By what the rules of policies say in words.
std::vector<bool> benchmarks_in(const std::vector<std::string>& rules) {
  std::vector<bool> benchmarks;
  for (const std::string& rule : rules) benchmarks.push_back(rule.find(sim::said_of_benchmarks) != std::string::npos);
  return benchmarks;
}

}  // namespace

ComparisonInput input_of(const std::vector<const CubeReader*>& cubes) {
  sim::expects(!cubes.empty(), "a comparison is of a cube");
  const CubeReader& cube = *cubes.front();
  const CubeReader::Axes& axes = cube.axes();
  ComparisonInput input;
  input.title = cube.text_or_empty("title");
  input.currency = cube.text_or_empty("currency");
  input.study_digest = cube.text("study_digest");
  input.model_version = cube.text_or_empty("model_version");
  input.data_hash = cubes.size() == 1 ? cube.text("data_hash") : "";
  input.customer_file = cube.text_or_empty("customer_file");
  input.baseline = cube.text("baseline");
  input.headline = cube.text_or_empty("headline");
  input.beside = lines_of(cube.text_or_empty("kpis_beside"));
  input.scenarios = axes.scenarios;
  input.policies = axes.policies;
  input.same_money_as = cube.texts().same_money_as;
  input.held = cube.texts().held;
  input.roll_outs = cube.texts().study.roll_outs;
  input.benchmarks = benchmarks_in(cube.texts().study.policy_rules);
  input.draws = axes.draws;
  input.replications = axes.replications;
  input.cells_done = cells_done(cubes);
  for (std::size_t m = 0; m < axes.months; ++m)
    if (!axes.run_off[m]) input.months += static_cast<std::size_t>(axes.months_summed[m]);
  input.closed = axes.closed;
  set_start(cube.start_date(), input);
  input.people = people_named(cube.text("people"));
  input.luck = luck_named(cube.text("luck"));
  for (const std::string& name : cube.kpis()) input.kpis.push_back(cube.kpi_texts(name));
  input.drawn = drawn_in(cube);
  input.assumptions = cube.assumptions();
  input.levers = cube.levers();
  input.warnings = cube.texts().warnings;
  input.share_of_ten_largest = cube.texts().share_of_ten_largest;
  input.values = [cubes](const std::string& kpi) { return joined(cubes, kpi); };
  input.by_month = [&cube, horizon = input.months, one = cubes.size() == 1](const std::string& metric,
                                                                            std::size_t scenario, std::size_t policy) {
    return one ? by_month_of(cube, horizon, metric, scenario, policy) : std::vector<double>();
  };
  input.by_month_of_horizon = [&cube, horizon = input.months, one = cubes.size() == 1](
                                  const std::string& metric, std::size_t scenario, std::size_t policy) {
    return one ? by_month_of_horizon(cube, horizon, metric, scenario, policy) : std::vector<double>();
  };
  return input;
}

ComparisonInput input_of(const sim::Study& study, const sim::OutcomeInfo& info, const CubeDetails& details,
                         const Outcomes& outcomes) {
  ComparisonInput input;
  input.title = study.title;
  input.currency = study.currency;
  input.study_digest = study.digest;
  input.model_version = details.model_version;
  input.customer_file = study.population.file ? study.population.file->name : "";
  input.baseline = study.policies[study.baseline].name;
  input.headline = study.headline;
  input.beside = study.kpis;
  for (const sim::Scenario& scenario : study.scenarios) input.scenarios.push_back(scenario.name);
  for (const sim::Policy& policy : study.policies) {
    input.policies.push_back(policy.name);
    input.same_money_as.push_back(policy.same_money_as);
    input.held.push_back(policy.twin ? std::optional(HeldTiers{*policy.twin, policy.held, policy.blend})
                                     : std::nullopt);
  }
  input.roll_outs = info.texts.roll_outs;
  input.benchmarks = benchmarks_in(info.texts.policy_rules);
  input.draws = sim::cell_axes_of(study).draws;
  input.replications = study.replications;
  input.cells_done = outcomes.size();
  input.months = static_cast<std::size_t>(study.horizon.months);
  input.closed = info.closed;
  set_start(start_date(study.horizon), input);
  input.people = study.population.people;
  input.luck = study.luck;
  for (const sim::KpiInfo& kpi : info.kpis) input.kpis.push_back(words_of(kpi, study.currency));
  for (std::size_t u = 0; u < info.texts.drawn.size() && !details.parameter_values.empty(); ++u) {
    DrawnNumber& number = input.drawn.emplace_back(DrawnNumber{info.texts.drawn[u], {}});
    for (const std::vector<double>& draw : details.parameter_values) number.values.push_back(draw.at(u));
  }
  input.assumptions = info.assumptions;
  input.levers = info.levers;
  input.warnings = study.warnings;
  input.share_of_ten_largest = details.share_of_ten_largest;
  input.values = [&study, &info, &outcomes](const std::string& kpi) { return values_of(study, info, outcomes, kpi); };
  input.by_month = [&study, &info, &outcomes](const std::string& metric, std::size_t scenario, std::size_t policy) {
    return by_month_of(study, info, outcomes, metric, scenario, policy, Months::simulated);
  };
  input.by_month_of_horizon = [&study, &info, &outcomes](const std::string& metric, std::size_t scenario,
                                                         std::size_t policy) {
    return by_month_of(study, info, outcomes, metric, scenario, policy, Months::of_horizon);
  };
  return input;
}

}  // namespace clientele::output
