// One line per KPI, scenario and policy, or per policy and end of a year.
#include <algorithm>
#include <limits>

#include "output/cube/wording.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/spreadsheet.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;

namespace {

constexpr const char* columns =
    "kpi,unit,direction,scenario,policy,baseline,mean,mean_half_width,future_low,future_middle,future_high,average,"
    "half_width,half_width_together,over,independent,difference_low,difference_middle,difference_high,futures,"
    "better_futures,better_futures_low,better_futures_high,better_draws,better_draws_low,better_draws_high,"
    "futures_saved,pairs,pairs_missing";
constexpr int columns_against = 18;
constexpr const char* columns_of_bounds = ",at_most,at_least,broken,broken_futures,broken_low,broken_high";
constexpr int columns_of_a_bound = 6;
constexpr const char* columns_of_a_backtest = ",backtest_inside,backtest_figures";

/// What a backtest of the study came to stands on every line, so that no line loses it.
void end_line(Csv& csv, const Comparison& c) {
  if (c.to_books.is_backtested()) csv.count(c.to_books.inside).count(c.to_books.figures);
  csv.end_line();
}

void add_line(Csv& line, const Comparison& c, const ComparedKpi& kpi, const ComparedArm& arm) {
  const bool policies = c.question.is_across_policies();
  line.text(kpi.words.name).text(kpi.words.unit).text(output::direction_of(kpi.words.direction));
  line.text(c.scenarios[arm.scenario]).text(c.policies[arm.policy]);
  line.text((policies ? c.policies : c.scenarios)[c.question.baseline]).number(arm.mean());
  const output::Prediction& level = arm.levels.prediction;
  line.number(arm.levels.mean.half_width).number(level.low).number(level.middle).number(level.high);
  if (!arm.against) {
    for (int i = 0; i < columns_against; ++i) line.text("");
    return;
  }
  const output::Statements& s = *arm.against;
  line.number(s.average.mean).number(s.average.half_width).number(s.half_width_together);
  line.text(output::name_of(s.unit, 2)).count(s.average.values);
  line.number(s.range.low).number(s.range.middle).number(s.range.high).count(s.range.futures);
  line.number(s.futures.share).number(s.futures.low).number(s.futures.high);
  line.number(s.draws.share).number(s.draws.low).number(s.draws.high);
  line.number(s.futures_saved).count(s.pairs).count(s.missing);
}

void add_bound(Csv& line, const output::Bound& bound, const output::Broken& arm) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  line.number(bound.at_most.value_or(missing)).number(bound.at_least.value_or(missing));
  line.count(arm.broken).count(arm.futures).number(arm.share.low).number(arm.share.high);
}

/// Once, or once for each bound that the arm must keep.
void add_lines(Csv& csv, const Comparison& c, const ComparedKpi& kpi, const ComparedArm& arm,
               const std::vector<output::KeptBound>& bounds) {
  bool has_bound = false;
  for (const output::KeptBound& kept : bounds)
    for (const output::Broken& broken : kept.arms)
      if (kept.words.name == kpi.words.name && broken.scenario == arm.scenario && broken.policy == arm.policy) {
        add_line(csv, c, kpi, arm);
        add_bound(csv, kept.bound, broken);
        end_line(csv, c);
        has_bound = true;
      }
  if (has_bound) return;
  add_line(csv, c, kpi, arm);
  for (int i = 0; i < columns_of_a_bound && !bounds.empty(); ++i) csv.text("");
  end_line(csv, c);
}

/// A number of a policy with a loyalty program, as a line of a KPI that has no difference.
void add_program(Csv& csv, const Comparison& c, const output::Lift& lift, const char* name,
                 const output::Interval& value, const output::Prediction& future, bool has_bounds) {
  csv.text(name).text("1").text(output::direction_of(sim::Direction::neither));
  csv.text(c.scenarios[lift.scenario]).text(c.policies[lift.policy]).text(c.policies[c.question.baseline]);
  csv.number(value.mean).number(value.half_width).number(future.low).number(future.middle).number(future.high);
  for (int i = 0; i < columns_against + (has_bounds ? columns_of_a_bound : 0); ++i) csv.text("");
  end_line(csv, c);
}

}  // namespace

std::string csv_over_time(const Comparison& c, CsvForm form) {
  const bool policies = c.question.is_across_policies();
  Csv csv(form);
  csv.head("scenario,policy,baseline,months,sum,half_width,future_low,future_middle,future_high,futures");
  for (const output::ArmOverTime& arm : c.over_time->arms)
    for (std::size_t e = 0; e < c.over_time->ends.size(); ++e) {
      csv.text(c.scenarios[arm.scenario]).text(c.policies[arm.policy]);
      csv.text((policies ? c.policies : c.scenarios)[c.question.baseline]).count(c.over_time->ends[e]);
      csv.number(arm.sums[e].mean).number(arm.sums[e].half_width).number(arm.futures[e].low);
      csv.number(arm.futures[e].middle).number(arm.futures[e].high).count(arm.futures[e].futures).end_line();
    }
  return csv.file();
}

std::string csv_of(const Comparison& comparison, CsvForm form, const std::vector<output::KeptBound>& bounds) {
  Csv csv(form);
  csv.head(std::string(columns) + (bounds.empty() ? "" : columns_of_bounds) +
           (comparison.to_books.is_backtested() ? columns_of_a_backtest : ""));
  for (const auto* kpis : {&comparison.kpis, &comparison.beside})
    for (const ComparedKpi& kpi : *kpis)
      for (const ComparedArm& arm : kpi.arms) add_lines(csv, comparison, kpi, arm, bounds);
  const auto is_told = [&](const ComparedKpi& kpi) {
    const auto& asked = comparison.question;
    return std::ranges::count(asked.kpis, kpi.words.name) + std::ranges::count(asked.beside, kpi.words.name) > 0;
  };
  for (const ComparedKpi& kpi : comparison.of_program)
    for (const ComparedArm& arm : kpi.arms)
      if (!is_told(kpi)) add_lines(csv, comparison, kpi, arm, bounds);
  for (const output::Lift& lift : comparison.lifts) {
    add_program(csv, comparison, lift, "implied_lift", lift.implied, lift.implied_in_future, !bounds.empty());
    add_program(csv, comparison, lift, "break_even_lift", lift.break_even, lift.break_even_in_future, !bounds.empty());
  }
  return csv.file();
}

}  // namespace clientele::tools
