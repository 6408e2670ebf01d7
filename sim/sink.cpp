// Turns the counts of a cell into KPIs, and cells into statistics: in a fixed order and without libm, for equal bits.
#include "sim/sink.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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

/// One side of a formula: weighted metrics, added up over tiers and groups.
class Side {
 public:
  Side(const std::vector<Term>& terms, const OutcomeInfo& info, std::span<const std::int64_t> counts)
      : info_(info), counts_(counts) {
    for (const Term& term : terms) {
      const std::size_t metric = metric_index(info, term.metric);
      const MetricInfo& described = info.metrics[metric];
      expects(places_.empty() || is_money_ == (described.unit == MetricUnit::money),
              "a KPI does not add money to what is not money");
      is_money_ = described.unit == MetricUnit::money;
      places_.push_back({metric, term.weight * described.scale});
    }
  }

  bool empty() const { return places_.empty(); }
  bool is_money() const { return is_money_; }

  double month(std::size_t t) const { return over(t, t + 1); }
  double total() const { return over(0, info_.months); }
  double total_of_horizon() const { return over(0, info_.months - info_.run_off); }

 private:
  struct Place {
    std::size_t metric;
    double value_of_one;
  };

  /// Integers are added before anything is rounded.
  double over(std::size_t first_month, std::size_t last_month) const {
    const std::size_t metrics = info_.metrics.size(), slab = info_.tiers * info_.groups * metrics;
    double sum = 0;
    for (const Place& place : places_) {
      std::int64_t count = 0;
      for (std::size_t at = first_month * slab + place.metric; at < last_month * slab; at += metrics)
        count += counts_[at];
      sum += place.value_of_one * static_cast<double>(count);
    }
    return sum;
  }

  const OutcomeInfo& info_;
  std::span<const std::int64_t> counts_;
  std::vector<Place> places_;
  bool is_money_ = false;
};

/// A formula bound to the counts of a cell.
class Formula {
 public:
  Formula(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum, std::span<const std::int64_t> counts)
      : kpi_(kpi),
        months_(info.months),
        horizon_(info.months - info.run_off),
        above_(kpi.numerator, info, counts),
        below_(kpi.denominator, info, counts) {
    if (above_.is_money()) numerator_unit_ = money_quantum;
    if (below_.is_money()) denominator_unit_ = money_quantum;
    if (above_.is_money() && below_.is_money()) numerator_unit_ = denominator_unit_ = 1;  // cancels out
  }

  double value() const {
    switch (kpi_.rule) {
      case KpiRule::total:
        return scaled(above_.total(), 1);
      case KpiRule::ratio:
        return scaled(above_.total_of_horizon(), denominator_unit_ * below_.total_of_horizon());
      case KpiRule::discounted_total:
        return discounted_total();
      case KpiRule::highest:
      case KpiRule::lowest:
        return extreme();
      case KpiRule::last:
        return horizon_ == 0 ? missing : month(horizon_ - 1);
      case KpiRule::first_month_above:
        return first_month_above();
    }
    return missing;
  }

 private:
  double scaled(double numerator, double denominator) const {
    if (denominator == 0) return missing;
    return kpi_.factor * (numerator_unit_ * numerator) / denominator;
  }

  /// A month's value: the numerator, or its ratio to the denominator where the formula has one.
  double month(std::size_t t) const {
    return scaled(above_.month(t), below_.empty() ? 1 : denominator_unit_ * below_.month(t));
  }

  /// sum over t of value(t) / (1 + r)^t: month 0 counts in full.
  double discounted_total() const {
    double sum = 0, growth = 1;
    for (std::size_t t = 0; t < months_; ++t) {
      sum += numerator_unit_ * above_.month(t) / growth;
      growth *= 1 + kpi_.parameter;
    }
    return kpi_.factor * sum;
  }

  double extreme() const {
    const double sign = kpi_.rule == KpiRule::highest ? 1 : -1;
    double best = missing;
    for (std::size_t t = 0; t < horizon_; ++t) {
      const double value = month(t);
      if (std::isnan(best) || sign * value > sign * best) best = value;
    }
    return best;
  }

  double first_month_above() const {
    for (std::size_t t = 0; t < horizon_; ++t)
      if (month(t) > kpi_.parameter) return static_cast<double>(t);
    return missing;
  }

  const KpiInfo& kpi_;
  std::size_t months_, horizon_;
  Side above_, below_;
  double numerator_unit_ = 1, denominator_unit_ = 1;
};

}  // namespace

double evaluate(const KpiInfo& kpi, const OutcomeInfo& info, double money_quantum,
                std::span<const std::int64_t> counts) {
  expects(counts.size() == info.months * info.tiers * info.groups * info.metrics.size(),
          "the counts of a cell fill [month][tier][group][metric]");
  return Formula(kpi, info, money_quantum, counts).value();
}

void StatisticsSink::accept(CellOutcome&& outcome) {
  std::vector<double> kpis;
  for (const KpiInfo& kpi : info_.kpis) kpis.push_back(evaluate(kpi, info_, money_quantum_, outcome.counts));
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
