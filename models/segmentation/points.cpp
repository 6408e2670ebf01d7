// Starts and shares, as the tiers of a policy state them.
#include "models/segmentation/points.hpp"

#include <algorithm>

#include "models/segmentation/by_share.hpp"
#include "models/segmentation/by_value.hpp"
#include "sim/goes_on.hpp"

namespace clientele::models {

bool goes_by_share(const std::vector<sim::Tier>& tiers) {
  return std::ranges::any_of(tiers, [](const sim::Tier& tier) { return tier.share.has_value(); });
}

namespace {

std::vector<std::int32_t> starts_of(const sim::Policy& policy) {
  std::vector<std::int32_t> from;
  if (goes_by_share(policy.tiers)) return from;
  for (const double points : stated_least(policy)) from.push_back(in_ten_thousandths(points));
  return from;
}

}  // namespace

TiersByPoints::TiersByPoints(double hysteresis, const sim::SegmentationSpec& spec, sim::Observed& observed)
    : is_by_share_(goes_by_share(spec.policy->tiers)),
      goes_on_(sim::goes_on(*spec.study, *spec.policy)),
      from_(starts_of(*spec.policy)),
      hysteresis_(in_ten_thousandths(hysteresis)),
      entry_(static_cast<std::int32_t>(spec.policy->entry)),
      cuts_(is_by_share_ ? shares_of(spec.policy->tiers) : std::vector<double>{}),
      core_(observed.core()) {
  if (!is_by_share_) return;
  high_ = observed.scratch<std::uint32_t>("points, high");
  low_ = observed.scratch<std::uint32_t>("points, low");
}

void TiersByPoints::keep(const sim::Arm& arm, std::size_t begin, std::span<const std::int32_t> points) const {
  const sim::RankScores all = kept(arm);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto score = static_cast<double>(points[i]);
    all.keep(begin + i, {&score, 1});
  }
}

/// At month 0 customers come from the baseline: where its tiers are others they stand as somebody new.
void TiersByPoints::assign(int month, const sim::Arm& arm, std::size_t begin, std::span<const std::int32_t> points,
                           std::span<std::int32_t> tier) const {
  const auto held = arm[core_.tier].subspan(begin, points.size());
  const bool is_entered = month == 0 && !goes_on_;
  for (std::size_t i = 0; i < points.size(); ++i)
    tier[begin + i] = tier_by_points(points[i], from_, hysteresis_, is_entered ? entry_ : held[i]);
}

}  // namespace clientele::models
