// Four policies in a row make three differences, each of its own pairs.
#include "output/comparison/why.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "output/comparison/comparison.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

std::optional<std::size_t> holder_of(const StudyFacts& facts, std::size_t policy, sim::Held how) {
  for (std::size_t p = 0; p < facts.held.size(); ++p)
    if (facts.held[p] && facts.held[p]->twin == policy && facts.held[p]->how == how) return p;
  return std::nullopt;
}

std::optional<std::size_t> blend_of(const StudyFacts& facts, std::size_t policy, sim::Blend blend) {
  for (std::size_t p = 0; p < facts.held.size(); ++p)
    if (facts.held[p] && facts.held[p]->twin == policy && facts.held[p]->blend == blend) return p;
  return std::nullopt;
}

class Splitting {
 public:
  Splitting(const ComparisonInput& input, const Comparison& comparison, const KpiTexts& kpi)
      : input_(input), comparison_(comparison), kpi_(kpi), values_(input.values(kpi.name)) {}

  WhyArm split(std::size_t scenario, std::size_t policy, std::size_t held, std::size_t at_random) const {
    const std::size_t baseline = comparison_.question.baseline;
    const auto pair = [&](std::size_t one, std::size_t other) { return statements(scenario, one, other); };
    return {.scenario = scenario,
            .policy = policy,
            .held = held,
            .at_random = at_random,
            .all = pair(policy, baseline),
            .treatment = pair(at_random, baseline),
            .selection = pair(held, at_random),
            .moves = pair(policy, held),
            .channels = channels(scenario, policy)};
  }

 private:
  /// Blends are of the study's baseline, whichever policy is asked to be compared with.
  std::optional<WhyChannels> channels(std::size_t scenario, std::size_t policy) const {
    const std::size_t baseline = comparison_.question.baseline;
    const auto shared = blend_of(input_, policy, sim::Blend::shared),
               shared_and_own = blend_of(input_, policy, sim::Blend::shared_and_own);
    if (!adds_up(kpi_) || !shared || !shared_and_own || input_.policies[baseline] != input_.baseline)
      return std::nullopt;
    return WhyChannels{.shared = *shared,
                       .shared_and_own = *shared_and_own,
                       .both = statements(scenario, *shared, baseline),
                       .own = statements(scenario, *shared_and_own, *shared),
                       .lost = statements(scenario, policy, *shared_and_own)};
  }
  Statements statements(std::size_t scenario, std::size_t one, std::size_t other) const {
    return statements_of(futures_of(input_, values_, scenario, one), futures_of(input_, values_, scenario, other),
                         {.direction = kpi_.direction,
                          .luck = input_.luck,
                          .share_of_ten_largest = input_.share_of_ten_largest,
                          .certainty = {comparison_.question.confidence, 1}});
  }

  const ComparisonInput& input_;
  const Comparison& comparison_;
  const KpiTexts& kpi_;
  std::vector<double> values_;
};

}  // namespace

bool adds_up(const KpiTexts& kpi) {
  const std::string_view formula = kpi.formula;
  const auto has = [&](std::string_view part) { return formula.find(part) != std::string_view::npos; };
  const bool is_of_months = std::ranges::any_of(std::array{"cumulated(", "count_back(", "provision_matrix("},
                                                has);  // which depend on the months before
  return has("sum over ") || (has("sum(") && !has(") / sum(")) ||
         (has("last month of ") && !has(" / ") && !is_of_months);
}

bool has_why(const StudyFacts& facts) {
  return std::ranges::any_of(facts.held, [](const auto& held) { return held.has_value(); });
}

Why why_of(const ComparisonInput& input, const Comparison& comparison) {
  const Question& question = comparison.question;
  sim::expects(question.is_across_policies(), "policies are asked why they differ, scenarios are not");
  Why why;
  std::vector<WhyArm> arms;  // who is split by whom
  for (const std::size_t policy : question.policies) {
    if (policy == question.baseline || !input.is_stated(policy)) continue;
    const auto held = holder_of(input, policy, sim::Held::as_reviewed),
               at_random = holder_of(input, policy, sim::Held::at_random);
    if (held && at_random)
      arms.push_back({.policy = policy, .held = *held, .at_random = *at_random});
    else
      why.without_reason.push_back(policy);
  }
  for (const ComparedKpi& kpi : comparison.kpis) {
    const Splitting splitting(input, comparison, kpi.words);
    WhyKpi& told = why.kpis.emplace_back(WhyKpi{kpi.words, {}, adds_up(kpi.words)});
    for (const std::size_t scenario : question.scenarios)
      for (const WhyArm& arm : arms)
        told.arms.push_back(splitting.split(scenario, arm.policy, arm.held, arm.at_random));
  }
  return why;
}

}  // namespace clientele::output
