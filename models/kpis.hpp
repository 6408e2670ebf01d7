// The usual forms of a KPI, for the behaviors that define one.
#pragma once
#include <utility>
#include <vector>

#include "sim/metrics.hpp"

namespace clientele::models {

using Kpis = std::vector<sim::KpiInfo>;

inline constexpr auto better = sim::Direction::higher_is_better, worse = sim::Direction::lower_is_better;

/// A number of customers or another count in the last month.
inline sim::KpiInfo kpi_at_end(const char* name, const char* meaning, sim::Direction direction, const char* metric) {
  sim::KpiInfo kpi;
  kpi.name = name;
  kpi.meaning = meaning;
  kpi.unit = "1";
  kpi.direction = direction;
  kpi.rule = sim::KpiRule::last;
  kpi.numerator = {{metric}};
  return kpi;
}

/// A sum of money metrics over the months, or another rule over them.
inline sim::KpiInfo money_kpi(const char* name, const char* meaning, sim::Direction direction, sim::KpiRule rule,
                              std::vector<sim::Term> metrics) {
  sim::KpiInfo kpi;
  kpi.name = name;
  kpi.meaning = meaning;
  kpi.unit = "money";
  kpi.direction = direction;
  kpi.rule = rule;
  kpi.numerator = std::move(metrics);
  kpi.money = true;
  return kpi;
}

/// A sum over the months divided by another.
inline sim::KpiInfo ratio_kpi(const char* name, const char* meaning, const char* unit, sim::Direction direction,
                              std::vector<sim::Term> numerator, const char* denominator, double factor = 1) {
  sim::KpiInfo kpi;
  kpi.name = name;
  kpi.meaning = meaning;
  kpi.unit = unit;
  kpi.direction = direction;
  kpi.rule = sim::KpiRule::ratio;
  kpi.numerator = std::move(numerator);
  kpi.denominator = {{denominator}};
  kpi.factor = factor;
  return kpi;
}

/// What is made of a series of months: its lowest, its last.
inline sim::KpiInfo series_kpi(const char* name, const char* meaning, sim::Direction direction, sim::KpiRule rule,
                               sim::MonthlyRule monthly) {
  sim::KpiInfo kpi;
  kpi.name = name;
  kpi.meaning = meaning;
  kpi.unit = monthly.unit;
  kpi.direction = direction;
  kpi.rule = rule;
  kpi.monthly = std::move(monthly);
  return kpi;
}

/// Contributions discounted to month 0 at the rate that accounting.discount_rate says.
inline sim::KpiInfo present_value(const char* name, const char* meaning) {
  sim::KpiInfo kpi = money_kpi(name, meaning, better, sim::KpiRule::discounted_total, {});
  kpi.parameter_field = "accounting.discount_rate";
  return kpi;
}

}  // namespace clientele::models
