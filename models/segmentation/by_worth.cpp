// Worths are kept from the first round of a review on where tiers are shares, and else worked out and forgotten.
#include "models/segmentation/by_worth.hpp"

#include <algorithm>
#include <array>

#include "models/segmentation/by_share.hpp"
#include "models/segmentation/by_value.hpp"
#include "models/segmentation/points.hpp"

namespace clientele::models {

ByWorth::ByWorth(std::int32_t review_every, const sim::SegmentationSpec& spec, sim::Observed& observed)
    : review_every_(review_every),
      is_by_share_(goes_by_share(spec.policy->tiers)),
      cuts_(is_by_share_ ? shares_of(spec.policy->tiers) : std::vector<double>{}),
      core_(observed.core()),
      quantum_(spec.study->money_quantum) {
  if (is_by_share_) {
    high_ = observed.scratch<std::uint32_t>("worth, high");
    low_ = observed.scratch<std::uint32_t>("worth, low");
    return;
  }
  for (const double amount : stated_least(*spec.policy))
    least_.push_back(reachable_quanta(amount, spec.study->money_quantum));
}

template <class Visit>
void ByWorth::for_each_worth(const sim::BlockMonth& month, const sim::Arm& arm, const Visit& visit) const {
  const std::size_t all = arm[core_.tier].size();
  std::array<double, some> room;
  for (std::size_t begin = 0; begin < all; begin += some) {
    const std::span<double> worth = std::span(room).first(std::min(some, all - begin));
    work_out(month, arm, begin, worth);
    visit(begin, std::span<const double>(worth));
  }
}

void ByWorth::score(sim::BlockMonth& month, const sim::Arm& arm) const {
  if (!is_by_share_ || !is_known(month.month())) return;
  const sim::RankScores scores = kept(arm);
  for_each_worth(month, arm, [&](std::size_t begin, std::span<const double> worth) { scores.keep(begin, worth); });
}

void ByWorth::measure(sim::BlockMonth& month, const sim::Arm& arm, int round, const sim::Decision& so_far,
                      sim::Voice voice) const {
  if (round == 0) score(month, arm);
  cuts_.measure(month, arm, kept(arm), round, so_far, voice);
}

void ByWorth::assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
                     std::span<std::int32_t> tier) const {
  if (!is_known(month.month())) {
    std::ranges::copy(arm[core_.tier], tier.begin());
    return;
  }
  if (is_by_share_) return cuts_.assign(month, arm, kept(arm), decision, tier);
  for_each_worth(month, arm, [&](std::size_t begin, std::span<const double> worth) {
    for (std::size_t i = 0; i < worth.size(); ++i)
      tier[begin + i] =
          static_cast<std::int32_t>(std::ranges::count_if(least_, [&](double least) { return worth[i] < least; }));
  });
}

void ByWorth::tell_standing(const sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&,
                            std::size_t customer, std::vector<ScorePart>& parts) const {
  if (!is_known(month.month())) return;
  double worth = 0;
  work_out(month, arm, customer, std::span(&worth, 1));
  parts.push_back({"expected margin", worth * quantum_});
}

}  // namespace clientele::models
