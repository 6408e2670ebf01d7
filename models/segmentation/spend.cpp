// A customer's tier is the number of amounts that its spend does not reach.
#include "models/segmentation/spend.hpp"

#include <algorithm>

#include "sim/core/math.hpp"
#include "sim/core/money.hpp"

namespace clientele::models {

namespace {

const ReviewParameters& review_of(const sim::SegmentationSpec& spec) { return spec.parameters.as<ReviewParameters>(); }

/// More quanta than 24 months can come to (2^30 each).
constexpr double beyond_reach = 0x1p40;

/// One tier further down for everybody who spent less. g++ 12 vectorizes this loop only where it stands alone.
__attribute__((noinline)) void step_down(std::span<const double> spend, double least, std::span<std::int32_t> tier) {
#pragma omp simd
  for (std::size_t i = 0; i < tier.size(); ++i) tier[i] += static_cast<std::int32_t>(spend[i] < least);
}

}  // namespace

Spend::Spend(const sim::SegmentationSpec& spec, sim::Observed& observed)
    : review_every_(review_of(spec).review_every), history_(spec, observed, review_of(spec).look_back) {
  const auto& tiers = spec.policy->tiers;
  for (std::size_t k = 0; k + 1 < tiers.size(); ++k) {
    sim::expects(tiers[k].from.has_value(), "a tier by spend, but the last, has an amount that it starts from");
    least_.push_back(monthly_sales(std::min(sim::least_quanta(*tiers[k].from, spec.study->money_quantum), beyond_reach),
                                   review_of(spec).look_back));
  }
  sim::expects(std::ranges::is_sorted(least_, std::ranges::greater()),
               "tiers by spend stand from the best to the last");
}

void Spend::assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&,
                   std::span<std::int32_t> tier) const {
  if (!history_.begins_before(month.month())) {
    std::ranges::copy(arm[history_.core().tier], tier.begin());
    return;
  }
  std::ranges::fill(tier, 0);
  for_each_score(history_, month, arm, tier.size(), [&](std::size_t begin, std::span<const double> spend) {
    const auto here = tier.subspan(begin, spend.size());
    for (const double least : least_) step_down(spend, least, here);
  });
}

void Spend::tell_progress(sim::BlockMonth& month, const sim::Arm& arm, std::span<float> progress) const {
  if (!history_.begins_before(month.month())) return;
  const auto tier = arm[history_.core().tier];
  for_each_score(history_, month, arm, progress.size(), [&](std::size_t begin, std::span<const double> spend) {
    for (std::size_t i = 0; i < spend.size(); ++i) {
      const std::int32_t held = tier[begin + i];
      if (held <= 0 || held > static_cast<std::int32_t>(least_.size())) continue;  // the best, or another policy's
      const auto place = static_cast<std::size_t>(held);
      const double own = place < least_.size() ? least_[place] : 0;
      progress[begin + i] = progress_between(spend[i], own, least_[place - 1]);
    }
  });
}

}  // namespace clientele::models
