// Turns integers into the numbers of a cube; what a cell does not have stays missing.
#include "output/cube/variables.hpp"

#include <algorithm>
#include <set>

#include "output/cube/kpi_texts.hpp"
#include "output/cube/parts.hpp"
#include "output/cube/wording.hpp"
#include "sim/sink.hpp"

namespace clientele::output {

using sim::Cell;
using sim::CellOutcome;
using sim::HistogramInfo;

namespace {

/// Months of the horizon at which a histogram is taken.
std::vector<int> named_months(const HistogramInfo& histogram, const sim::Study& study) {
  std::vector<int> months;
  for (const int month : histogram.months) months.push_back(month < 0 ? study.horizon.months + month : month);
  return months;
}

/// A metric of a tier over the months and groups of a place in the cube.
std::int64_t sum_over(const sim::OutcomeInfo& info, const CellOutcome& outcome, std::size_t m, std::size_t tier,
                      Span months, Span groups) {
  std::int64_t sum = 0;
  for (std::size_t t = months.from; t < months.to; ++t)
    for (std::size_t g = groups.from; g < groups.to; ++g)
      sum += outcome.counts[((t * info.tiers + tier) * info.groups + g) * info.metrics.size() + m];
  return sum;
}

/// CF's words for what was summed; empty where nothing was.
std::string cell_methods_of(const Selection& selection) {
  const std::string months = selection.sums_months() ? "month: sum" : "";
  const std::string groups = selection.sums_groups() ? "group: sum" : "";
  return months + (months.empty() || groups.empty() ? "" : " ") + groups;
}

bool is_zero(const sim::OutcomeInfo& info, const std::string& metric) {
  const auto found = std::ranges::find(info.metrics, metric, &sim::MetricInfo::name);
  return found != info.metrics.end() && found->is_zero;
}

/// How the months of a ledger follow from each other; empty where the metric is no ledger's balance.
std::string ledger_of(const Source& source, const std::string& metric) {
  const auto& ledgers = source.info.ledgers;
  const auto found = std::ranges::find(ledgers, metric, &sim::LedgerInfo::balance);
  if (found == ledgers.end()) return "";
  std::string text = metric + "[m] = " + metric + "[m-1]";
  const auto add = [&](const char* sign, const std::vector<std::string>& names, const char* month) {
    for (const std::string& name : names)
      if (!is_zero(source.info, name)) text += sign + name + month;
  };
  add(" - ", found->goes, "[m-1]");
  add(" + ", found->returns, "[m-1]");
  add(" + ", found->adds, "[m]");
  add(" - ", found->takes, "[m]");
  if (!found->opening.empty()) text += "; " + metric + "[-1] = " + found->opening + "[0]";
  return text + "; summed over tier, for each group";
}

Variable metric_variable(const Source& source, std::size_t m) {
  const sim::MetricInfo& metric = source.info.metrics[m];
  const double quantum = metric.unit == sim::MetricUnit::money ? source.study.money_quantum : 1;
  const auto fill = [&source, m, one = metric.scale * quantum](const CellOutcome& outcome, std::size_t, const Box& box,
                                                               std::span<double> values) {
    const Selection& selection = source.selection;
    const std::size_t tiers = tiers_of(source.study.policies[outcome.cell.policy]);
    const Span months = inner(box, 0), tier_span = inner(box, 1), groups = inner(box, 2);
    std::size_t at = 0;
    for (std::size_t t = months.from; t < months.to; ++t)
      for (std::size_t k = tier_span.from; k < tier_span.to; ++k)
        for (std::size_t g = groups.from; g < groups.to; ++g, ++at)
          if (k < tiers)
            values[at] = one * static_cast<double>(
                                   sum_over(source.info, outcome, m, k, selection.months[t], selection.groups[g]));
  };
  return {metric.name,
          {{"long_name", metric.meaning},
           {"units", unit_of(metric.unit, source.study.currency)},
           {"cell_methods", cell_methods_of(source.selection)},
           {"ledger", ledger_of(source, metric.name)},
           {"role", "metric"}},
          axes_of_cell_and(source, {"month", "tier", "group"}),
          fill};
}

/// The same of the months after the horizon, each by itself.
Variable metric_beyond_as_variable(const Source& source, std::size_t k) {
  const std::size_t kept = source.info.metrics_beyond().size();
  const sim::MetricInfo& metric = source.info.metrics[source.info.metrics_beyond()[k]];
  const double one = metric.scale * (metric.unit == sim::MetricUnit::money ? source.study.money_quantum : 1);
  const auto fill = [&source, k, kept, one](const CellOutcome& outcome, std::size_t, const Box& box,
                                            std::span<double> values) {
    const auto& [tiers, groups] = std::pair(source.info.tiers, source.info.groups);
    const std::size_t tiers_of_policy = tiers_of(source.study.policies[outcome.cell.policy]);
    const Span months = inner(box, 0), tier_span = inner(box, 1), group_span = inner(box, 2);
    std::size_t at = 0;
    for (std::size_t t = months.from; t < months.to; ++t)
      for (std::size_t tier = tier_span.from; tier < tier_span.to; ++tier)
        for (std::size_t g = group_span.from; g < group_span.to; ++g, ++at) {
          if (tier >= tiers_of_policy) continue;
          const Span together = source.selection.groups[g];
          std::int64_t sum = 0;
          for (std::size_t group = together.from; group < together.to; ++group)
            sum += outcome.beyond[((t * tiers + tier) * groups + group) * kept + k];
          values[at] = one * static_cast<double>(sum);
        }
  };
  return {beyond_variable(metric.name),
          {{"long_name", metric.meaning},
           {"units", unit_of(metric.unit, source.study.currency)},
           {"cell_methods", source.selection.sums_groups() ? "group: sum" : ""},
           {"role", "beyond"}},
          axes_of_cell_and(source, {"month_beyond", "tier", "group"}),
          fill};
}

Variable kpi_as_variable(const Source& source, std::size_t i) {
  const sim::KpiInfo& kpi = source.info.kpis[i];
  const auto fill = [&source, i](const CellOutcome& outcome, std::size_t point, const Box&, std::span<double> values) {
    values[0] = sim::evaluate(source.kpi(i, point), source.info, source.study.money_quantum, outcome);
  };
  return {kpi_variable(kpi.name), attributes_of(words_of(kpi, source.study.currency)), cell_axes(source), fill};
}

/// The months of the horizon that a KPI looks at, each by itself, whatever is summed of metrics.
Variable series_as_variable(const Source& source, std::size_t i) {
  const sim::KpiInfo& kpi = source.info.kpis[i];
  const auto fill = [&source, i](const CellOutcome& outcome, std::size_t point, const Box& box,
                                 std::span<double> values) {
    const sim::Series series =
        sim::evaluate_by_month(source.kpi(i, point), source.info, source.study.money_quantum, outcome);
    const Span months = inner(box, 0);
    for (std::size_t t = months.from; t < months.to; ++t) values[t - months.from] = series[t];
  };
  return {kpi.monthly->series, attributes_of(*kpi.monthly, source.study.currency),
          axes_of_cell_and(source, {horizon_axis}), fill};
}

/// Moves from tier to tier over the months and groups of a place in the cube.
std::int64_t flows_over(const sim::OutcomeInfo& info, const CellOutcome& outcome, std::size_t from, std::size_t to,
                        Span months, Span groups) {
  std::int64_t sum = 0;
  for (std::size_t t = months.from; t < months.to; ++t)
    for (std::size_t g = groups.from; g < groups.to; ++g)
      sum += outcome.flows[((t * info.tiers + from) * info.tiers + to) * info.groups + g];
  return sum;
}

Variable flow_as_variable(const Source& source) {
  const auto fill = [&source](const CellOutcome& outcome, std::size_t, const Box& box, std::span<double> values) {
    const Selection& selection = source.selection;
    const std::size_t tiers = tiers_of(source.study.policies[outcome.cell.policy]);
    const Span months = inner(box, 0), from = inner(box, 1), to = inner(box, 2), groups = inner(box, 3);
    std::size_t at = 0;
    for (std::size_t t = months.from; t < months.to; ++t)
      for (std::size_t k = from.from; k < from.to; ++k)
        for (std::size_t k_to = to.from; k_to < to.to; ++k_to)
          for (std::size_t g = groups.from; g < groups.to; ++g, ++at)
            if (k < tiers && k_to < tiers)
              values[at] = static_cast<double>(
                  flows_over(source.info, outcome, k, k_to, selection.months[t], selection.groups[g]));
  };
  return {flow_variable,
          {{"long_name", "customers under review, by the tier that they held and the tier that they were given"},
           {"units", "1"},
           {"cell_methods", cell_methods_of(source.selection)},
           {"role", "flow"}},
          axes_of_cell_and(source, {"month", "tier", "tier_to", "group"}),
          fill};
}

Variable aged_metric_as_variable(const Source& source, std::size_t m) {
  const sim::MetricInfo& metric = source.info.aged[m];
  const double one = metric.scale * (metric.unit == sim::MetricUnit::money ? source.study.money_quantum : 1);
  const auto fill = [&source, m, one](const CellOutcome& outcome, std::size_t, const Box& box,
                                      std::span<double> values) {
    const Span months = inner(box, 0), ages = inner(box, 1);
    std::size_t at = 0;
    for (std::size_t t = months.from; t < months.to; ++t)
      for (std::size_t age = ages.from; age < ages.to; ++age, ++at)
        values[at] =
            one * static_cast<double>(outcome.by_age[(t * source.info.aged.size() + m) * source.info.ages + age]);
  };
  return {metric.name,
          {{"long_name", metric.meaning}, {"units", unit_of(metric.unit, source.study.currency)}, {"role", "by_age"}},
          axes_of_cell_and(source, {all_months_axis, "age"}),
          fill};
}

enum class BinPart { customers, sum };

/// The bins of a cell's histogram in one month and group, or nothing.
const std::vector<sim::HistogramBin>* bins_of(const Source& source, std::size_t h, const CellOutcome& outcome,
                                              int month, std::size_t group) {
  const std::vector<int> months = named_months(source.info.histograms[h], source.study);
  const auto named = std::find(months.begin(), months.end(), month);
  if (named == months.end()) return nullptr;
  const auto m = static_cast<std::size_t>(named - months.begin());
  return &outcome.histograms[h].at(m * source.info.groups + group);
}

Variable histogram_as_variable(const Source& source, std::size_t h, const HistogramAxes& axes, BinPart part) {
  const HistogramInfo& histogram = source.info.histograms[h];
  const bool money = part == BinPart::sum && histogram.unit == sim::MetricUnit::money;
  const auto fill = [&source, &axes, h, part, one = money ? source.study.money_quantum : 1.0](
                        const CellOutcome& outcome, std::size_t, const Box& box, std::span<double> values) {
    const Span months = inner(box, 0), groups = inner(box, 1), bins = inner(box, 2);
    std::size_t row = 0;
    for (std::size_t t = months.from; t < months.to; ++t)
      for (std::size_t g = groups.from; g < groups.to; ++g, row += bins.to - bins.from) {
        const Span together = source.selection.groups[g];
        for (std::size_t from = together.from; from < together.to; ++from) {
          const auto* occupied = bins_of(source, h, outcome, axes.months[t], from);
          if (!occupied) continue;
          if (from == together.from)
            for (std::size_t b = bins.from; b < bins.to; ++b) values[row + b - bins.from] = 0;
          for (const sim::HistogramBin& bin : *occupied) {
            const auto at = static_cast<std::size_t>(std::lower_bound(axes.bins.begin(), axes.bins.end(), bin.bin) -
                                                     axes.bins.begin());
            const std::int64_t count = part == BinPart::customers ? bin.customers : bin.sum;
            if (at >= bins.from && at < bins.to) values[row + at - bins.from] += static_cast<double>(count);
          }
        }
        for (std::size_t b = bins.from; b < bins.to; ++b) values[row + b - bins.from] *= one;  // of an exact sum
      }
  };
  const bool customers = part == BinPart::customers;
  return {histogram_variable(histogram.name, customers ? "customers" : "sum"),
          {{"long_name", histogram.meaning + (customers ? ": customers by bin" : ": sum by bin")},
           {"units", customers ? "1" : unit_of(histogram.unit, source.study.currency)},
           {"role", "histogram"}},
          axes_of_cell_and(source, {"histogram_month", "group", "bin"}),
          fill};
}

/// All cells are looked at, since the cube's axis must be known before its first number.
void gather_bins(const Source& source, std::set<std::int32_t>& bins) {
  const std::vector<Cell> cells = sim::cells_by_number(sim::cell_axes_of(source.study));
  for (std::size_t point = 0; point < source.details.points.places(); ++point)
    for (const Cell& cell : cells) {
      if (!source.outcomes.contains(cell, point)) continue;
      for (const auto& histogram : source.outcomes.read(cell, point).histograms)
        for (const auto& counted : histogram)
          for (const sim::HistogramBin& bin : counted) bins.insert(bin.bin);
    }
}

}  // namespace

const sim::KpiInfo& Source::kpi(std::size_t number, std::size_t point) const {
  const auto& kpis = details.points.kpis;
  return kpis.empty() || kpis[point].empty() ? info.kpis[number] : kpis[point][number];
}

Extent extent_of_cells(const Source& source) {
  const sim::CellAxes axes = sim::cell_axes_of(source.study);
  return {source.details.points.places(), axes.scenarios, axes.policies, axes.draws, axes.replications};
}

std::vector<std::string> cell_axes(const Source& source) {
  std::vector<std::string> axes{"scenario", "policy", "draw", "replication"};
  if (source.has_points()) axes.insert(axes.begin(), points_axis);
  return axes;
}

std::vector<std::string> axes_of_cell_and(const Source& source, const std::vector<std::string>& more) {
  std::vector<std::string> axes = cell_axes(source);
  axes.insert(axes.end(), more.begin(), more.end());
  return axes;
}

Span inner(const Box& box, std::size_t axis) {
  const std::size_t at = axes_before_months + axis;
  return {box.start[at], box.start[at] + box.count[at]};
}

HistogramAxes histogram_axes(const Source& source) {
  std::set<int> months;
  std::set<std::int32_t> bins;
  for (const std::size_t h : source.selection.histograms)
    for (const int month : named_months(source.info.histograms[h], source.study))
      if (month >= 0 && static_cast<std::size_t>(month) < source.info.months) months.insert(month);
  if (months.empty()) months.insert(0);  // an axis has at least one place
  if (!source.selection.histograms.empty()) gather_bins(source, bins);
  if (bins.empty()) bins.insert(0);
  return {{months.begin(), months.end()}, {bins.begin(), bins.end()}};
}

std::vector<Variable> all_variables(const Source& source, const HistogramAxes& axes) {
  std::vector<Variable> variables;
  for (const std::size_t m : source.selection.metrics) variables.push_back(metric_variable(source, m));
  for (const std::size_t k : source.selection.metrics_beyond) variables.push_back(metric_beyond_as_variable(source, k));
  for (std::size_t i = 0; i < source.info.kpis.size(); ++i) variables.push_back(kpi_as_variable(source, i));
  for (const std::size_t i : source.info.series()) variables.push_back(series_as_variable(source, i));
  for (const std::size_t h : source.selection.histograms)
    for (const BinPart part : {BinPart::customers, BinPart::sum})
      variables.push_back(histogram_as_variable(source, h, axes, part));
  variables.push_back(flow_as_variable(source));
  for (std::size_t m = 0; m < source.info.aged.size() && source.info.by_age() > 0; ++m)
    variables.push_back(aged_metric_as_variable(source, m));
  for (Variable& variable : variables_of_parts(source)) variables.push_back(std::move(variable));
  return variables;
}

}  // namespace clientele::output
