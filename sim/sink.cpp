// Turns the counts of a cell into KPIs, and cells into statistics: in a fixed order and without libm, for equal bits.
#include "sim/sink.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "sim/core/check.hpp"

namespace clientele::sim {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::size_t metric_index(const OutcomeInfo& info, const std::string& name) {
  const auto at = std::find_if(info.metrics.begin(), info.metrics.end(), [&](const auto& m) { return m.name == name; });
  expects(at != info.metrics.end(), "a KPI names metrics that exist, not \"" + name + "\"");
  return static_cast<std::size_t>(at - info.metrics.begin());
}

/// Counts by month, of all metrics or of those that are kept beyond the horizon.
struct Months {
  const OutcomeInfo& info;
  std::span<const std::int64_t> counts;
  std::vector<std::size_t> metrics;  ///< which of the outcome's metrics stand in `counts`, in their order
  const CustomersOf& of;
};

/// One side of a formula: weighted metrics, added up over the tiers and groups of a part of the customers.
class Side {
 public:
  Side(const std::vector<Term>& terms, const Months& months)
      : counts_(months.counts), slab_(months.info.tiers * months.info.groups * months.metrics.size()) {
    for (std::size_t tier = 0; tier < months.info.tiers; ++tier)
      for (std::size_t group = 0; group < months.info.groups; ++group)
        if ((!months.of.tier || *months.of.tier == tier) &&
            (!months.of.group || *months.of.group == group / months.info.classes) &&
            (!months.of.one_class || *months.of.one_class == group))
          rows_.push_back((tier * months.info.groups + group) * months.metrics.size());
    for (const Term& term : terms) {
      const std::size_t metric = metric_index(months.info, term.metric);
      const auto place = std::ranges::find(months.metrics, metric);
      expects(place != months.metrics.end(), "a formula beyond the horizon names a metric that is kept there");
      const MetricInfo& described = months.info.metrics[metric];
      expects(places_.empty() || is_money_ == (described.unit == MetricUnit::money),
              "a KPI does not add money to what is not money");
      is_money_ = described.unit == MetricUnit::money;
      places_.push_back({static_cast<std::size_t>(place - months.metrics.begin()), term.weight * described.scale});
    }
  }

  bool is_money() const { return is_money_; }
  double month(std::size_t t) const { return over(t, t + 1); }

  /// Integers are added before anything is rounded.
  double over(std::size_t first_month, std::size_t last_month) const {
    double sum = 0;
    for (const Place& place : places_) {
      std::int64_t count = 0;
      for (std::size_t t = first_month; t < last_month; ++t)
        for (const std::size_t row : rows_) count += counts_[t * slab_ + row + place.metric];
      sum += place.value_of_one * static_cast<double>(count);
    }
    return sum;
  }

 private:
  struct Place {
    std::size_t metric;
    double value_of_one;
  };
  std::span<const std::int64_t> counts_;
  std::size_t slab_;
  std::vector<std::size_t> rows_;  ///< of a month: where the metrics of a tier and group begin
  std::vector<Place> places_;
  bool is_money_ = false;
};

Months months_within(const OutcomeInfo& info, const CellOutcome& outcome, const CustomersOf& of) {
  Months months{info, outcome.counts, std::vector<std::size_t>(info.metrics.size()), of};
  std::iota(months.metrics.begin(), months.metrics.end(), std::size_t{0});
  return months;
}

/// A formula of totals, or of one month, bound to the counts of a cell: the numerator, or its ratio to the denominator
/// where it has one.
class Quotient {
 public:
  Quotient(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum, const CellOutcome& outcome,
           const CustomersOf& of)
      : kpi_(kpi),
        above_(kpi.numerator, months_within(info, outcome, of)),
        below_(kpi.denominator, months_within(info, outcome, of)) {
    if (above_.is_money()) numerator_unit_ = money_quantum;
    if (below_.is_money()) denominator_unit_ = money_quantum;
    if (above_.is_money() && below_.is_money()) numerator_unit_ = denominator_unit_ = 1;  // cancels out
  }

  double total(std::size_t months) const { return scaled(above_.over(0, months), 1); }
  double ratio(std::size_t months) const {
    return scaled(above_.over(0, months), denominator_unit_ * below_.over(0, months));
  }
  double month(std::size_t t) const {
    return scaled(above_.month(t), kpi_.denominator.empty() ? 1 : denominator_unit_ * below_.month(t));
  }

 private:
  double scaled(double numerator, double denominator) const {
    if (denominator == 0) return missing;
    return kpi_.factor * (numerator_unit_ * numerator) / denominator;
  }

  const KpiInfo& kpi_;
  Side above_, below_;
  double numerator_unit_ = 1, denominator_unit_ = 1;
};

ByAge by_age_of(const OutcomeInfo& info, const CellOutcome& outcome) {
  return {.months = info.months + info.months_beyond,
          .horizon = info.horizon(),
          .closed = info.closed,
          .beyond = info.months,
          .metrics = info.aged.size(),
          .ages = info.ages,
          .counts = outcome.by_age};
}

/// The months of the horizon by a rule of its own.
Series by_rule(const MonthlyRule& rule, const Months& months, double money_quantum, const CellOutcome& outcome) {
  const std::size_t horizon = months.info.horizon();
  std::vector<Series> inputs;
  for (const std::vector<Term>& terms : rule.inputs) {
    const Side side(terms, months);
    Series& input = inputs.emplace_back();
    for (std::size_t t = 0; t < horizon; ++t) input.push_back((side.is_money() ? money_quantum : 1) * side.month(t));
  }
  Series series;
  if (rule.function_by_age) {
    const CustomersOf& of = months.of;
    if (of.tier || of.group || of.one_class || outcome.by_age.empty()) return Series(horizon, missing);
    std::vector<double> parameters;
    for (const RuleParameter& parameter : rule.parameters) parameters.push_back(parameter.in(outcome.cell.draw));
    series = rule.function_by_age({inputs, by_age_of(months.info, outcome), parameters, money_quantum});
  } else {
    series = rule.function(inputs);
  }
  expects(series.size() == horizon, "a monthly rule gives a value for every month of the horizon");
  return series;
}

double highest_of(const Series& series, double sign) {
  double best = missing;
  for (const double value : series)
    if (std::isnan(best) || sign * value > sign * best) best = value;
  return best;
}

/// The first of equals.
double month_of_highest(const Series& series) {
  double best = missing, found = missing;
  for (std::size_t t = 0; t < series.size(); ++t) {
    const double value = series[t];
    if (std::isnan(value) || value <= best) continue;
    best = value;
    found = static_cast<double>(t);
  }
  return found;
}

double first_month_above(const Series& series, double bound) {
  for (std::size_t t = 0; t < series.size(); ++t)
    if (series[t] > bound) return static_cast<double>(t);
  return missing;
}

double of_months(const KpiInfo& kpi, const Series& series, std::uint32_t draw) {
  switch (kpi.rule) {
    case KpiRule::highest:
    case KpiRule::lowest:
      return highest_of(series, kpi.rule == KpiRule::highest ? 1 : -1);
    case KpiRule::month_of_highest:
      return month_of_highest(series);
    case KpiRule::last:
      return series.empty() ? missing : series.back();
    case KpiRule::first_month_above:
      return first_month_above(series, kpi.parameter_in(draw));
    case KpiRule::total:
    case KpiRule::ratio:
    case KpiRule::discounted_total:
      break;  // of no single month
  }
  return missing;
}

/// sum over t of (flow - r / (1 + r) x balance) / (1 + r)^t over the horizon, month 0 in full, and over the months
/// beyond it, which go on from there. A balance b that is lent for a month at rate r costs b - b / (1 + r) of today's
/// money, so that flows booked at the invoice, charged so, are worth what the cash is worth (Luecke 1955).
double discounted_total(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum, const CellOutcome& outcome,
                        const CustomersOf& of) {
  const Months within = months_within(info, outcome, of), after{info, outcome.beyond, info.metrics_beyond(), of};
  const Side flow(kpi.numerator, within), balance(kpi.balances, within);
  const Side flow_beyond(kpi.beyond, after), balance_beyond(kpi.balances_beyond, after);
  const double rate = kpi.parameter_in(outcome.cell.draw), charge = rate / (1 + rate);
  const std::size_t horizon = info.horizon();
  const std::size_t reach = kpi.reach == Reach::half ? info.closed / 2 : info.months_beyond;
  double sum = 0, growth = 1;
  for (std::size_t t = 0; t < horizon + reach; ++t, growth *= 1 + rate) {
    const bool is_beyond = t >= horizon;
    const double earned = is_beyond ? flow_beyond.month(t - horizon) : flow.month(t);
    const double lent = is_beyond ? balance_beyond.month(t - horizon) : balance.month(t);
    sum += (earned - charge * lent) / growth;
  }
  const bool money = flow.is_money() || balance.is_money() || flow_beyond.is_money() || balance_beyond.is_money();
  return kpi.factor * (money ? money_quantum : 1) * sum;
}

void check_counts(const OutcomeInfo& info, const CellOutcome& outcome) {
  expects(outcome.counts.size() == info.counts(), "the counts of a cell fill [month][tier][group][metric]");
  expects(outcome.beyond.size() == info.counts_beyond(), "so do those beyond the horizon");
  expects(outcome.by_age.empty() || outcome.by_age.size() == info.by_age(), "so do those by age");
}

}  // namespace

double evaluate(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum, const CellOutcome& outcome,
                const CustomersOf& of) {
  check_counts(info, outcome);
  expects(!kpi.monthly || (looks_at_months(kpi.rule) && kpi.factor == 1),
          "what a monthly rule gives is neither added up nor multiplied");
  if (kpi.rule == KpiRule::discounted_total) return discounted_total(kpi, info, money_quantum, outcome, of);
  if (kpi.rule == KpiRule::total) return Quotient(kpi, info, money_quantum, outcome, of).total(info.months);
  if (kpi.rule == KpiRule::ratio) return Quotient(kpi, info, money_quantum, outcome, of).ratio(info.horizon());
  return of_months(kpi, evaluate_by_month(kpi, info, money_quantum, outcome, of), outcome.cell.draw);
}

Series evaluate_by_month(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum, const CellOutcome& outcome,
                         const CustomersOf& of) {
  check_counts(info, outcome);
  expects(looks_at_months(kpi.rule), "a KPI that adds up months looks at none of them");
  if (kpi.monthly) return by_rule(*kpi.monthly, months_within(info, outcome, of), money_quantum, outcome);
  const Quotient quotient(kpi, info, money_quantum, outcome, of);
  Series series;
  for (std::size_t t = 0; t < info.horizon(); ++t) series.push_back(quotient.month(t));
  return series;
}

void StatisticsSink::accept(CellOutcome&& outcome) {
  std::vector<double> kpis;
  for (const KpiInfo& kpi : info_.kpis) kpis.push_back(evaluate(kpi, info_, money_quantum_, outcome));
  values_.insert_or_assign(outcome.cell, std::move(kpis));
}

StatisticsSink::Summary StatisticsSink::summary(std::size_t kpi, std::uint32_t scenario, std::uint32_t policy,
                                                std::uint32_t draw) const {
  expects(kpi < info_.kpis.size(), "a summary is of a KPI that exists");
  std::vector<double> present;
  for (auto at = values_.lower_bound({scenario, policy, draw, 0}); at != values_.end(); ++at) {
    const Cell& cell = at->first;
    if (cell.scenario != scenario || cell.policy != policy || cell.draw != draw) break;
    if (!std::isnan(at->second[kpi])) present.push_back(at->second[kpi]);
  }
  Summary summary{static_cast<std::int64_t>(present.size()), missing, missing};
  if (present.empty()) return summary;
  const auto n = static_cast<double>(present.size());
  double sum = 0, squares = 0;
  for (const double value : present) sum += value;
  summary.mean = sum / n;
  for (const double value : present) squares += (value - summary.mean) * (value - summary.mean);
  if (present.size() > 1) summary.variance = squares / (n - 1);
  return summary;
}

}  // namespace clientele::sim
