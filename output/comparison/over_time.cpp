// Sums of each pair of futures at the ends of years, and how sure their average is.
#include "output/comparison/over_time.hpp"

#include <algorithm>

#include "output/comparison/comparison.hpp"
#include "output/comparison/payback.hpp"

namespace clientele::output {

namespace {

constexpr std::size_t months_of_a_year = 12;

Futures at_end(const ComparisonInput& input, const WorthOverTime& worth, std::size_t end) {
  Futures futures{.draws = input.draws,
                  .replications = input.replications,
                  .people = input.people,
                  .values = {},
                  .assumptions_vary = !input.drawn.empty()};
  for (std::size_t f = 0; f < input.draws * input.replications; ++f) futures.values.push_back(worth.up_to(f, end - 1));
  return futures;
}

bool stand_together(const Question& question, const ArmOverTime& one, const ArmOverTime& other) {
  return question.is_across_policies() ? one.scenario == other.scenario : one.policy == other.policy;
}

}  // namespace

std::vector<std::size_t> ends_of_years(std::size_t horizon, std::size_t closed, std::size_t all) {
  std::vector<std::size_t> ends;
  for (std::size_t end = months_of_a_year; end < horizon; end += months_of_a_year) ends.push_back(end);
  ends.push_back(horizon);
  for (std::size_t end = months_of_a_year; end < closed; end += months_of_a_year) ends.push_back(horizon + end);
  if (all > horizon) ends.push_back(all);
  return ends;
}

std::optional<OverTime> over_time(const ComparisonInput& input, const Question& question) {
  OverTime found;
  const bool policies = question.is_across_policies();
  const auto& outer = policies ? question.scenarios : question.policies;
  const auto& inner = policies ? question.policies : question.scenarios;
  for (const std::size_t o : outer)
    for (const std::size_t i : inner) {
      if (i == question.baseline) continue;
      const ArmOf one = policies ? ArmOf{o, i} : ArmOf{i, o},
                  baseline = policies ? ArmOf{o, question.baseline} : ArmOf{question.baseline, o};
      const std::optional<WorthOverTime> worth = worth_over_time(input, one, baseline);
      if (!worth) return std::nullopt;
      found.ends = ends_of_years(input.months, input.closed, worth->months);
      ArmOverTime& arm = found.arms.emplace_back(ArmOverTime{one.scenario, one.policy, {}, {}, {}});
      for (const std::size_t end : found.ends) {
        const Futures futures = at_end(input, *worth, end);
        arm.sums.push_back(interval_over(futures, question.confidence, input.share_of_ten_largest));
        arm.futures.push_back(prediction_of(futures));
      }
      arm.payback = payback_of(input, one, baseline);
    }
  return found;
}

std::optional<std::size_t> leader_at(const OverTime& over_time, const Question& question, std::size_t arm,
                                     std::size_t end) {
  std::optional<std::size_t> leader;
  double most = 0;
  for (std::size_t other = 0; other < over_time.arms.size(); ++other)
    if (stand_together(question, over_time.arms[arm], over_time.arms[other]) &&
        over_time.arms[other].sums[end].mean > most) {
      most = over_time.arms[other].sums[end].mean;
      leader = other;
    }
  return leader;
}

bool leads_clearly(const OverTime& over_time, const Question& question, std::size_t arm, std::size_t end) {
  if (const auto leader = leader_at(over_time, question, arm, end)) return over_time.arms[*leader].sums[end].low() > 0;
  return std::ranges::all_of(over_time.arms, [&](const ArmOverTime& other) {
    return !stand_together(question, over_time.arms[arm], other) || other.sums[end].high() < 0;
  });
}

}  // namespace clientele::output
