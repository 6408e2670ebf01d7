// What a block says before a meeting, and the tiers that a review gives.
#include <algorithm>
#include <limits>

#include "sim/engine/life.hpp"

namespace clientele::sim {

void Voices::open(std::span<const VoiceSize> sizes) {
  sums.resize(sizes.size());
  most.resize(sizes.size());
  for (std::size_t arm = 0; arm < sizes.size(); ++arm) {
    sums[arm].assign(sizes[arm].sums, 0);
    most[arm].assign(sizes[arm].most, std::numeric_limits<std::int64_t>::min());
  }
}

void Voices::join(const Voices& other) {
  for (std::size_t arm = 0; arm < other.sums.size(); ++arm) {
    for (std::size_t i = 0; i < other.sums[arm].size(); ++i) sums[arm][i] += other.sums[arm][i];
    for (std::size_t i = 0; i < other.most[arm].size(); ++i) most[arm][i] = std::max(most[arm][i], other.most[arm][i]);
  }
}

void Life::mark_review(int month) {
  const CoreColumns& core = program_->core();
  const auto born = month_[core.born];
  const std::int32_t first = program_->first_month();
  for (const Arm& arm : month_.arms()) {
    const auto standing = arm[core.standing];
    const auto reviewed = arm.passing<std::int32_t>(core.under_review.column);
#pragma omp simd
    for (std::size_t i = 0; i < standing.size(); ++i)
      reviewed[i] = static_cast<std::int32_t>(standing[i] >= 0) &
                    (static_cast<std::int32_t>(born[i] < month) | static_cast<std::int32_t>(born[i] == first));
  }
}

/// After the horizon, while what is open is settled, everybody keeps the tier that they have.
void Life::review(const Place& place) {
  if (place.kind == MonthKind::settle) return;
  const CoreColumns& core = program_->core();
  enter_stage(program_->layout().in_step(place.step - 1));
  mark_review(place.month);
  for (std::size_t a = 0; a < month_.living_arms_; ++a) {
    const Arm& arm = month_.arms_[a];
    const Segmentation& segmentation = program_->segmentation(arm.policy_);
    if (!segmentation.due(place.month)) continue;
    const auto tier = arm[writable(core.tier)], standing = arm[writable(core.standing)];
    const auto reviewed = arm[core.under_review];
    const std::span<std::int32_t> assigned(scratch_.data(), tier.size());
    segmentation.assign(month_, arm, lineup_->decisions[place.step][a], assigned);
    count_moves(arm, assigned);
#pragma omp simd
    for (std::size_t i = 0; i < tier.size(); ++i) {
      const bool moves = reviewed[i] != 0;
      tier[i] = moves ? assigned[i] : tier[i];
      standing[i] = moves ? assigned[i] : standing[i];
    }
    levers_stale_ = true;
  }
  if (levers_stale_) refresh_levers();
}

/// From the tier that was held until this review; moves before the fork are nobody's outcome.
void Life::count_moves(const Arm& arm, std::span<const std::int32_t> assigned) const {
  if (arm.tally_ == nullptr || month_.kind_ == MonthKind::closed) return;
  const auto held = arm[program_->core().tier], reviewed = arm[program_->core().under_review];
  const auto month = static_cast<std::size_t>(month_.month_);
  for (std::size_t i = 0; i < held.size(); ++i)
    if (reviewed[i] != 0)
      ++arm.tally_->flow(arm.index_, month, static_cast<std::size_t>(held[i]), static_cast<std::size_t>(assigned[i]),
                         arm.group_);
}

void Life::measure(Block& block, const Place& place, int round, std::span<const std::uint8_t> open_arms,
                   Voices& voices) {
  if (block_ != &block || month_.month_ != place.month || month_.kind_ != place.kind) {
    bind(block);
    enter_month({place.month, place.kind}, nullptr);
  }
  enter_stage(program_->layout().meeting_before(place.step - 1));
  const bool review = program_->steps()[place.step].kind == ProgramStep::Kind::review;
  if (review) mark_review(place.month);
  for (std::size_t a = 0; a < month_.living_arms_; ++a) {
    if (open_arms[a] == 0) continue;
    const Arm& arm = month_.arms_[a];
    program_->meeting(place, arm.policy_)->measure(month_, arm, round, lineup_->decisions[place.step][a], voices.of(a));
  }
}

}  // namespace clientele::sim
