// A row of names, then numbers that share a unit and their decimals.
#include "tools/clientele/compare/tables.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;

namespace {

constexpr std::size_t widest_name = 24, narrowest_name = 10, whole_name = 1000;

/// Arms of one KPI as rows: a heading where a new scenario (or policy) begins, and the names of the arms below it.
class Rows {
 public:
  Rows(const Comparison& c, const std::vector<ComparedArm>& arms, std::size_t width) {
    const bool policies = c.question.is_across_policies();
    const auto& outer = policies ? c.scenarios : c.policies;
    several_ = (policies ? c.question.scenarios : c.question.policies).size() > 1;
    const auto& names = policies ? c.policies : c.scenarios;
    const std::vector<std::string> cut = cut_names(names, width - (several_ ? 2 : 0));
    for (const ComparedArm& arm : arms) {
      headings_.push_back(sim::printable(outer[policies ? arm.scenario : arm.policy], 40));
      names_.push_back((several_ ? "  " : "") + cut[policies ? arm.policy : arm.scenario]);
    }
  }
  /// Adds the heading of an arm, where it is the first of its kind, and begins its row.
  std::vector<std::string>& begin(Table& table, std::size_t arm) const {
    const bool first = arm == 0 || headings_[arm] != headings_[arm - 1];
    if (several_ && first) {
      auto& heading = table.emplace_back(table.front().size());
      heading.front() = headings_[arm] + ":";
    }
    return table.emplace_back(1, names_[arm]);
  }

 private:
  bool several_ = false;
  std::vector<std::string> headings_, names_;
};

std::string unit_line(const Rounding& rounding, const std::string& unit) {
  std::string text = rounding.unit() + behind_number(unit);
  return text.empty() ? text : text.substr(1);
}

/// Numbers of a KPI, all in one unit.
Rounding rounding_of_means(const ComparedKpi& kpi) {
  double largest = 0;
  for (const ComparedArm& arm : kpi.arms)
    if (std::isfinite(arm.mean())) largest = std::max(largest, std::fabs(arm.mean()));
  return Rounding(largest);
}

/// The narrowest interval says how many digits the differences are worth.
Rounding rounding_of_differences(const ComparedKpi& kpi) {
  double largest = 0, narrowest = std::numeric_limits<double>::infinity();
  for (const ComparedArm& arm : kpi.arms) {
    if (!arm.against) continue;
    for (const double number : {arm.against->average.mean, arm.against->range.low, arm.against->range.high})
      if (std::isfinite(number)) largest = std::max(largest, std::fabs(number));
    if (arm.against->average.half_width > 0) narrowest = std::min(narrowest, arm.against->average.half_width);
  }
  return std::isfinite(narrowest) ? Rounding(largest, narrowest) : Rounding(largest);
}

/// Lays a table out whose names are as wide as a terminal lets them be.
template <class Make>
std::string fitted(Paper paper, const Make& make) {
  if (paper == Paper::markdown) return make(whole_name);
  std::string text;
  for (std::size_t width = widest_name; width >= narrowest_name; --width) {
    text = make(width);
    std::size_t widest = 0, column = 0;
    for (const char c : text) {
      column = c == '\n' ? 0 : column + ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0);
      widest = std::max(widest, column);
    }
    if (widest <= columns_of_terminal) break;
  }
  return text;
}

std::string range_of(const Rounding& rounding, const output::Prediction& range) {
  return std::isnan(range.low) ? "-" : rounding.with_sign(range.low) + " to " + rounding.with_sign(range.high);
}

std::string average_of(const Rounding& rounding, const output::Interval& average) {
  const std::string mean = rounding.with_sign(average.mean);
  if (std::isnan(average.half_width)) return mean;
  return mean + " ± " + rounding.bare(average.half_width) + (average.caution.empty() ? "" : "*");
}

std::string percent_of(double p) { return sim::number_text(std::round(p * 1e6) / 1e4) + " %"; }

/// A name at the head of a column of differences.
std::string head_of(Paper paper, const std::string& name) {
  return cut_names({name}, paper == Paper::markdown ? whole_name : 12).front();
}

Table header_of(std::vector<std::string> first, std::vector<std::string> second) {
  return {std::move(first), std::move(second)};
}

}  // namespace

std::string differences_of(const Comparison& c, const ComparedKpi& kpi, Paper paper) {
  const Rounding means = rounding_of_means(kpi), differences = rounding_of_differences(kpi);
  return fitted(paper, [&](std::size_t width) {
    const Rows rows(c, kpi.arms, width);
    const std::string unit = unit_line(differences, kpi.words.unit);
    const std::string against = head_of(paper, baseline_of(c));
    Table table = header_of({"", sim::printable(kpi.words.name), "vs " + against, "nine futures", favorable(kpi.words)},
                            {"", unit_line(means, kpi.words.unit), unit, "in ten", "in"});
    for (std::size_t a = 0; a < kpi.arms.size(); ++a) {
      const ComparedArm& arm = kpi.arms[a];
      auto& row = rows.begin(table, a);
      row.push_back(means.bare(arm.mean()));
      if (arm.against)
        row.insert(row.end(), {average_of(differences, arm.against->average), range_of(differences, arm.against->range),
                               chance_in_words(arm.against->futures)});
      else
        row.insert(row.end(), 3, "");
    }
    return table_of(paper, table, 1, 2);
  });
}

std::string means_of(const Comparison& c, const std::vector<ComparedKpi>& kpis, Paper paper) {
  if (kpis.empty()) return "";
  return fitted(paper, [&](std::size_t width) {
    const Rows rows(c, kpis.front().arms, width);
    std::vector<Rounding> roundings;
    Table table = header_of({""}, {""});
    for (const ComparedKpi& kpi : kpis) {
      roundings.push_back(rounding_of_means(kpi));
      table[0].push_back(sim::printable(kpi.words.name));
      table[1].push_back(unit_line(roundings.back(), kpi.words.unit));
    }
    for (std::size_t a = 0; a < kpis.front().arms.size(); ++a) {
      auto& row = rows.begin(table, a);
      for (std::size_t k = 0; k < kpis.size(); ++k) row.push_back(roundings[k].bare(kpis[k].arms[a].mean()));
    }
    return table_of(paper, table, 1, 2);
  });
}

std::string levels_of(const Comparison& c, const ComparedKpi& kpi, Paper paper) {
  const Rounding means = rounding_of_means(kpi);
  const std::string unit = unit_line(means, kpi.words.unit);
  Table table(1, {sim::printable(kpi.words.name) + (unit.empty() ? "" : ", " + unit), "value", "interval"});
  std::vector<std::string> reasons;
  std::string caution;
  const auto add = [&](const std::string& name, const std::string& value, const std::string& interval,
                       const std::string& why) {
    table.push_back({"  " + name, value, interval});
    if (!why.empty() && std::ranges::find(reasons, why) == reasons.end()) reasons.push_back(why);
  };
  const auto span = [](const Rounding& rounding, double low, double high) {
    return std::isnan(low) ? std::string("-") : rounding.bare(low) + " to " + rounding.bare(high);
  };
  for (const ComparedArm& arm : kpi.arms) {
    table.push_back({scenario_of(c, arm.scenario) + ", " + policy_of(c, arm.policy) + ":", "", ""});
    const output::Levels& levels = arm.levels;
    add("mean", means.bare(levels.mean.mean),
        span(means, levels.mean.low(), levels.mean.high()) + (levels.mean.caution.empty() ? "" : "*"),
        levels.mean.why_missing);
    if (!levels.mean.caution.empty()) caution = levels.mean.caution;
    for (const output::Quantile& quantile : levels.quantiles)
      add(percent_of(quantile.p) + " quantile", means.bare(quantile.value), span(means, quantile.low, quantile.high),
          quantile.why_missing);
    add("nine futures in ten", "", span(means, levels.prediction.low, levels.prediction.high),
        levels.prediction.why_missing);
    if (!arm.month_of_peak || std::isnan(arm.month_of_peak->low)) continue;
    const Rounding months(1000);  // month 1 is the first
    add("month of the peak", months.bare(arm.month_of_peak->middle + 1),
        span(months, arm.month_of_peak->low + 1, arm.month_of_peak->high + 1), "");
  }
  std::string text = table_of(paper, table, 1, 1);
  if (!caution.empty()) text += paragraph(paper, "*: the interval " + caution + ".");
  for (const std::string& why : reasons) text += paragraph(paper, "No number: " + why + ".", 2);
  return text;
}

std::string guesses_of(const Comparison& c, Paper paper) {
  std::string text;
  for (const auto* fields : {&c.guesses, &c.stated})
    for (const sim::Assumption& field : *fields) {
      std::string line = field_in_words(field.called, field.path) + " = " + sim::printable(field.value, 200) + ": " +
                         sim::printable(field.meaning, 200) + " (" + sim::printable(field.mark);
      if (!field.source.empty()) line += ", " + sim::printable(field.source, 200);
      line += field.uncertain ? "; draws vary it)" : "; not varied)";
      text += paragraph(paper, line, 4);
    }
  return text.empty() ? paragraph(paper, "No assumption is a guess.") : text;
}

}  // namespace clientele::tools
