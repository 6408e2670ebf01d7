// Walks through the axes of a cube; what is missing is left out.
#include "tools/clientele/report/arms.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t longest_name = 400;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

bool is_known(const output::CubeReader& cube, const std::string& metric) {
  return contains(cube.metrics(), metric) || contains(cube.zero_metrics(), metric);
}

/// Places on the cube's axis of months that belong to the horizon: they come first.
std::size_t places_of_horizon(const output::CubeReader::Axes& axes) {
  return static_cast<std::size_t>(std::ranges::count(axes.run_off, false));
}

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
    return material.input.same_money_as[policy] ? 2 : 1;
  };
  std::ranges::stable_sort(chosen, [&](std::size_t one, std::size_t other) {
    if (rank(one) != rank(other)) return rank(one) < rank(other);
    return gain_of(material, scenario, one) > gain_of(material, scenario, other);
  });
  chosen.resize(std::min(most, chosen.size()));
  std::ranges::sort(chosen);
  return chosen;
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

double Averaged::of_tier(std::size_t month, std::size_t tier) const {
  double sum = 0;
  for (std::size_t g = 0; g < groups; ++g) sum += at(month, tier, g);
  return sum;
}
double Averaged::sum_of_tier(std::size_t tier) const {
  double sum = 0;
  for (std::size_t m = 0; m < months; ++m) sum += of_tier(m, tier);
  return sum;
}
double Averaged::sum_of_group(std::size_t group) const {
  double sum = 0;
  for (std::size_t m = 0; m < months; ++m)
    for (std::size_t t = 0; t < tiers; ++t) sum += at(m, t, group);
  return sum;
}
double Averaged::sum() const {
  double all = 0;
  for (std::size_t t = 0; t < tiers; ++t) all += sum_of_tier(t);
  return all;
}

std::optional<Averaged> averaged(const Material& material, const std::string& metric, std::size_t scenario,
                                 std::size_t policy) {
  if (!is_known(material.cube, metric)) return std::nullopt;
  const output::CubeReader::Axes& axes = material.cube.axes();
  const std::vector<double> values = material.cube.metric(metric, scenario, policy);
  const std::size_t inner = axes.tiers * axes.groups.size(), size = places_of_horizon(axes) * inner;
  Averaged mean{places_of_horizon(axes), axes.tiers, axes.groups.size(), std::vector<double>(size)};
  std::size_t futures = 0;
  for (std::size_t f = 0; f < axes.draws * axes.replications; ++f) {
    const double* future = values.data() + f * axes.months * inner;
    if (std::all_of(future, future + size, [](double value) { return std::isnan(value); })) continue;
    ++futures;
    for (std::size_t i = 0; i < size; ++i) mean.values[i] += std::isnan(future[i]) ? 0 : future[i];
  }
  if (futures == 0) return std::nullopt;
  for (double& value : mean.values) value /= static_cast<double>(futures);
  return mean;
}

bool has_single_months(const Material& material) {
  return std::ranges::all_of(material.cube.axes().months_summed, [](std::int32_t months) { return months == 1; });
}

std::vector<double> sums_of(const Material& material, const std::string& metric, std::size_t scenario,
                            std::size_t policy, std::optional<std::size_t> group) {
  if (!is_known(material.cube, metric)) return {};
  const output::CubeReader::Axes& axes = material.cube.axes();
  const std::vector<double> values = material.cube.metric(metric, scenario, policy);
  const std::size_t groups = axes.groups.size(), inner = axes.tiers * groups;
  std::vector<double> sums;
  for (std::size_t f = 0; f < axes.draws * axes.replications; ++f) {
    double sum = 0;
    bool any = false;
    for (std::size_t i = 0; i < places_of_horizon(axes) * inner; ++i) {
      const double value = values[f * axes.months * inner + i];
      if ((group && i % groups != *group) || std::isnan(value)) continue;
      sum += value;
      any = true;
    }
    sums.push_back(any ? sum : output::not_known);
  }
  return sums;
}

output::Futures futures_with(const Material& material, std::vector<double> values) {
  return {material.input.draws, material.input.replications, material.input.people, std::move(values),
          !material.input.drawn.empty()};
}

std::string unit_shown(const std::string& unit) { return unit == "1" ? "" : unit; }

}  // namespace clientele::tools
