// A customer's tier is the number of values that it does not reach.
#include "models/segmentation/by_value.hpp"

#include <algorithm>

#include "sim/core/money.hpp"
#include "sim/goes_on.hpp"

namespace clientele::models {

namespace {

/// More quanta than 24 months can come to (2^30 each).
constexpr double beyond_reach = 0x1p40;

/// One tier further down for everybody who has less. g++ 12 vectorizes this loop only where it stands alone.
__attribute__((noinline)) void step_down(std::span<const double> score, double least, std::span<std::int32_t> tier) {
#pragma omp simd
  for (std::size_t i = 0; i < tier.size(); ++i) tier[i] += static_cast<std::int32_t>(score[i] < least);
}

}  // namespace

double reachable_quanta(double amount, double quantum) {
  return std::clamp(sim::least_quanta(amount, quantum), -beyond_reach, beyond_reach);
}

std::vector<double> stated_least(const sim::Policy& policy) {
  std::vector<double> least;
  for (std::size_t k = 0; k + 1 < policy.tiers.size(); ++k) {
    sim::expects(policy.tiers[k].from.has_value(), "a tier by value, but the last, has one that it starts from");
    least.push_back(*policy.tiers[k].from);
  }
  return least;
}

std::vector<double> stated_kept(const sim::SegmentationSpec& spec) {
  const float hysteresis = spec.parameters.as<ReviewParameters>().hysteresis;
  std::vector<double> kept;
  if (hysteresis > 0)
    for (const double from : stated_least(*spec.policy)) kept.push_back(kept_from(from, hysteresis));
  return kept;
}

std::vector<double> in_quanta_of_month(std::vector<double> amounts, const sim::SegmentationSpec& spec) {
  const std::int32_t look_back = spec.parameters.as<ReviewParameters>().look_back;
  for (double& amount : amounts) amount = mean_of_month(reachable_quanta(amount, spec.study->money_quantum), look_back);
  return amounts;
}

ByValue::ByValue(Number number, std::vector<double> least, std::vector<double> kept, const sim::SegmentationSpec& spec,
                 sim::Observed& observed)
    : review_every_(spec.parameters.as<ReviewParameters>().review_every),
      least_(std::move(least)),
      kept_(std::move(kept)),
      goes_on_(sim::goes_on(*spec.study, *spec.policy)),
      entry_(static_cast<std::int32_t>(spec.policy->entry)),
      number_(number, spec.parameters.as<ReviewParameters>().look_back, spec, observed) {
  sim::expects(std::ranges::is_sorted(least_, std::ranges::greater()),
               "tiers by value stand from the best to the last");
}

void ByValue::assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&,
                     std::span<std::int32_t> tier) const {
  if (!number_.is_known(month.month())) {
    std::ranges::copy(arm[number_.core().tier], tier.begin());
    return;
  }
  if (!kept_.empty())
    return for_each_score(number_, month, arm, tier.size(), [&](std::size_t begin, std::span<const double> score) {
      assign_with_band(month.month(), arm, begin, score, tier.subspan(begin, score.size()));
    });
  std::ranges::fill(tier, 0);
  for_each_score(number_, month, arm, tier.size(), [&](std::size_t begin, std::span<const double> score) {
    const auto here = tier.subspan(begin, score.size());
    for (const double least : least_) step_down(score, least, here);
  });
}

/// At month 0 customers come from the baseline: where its tiers are others they stand as somebody new.
void ByValue::assign_with_band(int month, const sim::Arm& arm, std::size_t begin, std::span<const double> score,
                               std::span<std::int32_t> tier) const {
  const auto held = arm[number_.core().tier].subspan(begin, score.size());
  const bool is_entered = month == 0 && !goes_on_;
  for (std::size_t i = 0; i < score.size(); ++i) {
    const auto of = static_cast<std::size_t>(std::max(0, is_entered ? entry_ : held[i]));
    std::size_t found = 0;
    while (found < least_.size() && score[i] < (of <= found ? kept_[found] : least_[found])) ++found;
    tier[i] = static_cast<std::int32_t>(found);
  }
}

}  // namespace clientele::models
