// A KPI of a part is evaluated from the part's own counts, never made of other parts' KPIs.
#include "output/cube/parts.hpp"

#include <algorithm>

#include "output/cube/kpi_texts.hpp"
#include "sim/core/check.hpp"
#include "sim/sink.hpp"

namespace clientele::output {

using sim::CellOutcome;

namespace {

std::size_t tiers_of_policy(const Source& source, const CellOutcome& outcome) {
  return tiers_of(source.study.policies[outcome.cell.policy]);
}

/// What is said of the KPI itself, without its part in an answer.
std::vector<std::pair<std::string, std::string>> texts_of(const Source& source, const sim::KpiInfo& kpi, ByAxis axis) {
  const KpiTexts words = words_of(kpi, source.study.currency);
  return {{"long_name", words.meaning + ", of each " + name_of(axis)},
          {"units", words.unit},
          {"formula", words.formula},
          {"direction", direction_of(words.direction)},
          {"role", "kpi_by_" + name_of(axis)}};
}

Variable kpi_by_tier(const Source& source, std::size_t i) {
  const sim::KpiInfo& kpi = source.info.kpis[i];
  const auto fill = [&source, i](const CellOutcome& outcome, std::size_t point, const Box& box,
                                 std::span<double> values) {
    const Span tiers = inner(box, 0);
    for (std::size_t k = tiers.from; k < std::min(tiers.to, tiers_of_policy(source, outcome)); ++k)
      values[k - tiers.from] =
          sim::evaluate(source.kpi(i, point), source.info, source.study.money_quantum, outcome, {.tier = k});
  };
  return {kpi_variable(kpi.name, ByAxis::tier), texts_of(source, kpi, ByAxis::tier), axes_of_cell_and(source, {"tier"}),
          fill};
}

/// By group or by class, whose place in the counts `part` names.
Variable kpi_by_place(const Source& source, std::size_t i, ByAxis axis, const char* axis_name,
                      std::optional<std::size_t> sim::CustomersOf::*part) {
  const sim::KpiInfo& kpi = source.info.kpis[i];
  const auto fill = [&source, i, part](const CellOutcome& outcome, std::size_t point, const Box& box,
                                       std::span<double> values) {
    const Span places = inner(box, 0);
    for (std::size_t place = places.from; place < places.to; ++place) {
      sim::CustomersOf of;
      of.*part = place;
      values[place - places.from] =
          sim::evaluate(source.kpi(i, point), source.info, source.study.money_quantum, outcome, of);
    }
  };
  return {kpi_variable(kpi.name, axis), texts_of(source, kpi, axis), axes_of_cell_and(source, {axis_name}), fill};
}

/// Integers over the months of the horizon: of a metric, in a tier and in what is counted apart [from, to).
std::int64_t over_horizon(const sim::OutcomeInfo& info, const CellOutcome& outcome, std::size_t m, std::size_t tier,
                          Span counted) {
  std::int64_t sum = 0;
  for (std::size_t t = 0; t < info.horizon(); ++t)
    for (std::size_t g = counted.from; g < counted.to; ++g)
      sum += outcome.counts[((t * info.tiers + tier) * info.groups + g) * info.metrics.size() + m];
  return sum;
}

/// What one of a metric's integers stands for.
double value_of_one(const Source& source, const sim::MetricInfo& metric) {
  return metric.scale * (metric.unit == sim::MetricUnit::money ? source.study.money_quantum : 1);
}

Variable sum_by_class_as_variable(const Source& source, std::size_t m) {
  const sim::MetricInfo& metric = source.info.metrics[m];
  const auto fill = [&source, m, one = value_of_one(source, metric)](const CellOutcome& outcome, std::size_t,
                                                                     const Box& box, std::span<double> values) {
    const Span classes = inner(box, 0);
    for (std::size_t c = classes.from; c < classes.to; ++c) {
      std::int64_t sum = 0;
      for (std::size_t k = 0; k < tiers_of_policy(source, outcome); ++k)
        sum += over_horizon(source.info, outcome, m, k, {c, c + 1});
      values[c - classes.from] = one * static_cast<double>(sum);
    }
  };
  return {sum_by_class_variable(metric.name),
          {{"long_name", metric.meaning + ", of each class"},
           {"units", unit_of(metric.unit, source.study.currency)},
           {"cell_methods", "month: sum tier: sum"},
           {"role", "sum_by_class"}},
          axes_of_cell_and(source, {classes_axis}),
          fill};
}

Variable sum_as_variable(const Source& source, std::size_t m) {
  const sim::OutcomeInfo& info = source.info;
  const sim::MetricInfo& metric = info.metrics[m];
  const auto fill = [&source, &info, m, one = value_of_one(source, metric)](const CellOutcome& outcome, std::size_t,
                                                                            const Box& box, std::span<double> values) {
    const Span tiers = inner(box, 0), groups = inner(box, 1);
    std::size_t at = 0;
    for (std::size_t k = tiers.from; k < tiers.to; ++k)
      for (std::size_t g = groups.from; g < groups.to; ++g, ++at)
        if (k < tiers_of_policy(source, outcome))
          values[at] =
              one * static_cast<double>(over_horizon(info, outcome, m, k, {g * info.classes, (g + 1) * info.classes}));
  };
  return {sum_variable(metric.name),
          {{"long_name", metric.meaning},
           {"units", unit_of(metric.unit, source.study.currency)},
           {"cell_methods", "month: sum"},
           {"role", "sum"}},
          axes_of_cell_and(source, {"tier", groups_axis}),
          fill};
}

/// Month 0 is left out, in which a policy sorts all customers anew.
Variable flow_sum_as_variable(const Source& source) {
  const sim::OutcomeInfo& info = source.info;
  const auto fill = [&source, &info](const CellOutcome& outcome, std::size_t, const Box& box,
                                     std::span<double> values) {
    const std::size_t tiers = tiers_of_policy(source, outcome);
    const Span from = inner(box, 0), to = inner(box, 1), groups = inner(box, 2);
    std::size_t at = 0;
    for (std::size_t k = from.from; k < from.to; ++k)
      for (std::size_t k_to = to.from; k_to < to.to; ++k_to)
        for (std::size_t g = groups.from; g < groups.to; ++g, ++at) {
          if (k >= tiers || k_to >= tiers) continue;
          std::int64_t sum = 0;
          for (std::size_t t = 1; t < info.horizon(); ++t)
            for (std::size_t counted = g * info.classes; counted < (g + 1) * info.classes; ++counted)
              sum += outcome.flows[((t * info.tiers + k) * info.tiers + k_to) * info.groups + counted];
          values[at] = static_cast<double>(sum);
        }
  };
  return {sum_variable(flow_variable),
          {{"long_name",
            "customers under review after month 0, by the tier that they held and the tier that they were given"},
           {"units", "1"},
           {"cell_methods", "month: sum"},
           {"role", "sum"}},
          axes_of_cell_and(source, {"tier", "tier_to", groups_axis}),
          fill};
}

}  // namespace

bool is_told_by(const sim::KpiInfo& kpi, ByAxis axis) {
  if (kpi.needs_ages()) return false;
  return axis == ByAxis::group || (axis == ByAxis::tier ? !kpi.monthly : adds_up(kpi));
}

bool adds_up(const sim::KpiInfo& kpi) {
  if (kpi.monthly || !kpi.denominator.empty()) return false;
  return kpi.rule == sim::KpiRule::total || kpi.rule == sim::KpiRule::discounted_total ||
         kpi.rule == sim::KpiRule::last;
}

std::vector<Variable> variables_of_parts(const Source& source) {
  std::vector<Variable> variables;
  for (std::size_t i = 0; i < source.info.kpis.size(); ++i) {
    if (is_told_by(source.info.kpis[i], ByAxis::tier)) variables.push_back(kpi_by_tier(source, i));
    if (is_told_by(source.info.kpis[i], ByAxis::group))
      variables.push_back(kpi_by_place(source, i, ByAxis::group, groups_axis, &sim::CustomersOf::group));
    if (source.info.classes > 1 && is_told_by(source.info.kpis[i], ByAxis::customer_class))
      variables.push_back(kpi_by_place(source, i, ByAxis::customer_class, classes_axis, &sim::CustomersOf::one_class));
  }
  const auto& metrics = source.info.metrics;
  for (const std::string& name : source.details.summed) {
    const auto metric = std::ranges::find(metrics, name, &sim::MetricInfo::name);
    sim::expects(metric != metrics.end(), "a sum is of a metric that is counted");
    if (std::ranges::count(source.selection.zero, name) > 0) continue;
    const auto m = static_cast<std::size_t>(metric - metrics.begin());
    variables.push_back(sum_as_variable(source, m));
    if (source.info.classes > 1) variables.push_back(sum_by_class_as_variable(source, m));
  }
  variables.push_back(flow_sum_as_variable(source));
  return variables;
}

}  // namespace clientele::output
