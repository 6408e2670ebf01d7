// Cuts the futures of each arm out of the KPIs, and states levels and differences.
#include "output/comparison/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/core/check.hpp"
#include "sim/gains.hpp"

namespace clientele::output {

namespace {

/// The values of the KPI that tells in which month another has its peak; empty where there is none.
std::vector<double> months_of(const ComparisonInput& input, const std::string& kpi) {
  const auto month = std::ranges::find(input.kpis, kpi, &KpiTexts::month_of);
  return month == input.kpis.end() ? std::vector<double>{} : input.values(month->name);
}

ComparedKpi compared(const ComparisonInput& input, const Comparison& comparison, const std::string& kpi) {
  sim::expects(input.kpi(kpi) != nullptr, "a comparison is of a KPI that exists");
  ComparedKpi result{*input.kpi(kpi), {}};
  const Question& question = comparison.question;
  const std::vector<double> values = input.values(kpi);
  const std::vector<double> months = months_of(input, kpi);
  const auto add = [&](std::size_t scenario, std::size_t policy) {
    const Futures futures = futures_of(input, values, scenario, policy);
    ComparedArm& arm = result.arms.emplace_back(
        ComparedArm{.scenario = scenario,
                    .policy = policy,
                    .levels = levels_of(futures, question.quantiles, question.confidence, input.share_of_ten_largest)});
    if (!months.empty()) arm.month_of_peak = prediction_of(futures_of(input, months, scenario, policy));
    if (comparison.is_baseline(arm)) return;
    const bool policies = question.is_across_policies();
    const Futures baseline = policies ? futures_of(input, values, scenario, question.baseline)
                                      : futures_of(input, values, question.baseline, policy);
    arm.against = statements_of(futures, baseline,
                                {.direction = result.words.direction,
                                 .luck = input.luck,
                                 .share_of_ten_largest = input.share_of_ten_largest,
                                 .certainty = comparison.certainty});
  };
  if (question.is_across_policies())
    for (const std::size_t scenario : question.scenarios)
      for (const std::size_t policy : question.policies) add(scenario, policy);
  else
    for (const std::size_t policy : question.policies)
      for (const std::size_t scenario : question.scenarios) add(scenario, policy);
  return result;
}

/// Averages and chances of futures: each has an interval.
std::size_t intervals_of(const Question& question) {
  const bool policies = question.is_across_policies();
  const auto& compared = policies ? question.policies : question.scenarios;
  const std::size_t tables = policies ? question.scenarios.size() : question.policies.size();
  std::size_t against = 0;
  for (const std::size_t place : compared) against += place == question.baseline ? 0 : 1;
  return std::max<std::size_t>(1, question.kpis.size() * tables * against * 2);
}

void add_provenance(const ComparisonInput& input, Comparison& comparison) {
  comparison.provenance_known = !input.assumptions.empty();
  for (const sim::Assumption& field : input.assumptions) {
    if (sim::counts_as_guess(field)) comparison.guesses.push_back(field);
    if (field.mark == "stated") comparison.stated.push_back(field);
  }
  for (const sim::LeverUse& lever : input.levers)
    if (sim::is_one_sided(lever)) comparison.one_sided.push_back(lever);
}

void add_misplaced(const ComparisonInput& input, Comparison& comparison) {
  const std::string kpi(sim::kpi_of_misplaced);
  if (input.kpi(kpi) == nullptr || comparison.question.scenarios.empty()) return;
  const std::vector<double> values = input.values(kpi);
  for (std::size_t policy = 0; policy < input.policies.size(); ++policy)
    comparison.misplaced.push_back(
        interval_over(futures_of(input, values, comparison.question.scenarios.front(), policy),
                      comparison.certainty.alone, input.share_of_ten_largest));
}

/// Levels of arms that sell to members, at their own quantiles.
void add_program(const ComparisonInput& input, Comparison& comparison) {
  const Question& question = comparison.question;
  if (question.program.member_sales.empty()) return;
  comparison.lifts = lifts_of(input, question);
  Comparison asked;
  asked.question = question;
  asked.certainty = comparison.certainty;
  asked.question.quantiles.assign(std::begin(quantiles_of_program), std::end(quantiles_of_program));
  const auto has_none = [&](const ComparedArm& arm) {
    return !sells_to_members(input, question.program, {arm.scenario, arm.policy});
  };
  for (const std::string& name : question.program.kpis) {
    if (input.kpi(name) == nullptr) continue;
    ComparedKpi kpi = compared(input, asked, name);
    std::erase_if(kpi.arms, has_none);
    if (!kpi.arms.empty()) comparison.of_program.push_back(std::move(kpi));
  }
}

}  // namespace

bool are_of_one_study(const CubeReader& one, const CubeReader& other) {
  const auto same = [&](const std::string& text) { return one.text(text) == other.text(text); };
  return same("study_digest") && same("model_version") && one.axes().scenarios == other.axes().scenarios &&
         one.axes().policies == other.axes().policies && one.axes().draws == other.axes().draws &&
         one.axes().replications == other.axes().replications;
}

Futures futures_of(const ComparisonInput& input, const std::vector<double>& values, std::size_t scenario,
                   std::size_t policy) {
  const sim::CellAxes axes = input.axes();
  const std::size_t size = axes.worlds();
  const auto from = values.begin() + static_cast<std::ptrdiff_t>(axes.number_of_arm(scenario, policy) * size);
  return {input.draws,
          input.replications,
          input.people,
          {from, from + static_cast<std::ptrdiff_t>(size)},
          !input.drawn.empty()};
}

Comparison compare(const ComparisonInput& input, const Question& question) {
  Comparison all;
  static_cast<StudyFacts&>(all) = input;
  all.question = question;
  all.certainty = {question.confidence, intervals_of(question)};
  for (const std::string& kpi : question.kpis) all.kpis.push_back(compared(input, all, kpi));
  for (const std::string& kpi : question.beside) all.beside.push_back(compared(input, all, kpi));
  add_provenance(input, all);
  add_misplaced(input, all);
  if (all.has_two_sides()) all.answer = answer_of(input, all);
  if (question.over_time) all.over_time = over_time(input, question);
  add_program(input, all);
  return all;
}

}  // namespace clientele::output
