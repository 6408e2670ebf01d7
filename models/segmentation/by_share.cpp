// Scores are worked out in the first round of a review and kept for the others.
#include "models/segmentation/by_share.hpp"

#include <algorithm>

namespace clientele::models {

std::vector<double> shares_of(const std::vector<sim::Tier>& tiers) {
  double given = 0;
  for (const sim::Tier& tier : tiers) given += tier.share.value_or(0);
  std::vector<double> shares;
  for (std::size_t k = 0; k + 1 < tiers.size(); ++k) shares.push_back(tiers[k].share.value_or(1 - given));
  return shares;
}

ByShare::ByShare(std::int32_t review_every, std::optional<ObservedNumber> number, const sim::SegmentationSpec& spec,
                 sim::Observed& observed, sim::SharesOf of)
    : review_every_(review_every),
      number_(std::move(number)),
      core_(observed.core()),
      score_high_(observed.scratch<std::uint32_t>("score, high")),
      score_low_(observed.scratch<std::uint32_t>("score, low")),
      cuts_(shares_of(spec.policy->tiers), of) {}

void ByShare::measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
                      sim::Voice voice) const {
  if (round == 0) score(month, arm);
  cuts_.measure(month, arm, scores(arm), round, so_far, voice);
}

void ByShare::score(sim::BlockMonth& month, const sim::Arm& arm) const {
  const auto kept = scores(arm);
  if (!number_) {
    std::ranges::fill(kept.high, 0);
    std::ranges::fill(kept.low, 0);
    return;
  }
  for_each_score(*number_, month, arm, kept.high.size(),
                 [&](std::size_t begin, std::span<const double> score) { kept.keep(begin, score); });
}

void ByShare::assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
                     std::span<std::int32_t> tier) const {
  if (hears(month.month()))
    cuts_.assign(month, arm, scores(arm), decision, tier);
  else
    std::ranges::copy(arm[core_.tier], tier.begin());
}

}  // namespace clientele::models
