// Policies by their average in the headline.
#include "tools/clientele/report/arms.hpp"

#include <algorithm>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t longest_name = 400;

/// Of the headline in the mean over futures, its sign such that more is better; the baseline's difference is 0.
double gain_of(const Material& material, std::size_t scenario, std::size_t policy) {
  const output::ComparedKpi& kpi = material.comparison.kpis.front();
  for (const output::ComparedArm& arm : kpi.arms)
    if (arm.scenario == scenario && arm.policy == policy && arm.against)
      return (kpi.words.direction == sim::Direction::lower_is_better ? -1 : 1) * arm.against->average.mean;
  return 0;
}

}  // namespace

std::string shown_name(const std::string& name) { return sim::printable(name, longest_name); }

std::size_t scenario_of_answer(const Material& material) {
  return material.comparison.answer ? material.comparison.answer->scenario
                                    : material.comparison.question.scenarios.front();
}

std::vector<std::size_t> policies_to_draw(const Material& material, std::size_t most) {
  const std::size_t scenario = scenario_of_answer(material);
  const output::Question& question = material.comparison.question;
  std::vector<std::size_t> chosen = question.policies;
  const auto rank = [&](std::size_t policy) {
    if (policy == question.baseline) return 0;
    return material.input.is_stated(policy) ? 1 : 2;
  };
  std::ranges::stable_sort(chosen, [&](std::size_t one, std::size_t other) {
    if (rank(one) != rank(other)) return rank(one) < rank(other);
    return gain_of(material, scenario, one) > gain_of(material, scenario, other);
  });
  chosen.resize(std::min(most, chosen.size()));
  std::ranges::sort(chosen);
  return chosen;
}

output::Question question_of(const Material& material, const std::vector<std::size_t>& policies) {
  output::Question question = material.comparison.question;
  question.scenarios = {scenario_of_answer(material)};
  question.policies = policies;
  return question;
}

std::string policy_name(const Material& material, std::size_t policy) {
  return shown_name(material.comparison.policies[policy]);
}
std::string scenario_name(const Material& material, std::size_t scenario) {
  return shown_name(material.comparison.scenarios[scenario]);
}
std::string baseline_name(const Material& material) { return baseline_of(material.comparison); }
std::string tier_name(const Material& material, std::size_t policy, std::size_t tier) {
  return shown_name(material.cube.tier_name(policy, tier));
}

bool has_single_months(const Material& material) {
  return std::ranges::all_of(material.cube.axes().months_summed, [](std::int32_t months) { return months == 1; });
}

std::string unit_shown(const std::string& unit) { return unit == "1" ? "" : unit; }

}  // namespace clientele::tools
