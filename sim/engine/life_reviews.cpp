// What a block says before a meeting, and the tiers that a review gives.
#include <algorithm>
#include <bit>
#include <limits>

#include "sim/engine/life.hpp"
#include "sim/random/distributions.hpp"
#include "sim/roll_out.hpp"

namespace clientele::sim {

void Voices::open(std::span<const VoiceSize> sizes) {
  sums.resize(sizes.size());
  maxima.resize(sizes.size());
  for (std::size_t arm = 0; arm < sizes.size(); ++arm) {
    sums[arm].assign(sizes[arm].sums, 0);
    maxima[arm].assign(sizes[arm].maxima, std::numeric_limits<std::int64_t>::min());
  }
}

void Voices::join(const Voices& other) {
  for (std::size_t arm = 0; arm < other.sums.size(); ++arm) {
    for (std::size_t i = 0; i < other.sums[arm].size(); ++i) sums[arm][i] += other.sums[arm][i];
    for (std::size_t i = 0; i < other.maxima[arm].size(); ++i)
      maxima[arm][i] = std::max(maxima[arm][i], other.maxima[arm][i]);
  }
}

/// Has the segmentation of a policy look at the customers of an arm. A benchmark may see what is latent.
template <class Look>
void Life::while_seen(std::uint32_t policy, const Arm& arm, const Look& look) {
  const std::uint32_t segmentation = program_->study().policies[policy].segmentation;
  const bool exchanges = exchanged_ && !program_->catalogue().segmentations()[segmentation].is_benchmark;
  if (exchanges) exchanged_->exchange(month_.traits_, arm.states_, column_bytes_, month_.customers_);
  look();
  if (exchanges) exchanged_->put_back(month_.traits_, arm.states_, column_bytes_, month_.customers_);
}

/// The first tier of those who are not reached yet.
std::int32_t Life::tiers_before(const Arm& arm) const {
  return static_cast<std::int32_t>(own_tiers(program_->study().policies[arm.policy_]).size());
}

/// 1 for who is reached by the arm's policy: the same customers under every policy, and more of them each step.
void Life::mark_reached(const Arm& arm, int month) {
  const std::span<std::int32_t> reached(reached_.data(), month_.width_);
  const Policy& policy = program_->study().policies[arm.policy_];
  if (!rolls_out(policy)) {
    std::ranges::fill(reached, 1);
    return;
  }
  const auto words = month_.variates_.words(program_->roll_out_luck());
  const std::int32_t limit = chance_threshold(reached_share(policy, block_->group, month));
  for (std::size_t i = 0; i < reached.size(); ++i)
    reached[i] = static_cast<std::int32_t>(happens(chance_bits(words[i]), limit));
  if (policy.grandfathering == 0) return;
  const auto born = month_[program_->core().born];
  const int first = program_->study().first_arrivals();
  for (std::size_t i = 0; i < reached.size(); ++i) reached[i] |= static_cast<std::int32_t>(born[i] >= first);
}

/// Who takes part in a review, among those who are marked as reached: who is on the books, whether active or not.
void Life::mark_review(const Arm& arm, int month) {
  const CoreColumns& core = program_->core();
  const auto born = month_[core.born];
  const std::int32_t first = program_->first_month();
  const auto on_books = arm[core.on_books];
  const auto reviewed = arm.passing<std::int32_t>(core.under_review.column);
#pragma omp simd
  for (std::size_t i = 0; i < on_books.size(); ++i)
    reviewed[i] = reached_[i] & static_cast<std::int32_t>(on_books[i] != 0) &
                  (static_cast<std::int32_t>(born[i] < month) | static_cast<std::int32_t>(born[i] == first));
}

/// By the arm's own policy. Who was not reached until now stands in its tier of entry, as somebody new.
void Life::review_reached(const Arm& arm, const Moment& moment, std::span<std::int32_t> assigned) {
  const auto tier = arm[writable(program_->core().tier)];
  const auto entry = static_cast<std::int32_t>(program_->study().policies[arm.policy_].entry);
  const std::int32_t own = tiers_before(arm);
  for (std::size_t i = 0; i < tier.size(); ++i) tier[i] = tier[i] < own ? tier[i] : entry;
  while_seen(arm.policy_, arm, [&] {
    program_->segmentation(arm.policy_).assign(month_, arm, lineup_->decisions[moment.step][arm.index_], assigned);
  });
}

/// Who is reached and not on the books now is not reviewed: he stands in the tier of entry, as somebody new.
void Life::move_unknown(const Arm& arm) {
  const CoreColumns& core = program_->core();
  const auto on_books = arm[core.on_books];
  const auto tier = arm[writable(core.tier)], standing = arm[writable(core.standing)];
  const auto entry = static_cast<std::int32_t>(program_->study().policies[arm.policy_].entry);
  const std::int32_t own = tiers_before(arm);
  for (std::size_t i = 0; i < tier.size(); ++i) {
    const bool moves = (reached_[i] != 0) & (on_books[i] == 0) & (tier[i] >= own);
    tier[i] = moves ? entry : tier[i];
    standing[i] = (moves & (standing[i] >= 0)) ? entry : standing[i];
  }
}

/// Who is not reached yet: by the baseline's rule, with the cuts that the baseline's own arm has decided.
void Life::review_before(const Arm& arm, const Moment& moment, std::span<std::int32_t> assigned) {
  const std::uint32_t baseline = program_->study().baseline;
  const auto tier = arm[writable(program_->core().tier)];
  const std::int32_t own = tiers_before(arm);
  const auto arms = month_.arms();
  const auto looked_at = std::ranges::find_if(
      arms, [&](const Arm& other) { return other.policy_ == baseline && other.scenario_ == arm.scenario_; });
  expects(looked_at != arms.end(), "a policy that rolls out lives beside the baseline");
  for (std::int32_t& held : tier) held -= own;
  const Segmentation& segmentation = program_->segmentation(baseline);
  while_seen(baseline, arm, [&] {
    segmentation.score(month_, arm);
    segmentation.assign(month_, arm, lineup_->decisions[moment.step][looked_at->index_], assigned);
  });
  for (std::int32_t& now : assigned) now += own;
}

/// After the horizon, while what is open is settled, everybody keeps the tier that they have.
void Life::review(const Moment& moment) {
  if (const auto moves = program_->layout().moves)
    for (const Arm& arm : month_.arms()) std::ranges::fill(arm.passing<std::int32_t>(*moves), 0);
  if (const auto reviewed = program_->layout().reviewed)
    for (const Arm& arm : month_.arms()) std::ranges::fill(arm.passing<std::int32_t>(*reviewed), 0);
  if (const auto progress = program_->layout().progress)
    for (const Arm& arm : month_.arms()) std::ranges::fill(arm.passing<float>(*progress), 0.F);
  if (moment.kind == MonthKind::settle) return;
  const CoreColumns& core = program_->core();
  if (program_->layout().wins_newcomers) part_channels();  // who would join has been turned away by now
  enter_stage(program_->layout().in_step(moment.step - 1));
  const std::uint32_t baseline = program_->study().baseline;
  for (const Arm& arm : month_.arms()) {
    const bool is_due = program_->is_due(arm.policy_, moment.month);
    const bool looks_back =
        program_->study().policies[arm.policy_].before > 0 && program_->is_due(baseline, moment.month);
    if (!is_due && !looks_back) continue;
    const auto tier = arm[writable(core.tier)], standing = arm[writable(core.standing)];
    const auto reviewed = arm.passing<std::int32_t>(core.under_review.column);
    const std::span<std::int32_t> now(scratch_.data(), tier.size()), held(held_.data(), tier.size());
    std::ranges::copy(tier, held.begin());
    mark_reached(arm, moment.month);
    const auto move = [&](auto assign) {
      mark_review(arm, moment.month);
      (this->*assign)(arm, moment, now);
      std::ranges::copy(held, tier.begin());
      count_moves(arm, now);
      tell_moves(arm, now);
      tell_reviewed(arm, now);
#pragma omp simd
      for (std::size_t i = 0; i < tier.size(); ++i) {
        const bool moves = reviewed[i] != 0;
        held[i] = tier[i] = moves ? now[i] : tier[i];
        standing[i] = moves ? now[i] : standing[i];
      }
    };
    if (is_due) {
      move(&Life::review_reached);
      if (rolls_out(program_->study().policies[arm.policy_])) move_unknown(arm);
      std::ranges::copy(tier, held.begin());
    }
    if (looks_back) {
      for (std::size_t i = 0; i < tier.size(); ++i) reached_[i] ^= 1;
      move(&Life::review_before);
    }
    levers_stale_ = true;
  }
  if (levers_stale_) refresh_levers();
  count_misplaced(moment.month);
  if (program_->layout().progress)
    for (const Arm& arm : month_.arms()) tell_progress(arm);
}

/// By the tiers that the first review has just given, which a yardstick's arm beside has too.
void Life::count_misplaced(int month) const {
  if (!program_->misplaced() || month != 0) return;
  const CoreColumns& core = program_->core();
  for (const Arm& arm : month_.arms()) {
    const auto yardstick = program_->yardstick_of(arm.policy_);
    if (!yardstick || !program_->is_due(arm.policy_, month)) continue;
    const auto other = std::ranges::find_if(
        month_.arms(), [&](const Arm& one) { return one.policy_ == *yardstick && one.scenario_ == arm.scenario_; });
    expects(other != month_.arms().end(), "a policy lives beside the yardstick that it is held against");
    const auto reviewed = arm[core.under_review], as_well = (*other)[core.under_review];
    const auto tier = arm[core.tier], as_it_says = (*other)[core.tier];
    std::vector<std::int32_t> placed(tier.size()), misplaced(tier.size());
    for (std::size_t i = 0; i < tier.size(); ++i) {
      placed[i] = reviewed[i] & as_well[i];
      misplaced[i] = placed[i] & static_cast<std::int32_t>(tier[i] != as_it_says[i]);
    }
    arm.count({{program_->misplaced()->placed, placed}, {program_->misplaced()->misplaced, misplaced}});
  }
}

/// Bits of the tiers that customers know of, from `first` on.
std::uint32_t Life::known_tiers(const Arm& arm, std::size_t first, std::size_t number) const {
  const std::uint32_t lever = program_->layout().lever_of_progress;
  const auto& by_tier = lineup_->resolved->levers[arm.policy_][block_->group][lever];
  std::uint32_t known = 0;
  for (std::size_t k = 0; k < number; ++k)
    known |= static_cast<std::uint32_t>(std::bit_cast<float>(by_tier[first + k]) > 0.F) << k;
  return known;
}

/// By the policy that a customer lives under: where this one rolls out, the baseline's for who is not reached yet.
void Life::tell_progress(const Arm& arm) {
  const auto progress = arm.passing<float>(*program_->layout().progress);
  const Policy& policy = program_->study().policies[arm.policy_];
  const std::size_t own = own_tiers(policy).size();
  const auto tell = [&](std::uint32_t by, std::size_t first, std::size_t number, std::span<float> out) {
    const Segmentation& rule = program_->segmentation(by);
    if (!rule.tells_progress()) return;
    const std::uint32_t known = known_tiers(arm, first, number);
    if (known != 0) while_seen(by, arm, [&] { rule.tell_progress(month_, arm, known, out); });
  };
  tell(arm.policy_, 0, own, progress);
  if (policy.before == 0) return;
  const auto tier = arm[writable(program_->core().tier)];
  const std::span<std::int32_t> held(held_.data(), tier.size());
  const auto first = static_cast<std::int32_t>(own);
  std::vector<float> of_baseline(tier.size());
  std::ranges::copy(tier, held.begin());
  for (std::int32_t& now : tier) now -= first;
  tell(program_->study().baseline, own, policy.before, of_baseline);
  std::ranges::copy(held, tier.begin());
  for (std::size_t i = 0; i < tier.size(); ++i)
    if (tier[i] >= first) progress[i] = of_baseline[i];
}

/// From the tier that was held until this review; moves before the fork are nobody's outcome.
void Life::count_moves(const Arm& arm, std::span<const std::int32_t> assigned) const {
  if (arm.tally_ == nullptr || month_.kind_ == MonthKind::closed) return;
  const auto held = arm[program_->core().tier];
  const auto reviewed = arm[program_->core().under_review];
  const auto month = static_cast<std::size_t>(month_.month_);
  const auto class_of = [&](std::size_t i) {
    return arm.group_ * arm.classes_ + (arm.classes_ == 1 ? 0 : static_cast<std::size_t>(arm.class_[i]));
  };
  for (std::size_t i = 0; i < held.size(); ++i)
    if (reviewed[i] != 0)
      ++arm.tally_->flow(arm.index_, month, static_cast<std::size_t>(held[i]), static_cast<std::size_t>(assigned[i]),
                         class_of(i));
}

/// Tiers stand from the best on. Who has lived under other tiers until now was not moved by these.
void Life::tell_moves(const Arm& arm, std::span<const std::int32_t> assigned) const {
  if (!program_->layout().moves) return;
  const auto held = arm[program_->core().tier], reviewed = arm[program_->core().under_review];
  const auto moved = arm.passing<std::int32_t>(*program_->layout().moves);
  const std::int32_t own = tiers_before(arm);
  const bool is_entered = month_.month_ == 0 && !program_->goes_on(arm.policy_);
  for (std::size_t i = 0; i < held.size(); ++i) {
    const bool stays = (held[i] < own) == (assigned[i] < own) && !(is_entered && assigned[i] < own);
    if (reviewed[i] != 0 && stays) moved[i] = (held[i] > assigned[i]) - (held[i] < assigned[i]);
  }
}

/// Of the arm's own tiers: who has not been reached is reviewed by another policy.
void Life::tell_reviewed(const Arm& arm, std::span<const std::int32_t> assigned) const {
  if (!program_->layout().reviewed) return;
  const auto under_review = arm[program_->core().under_review];
  const auto reviewed = arm.passing<std::int32_t>(*program_->layout().reviewed);
  const std::int32_t own = tiers_before(arm);
  for (std::size_t i = 0; i < reviewed.size(); ++i)
    if (under_review[i] != 0 && assigned[i] < own) reviewed[i] = 1;
}

/// Of a customer whom the review has sorted by the arm's own policy, by arm.
std::vector<std::vector<Change>> Life::scores_of(std::size_t customer, const Moment& moment, Told told) {
  std::vector<std::vector<Change>> all(month_.arms().size());
  const CoreColumns& core = program_->core();
  const std::int32_t born = month_[core.born][customer];
  const bool was_there = born < moment.month || born == program_->first_month();
  for (std::size_t a = 0; a < all.size(); ++a) {
    const Arm& arm = month_.arms()[a];
    const bool is_own = arm[core.tier][customer] < tiers_before(arm);
    if (!was_there || !is_own || arm[core.on_books][customer] == 0 || !program_->is_due(arm.policy_, moment.month))
      continue;
    std::vector<Segmentation::ScorePart> parts;
    while_seen(arm.policy_, arm, [&] {
      (program_->segmentation(arm.policy_).*told)(month_, arm, lineup_->decisions[moment.step][arm.index_], customer,
                                                  parts);
    });
    for (const Segmentation::ScorePart& part : parts) all[a].push_back({part.name, 0, part.value});
  }
  return all;
}

/// Of the customers of a file, right behind the review.
void Life::read_standing(const Moment& moment) {
  const auto rows = month_.of_file();
  for (std::size_t i = 0; i < std::min(rows.size(), block_->customers); ++i) {
    const auto all = scores_of(i, moment, &Segmentation::tell_standing);
    for (const Arm& arm : month_.arms())
      if (arm.index_ < lineup_->delivered && !all[arm.index_].empty())
        (*standing_)(lineup_->cells[arm.index_], rows[i], all[arm.index_]);
  }
}

/// By the one arm that there is until the policies part.
void Life::measure_classes(Block& block, int round, Voices& voices) {
  constexpr int last_of_warmup = -1;
  if (block_ != &block || month_.month_ != last_of_warmup) {
    bind(block);
    enter_month({last_of_warmup, MonthKind::usual}, nullptr);
  }
  program_->classes()->measure(month_, month_.arms_[0], round, lineup_->decisions[0][0], voices.of(0));
}

void Life::measure(Block& block, const Moment& moment, int round, std::span<const std::uint8_t> open_arms,
                   Voices& voices) {
  if (moment.step == 0) return measure_classes(block, round, voices);
  if (block_ != &block || month_.month_ != moment.month || month_.kind_ != moment.kind) {
    bind(block);
    enter_month({moment.month, moment.kind}, nullptr);
  }
  enter_stage(program_->layout().meeting_before(moment.step - 1));
  const bool review = program_->steps()[moment.step].kind == ProgramStep::Kind::review;
  for (std::size_t a = 0; a < month_.present_arms_; ++a) {
    if (open_arms[a] == 0) continue;
    const Arm& arm = month_.arms_[a];
    const Decision& so_far = lineup_->decisions[moment.step][a];
    if (!review) {
      program_->steps()[moment.step].signal->measure(month_, arm, round, so_far, voices.of(a));
      continue;
    }
    mark_reached(arm, moment.month);
    mark_review(arm, moment.month);
    while_seen(arm.policy_, arm,
               [&] { program_->segmentation(arm.policy_).measure(month_, arm, round, so_far, voices.of(a)); });
  }
}

}  // namespace clientele::sim
