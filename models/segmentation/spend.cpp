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

/// From the nearest amount below that customers know of, or from nothing, to the nearest above; nowhere where there is
/// none above.
Spend::Way Spend::way_of(std::size_t tier, std::uint32_t known) const {
  Way way;
  std::size_t above = tier, below = tier;
  while (above > 0 && (known >> (above - 1) & 1U) == 0) --above;
  while (below < least_.size() && (known >> below & 1U) == 0) ++below;
  if (above > 0) way.ends = least_[above - 1];
  if (below < least_.size()) way.begins = least_[below];
  return way;
}

void Spend::tell_progress(sim::BlockMonth& month, const sim::Arm& arm, std::uint32_t known,
                          std::span<float> progress) const {
  if (!history_.begins_before(month.month())) return;
  std::vector<Way> ways;
  for (std::size_t tier = 0; tier <= least_.size(); ++tier) ways.push_back(way_of(tier, known));
  const auto tier = arm[history_.core().tier];
  for_each_score(history_, month, arm, progress.size(), [&](std::size_t begin, std::span<const double> spend) {
    for (std::size_t i = 0; i < spend.size(); ++i) {
      const std::int32_t held = tier[begin + i];
      if (held < 0 || held >= static_cast<std::int32_t>(ways.size())) continue;  // another policy's
      const Way& way = ways[static_cast<std::size_t>(held)];
      progress[begin + i] = progress_between(spend[i], way.begins, way.ends);
    }
  });
}

}  // namespace clientele::models
