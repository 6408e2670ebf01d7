// The rule is asked first; what it says is kept or not.
#include "sim/kept_tiers.hpp"

#include <algorithm>

#include "sim/random/ids.hpp"

namespace clientele::sim {

void ValidTiers::assign(BlockMonth& month, const Arm& arm, const Decision& decision,
                        std::span<std::int32_t> tier) const {
  AroundRule::assign(month, arm, decision, tier);
  const auto reviewed = arm[month.core().under_review], held = arm[month.core().tier];
  const auto valid_before = arm[valid_before_];
  const std::int32_t now = month.month() - first_month_ + 1, validity = validity_;
#pragma omp simd
  for (std::size_t i = 0; i < tier.size(); ++i) {
    const bool is_kept = tier[i] > held[i] && now < valid_before[i];
    tier[i] = is_kept ? held[i] : tier[i];
    valid_before[i] = is_kept || reviewed[i] == 0 ? valid_before[i] : now + validity;
  }
}

TiersByHand::TiersByHand(std::unique_ptr<Segmentation> rule, const Policy& policy, const CustomerFile& file,
                         Given given)
    : AroundRule(std::move(rule)), given_(given) {
  for (std::size_t row = 0; row < policy.kept_by_hand.size(); ++row)
    if (policy.kept_by_hand[row] >= 0) tiers_.emplace(id_of(IdKind::file, file.ids[row]), policy.kept_by_hand[row]);
}

void TiersByHand::assign(BlockMonth& month, const Arm& arm, const Decision& decision,
                         std::span<std::int32_t> tier) const {
  AroundRule::assign(month, arm, decision, tier);
  const auto low = month[month.core().id_low], high = month[month.core().id_high];
  for (std::size_t i = 0; i < tier.size(); ++i)
    if (const auto kept = tiers_.find(std::uint64_t{high[i]} << 32 | low[i]); kept != tiers_.end())
      tier[i] = given_ == Given::at_least ? std::min(tier[i], kept->second) : kept->second;
}

}  // namespace clientele::sim
