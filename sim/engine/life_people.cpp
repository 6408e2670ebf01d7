// Who is in a block: customers are made, parted between arms, born, let go, forgotten, and bring others.
#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "sim/engine/life.hpp"

namespace clientele::sim {

void Life::create(Block& block, std::span<const Newcomer> newcomers) {
  expects(!newcomers.empty() && newcomers.size() <= block_size_, "a block holds 1 to block_size customers");
  const CoreColumns& core = program_->core();
  block.customers = newcomers.size();
  block.width = rounded_up(newcomers.size());
  block.created = std::ranges::min(newcomers, {}, &Newcomer::born).born;
  block.last_birth = std::ranges::max(newcomers, {}, &Newcomer::born).born;
  const std::size_t arms = living_arms(block.created);
  std::memset(block.memory, 0, block_bytes(program_->layout(), block_size_, arms));
  bind(block);
  const auto low = month_[core.id_low], high = month_[core.id_high];
  const auto born = month_[core.born];
  block.arms.resize(block.width);
  month_.rows_.clear();
  for (const Newcomer& who : newcomers)
    if (who.row) month_.rows_.push_back(*who.row);
  month_.first_base_ = is_of_first_base(newcomers.front().id);
  expects(month_.rows_.empty() || month_.rows_.size() == newcomers.size(), "a block is of the customer file or is not");
  for (std::size_t i = 0; i < block.width; ++i) {
    const Newcomer& who = newcomers[std::min(i, newcomers.size() - 1)];
    low[i] = static_cast<std::uint32_t>(who.id);
    high[i] = static_cast<std::uint32_t>(who.id >> 32);
    born[i] = i < newcomers.size() ? who.born : std::numeric_limits<std::int32_t>::max();
    block.arms[i] = i < newcomers.size() ? who.arms : 0;
  }
  month_.variates_.enter_month(block.created);
  month_.month_ = block.created;
  month_.kind_ = MonthKind::usual;
  month_.living_arms_ = 0;
  for (const auto& behavior : program_->behaviors()) behavior->draw_traits(month_);
  arrange(block.arms);
  month_.variates_.enter_block(low, high);
  month_.living_arms_ = arms;
  for (std::size_t a = 0; a < arms; ++a) std::ranges::fill(month_.arms_[a][core.standing], -1);
  for (const auto& behavior : program_->behaviors()) behavior->set_first_states(month_);
  const std::byte* states = states_of(0);
  if (block.last_birth > block.created)
    block.first_states.assign(states, states + arms * program_->layout().states * column_bytes_);
}

/// Sorts by the octave and sixteenth of a float that is not negative, counting: only speed hangs on it.
void Life::arrange(std::span<std::uint64_t> arms) {
  const auto key = program_->layout().arranged_by;
  if (!key) return;
  constexpr std::size_t buckets = 512;
  constexpr int shift = 19;
  const auto value = month_[Trait<const float>{*key}];
  const std::size_t n = month_.customers_;
  const auto step = [&](std::size_t i) { return std::bit_cast<std::uint32_t>(std::max(value[i], 0x1p-126F)) >> shift; };
  std::uint32_t largest = 0;
  for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, step(i));
  const auto bucket = [&](std::size_t i) {
    return largest - step(i) < buckets ? buckets - 1 - (largest - step(i)) : 0;
  };
  std::uint16_t start[buckets + 1] = {}, from[most_customers_of_a_block];
  for (std::size_t i = 0; i < n; ++i) ++start[bucket(i) + 1];
  for (std::size_t b = 0; b < buckets; ++b) start[b + 1] = static_cast<std::uint16_t>(start[b + 1] + start[b]);
  for (std::size_t i = 0; i < n; ++i) from[start[bucket(i)]++] = static_cast<std::uint16_t>(i);
  std::uint32_t moved[most_customers_of_a_block];
  for (std::uint32_t trait = 0; trait < program_->layout().traits; ++trait) {
    const auto values = month_[Trait<std::uint32_t>{trait}];
    for (std::size_t i = 0; i < n; ++i) moved[i] = values[from[i]];
    std::copy(moved, moved + n, values.begin());
  }
  std::uint64_t moved_arms[most_customers_of_a_block];
  for (std::size_t i = 0; i < n; ++i) moved_arms[i] = arms[from[i]];
  std::copy(moved_arms, moved_arms + n, arms.begin());
}

/// Until here the world had one arm; now every arm goes on from where that one is. Nobody holds a tier that the arm's
/// policy lacks: the last one stands for it.
void Life::fork() {
  const std::size_t bytes = program_->layout().states * column_bytes_;
  for (std::size_t a = 1; a < lineup_->cells.size(); ++a) std::memcpy(states_of(a), states_of(0), bytes);
  if (!block_->first_states.empty()) {
    block_->first_states.resize(bytes * lineup_->cells.size());
    for (std::size_t a = 1; a < lineup_->cells.size(); ++a)
      std::memcpy(block_->first_states.data() + a * bytes, block_->first_states.data(), bytes);
  }
  for (const Arm& arm : month_.arms()) {  // who left owing before is never reviewed
    const auto tiers = static_cast<std::int32_t>(program_->study().policies[arm.policy()].tiers.size());
    for (std::int32_t& tier : arm[program_->core().tier]) tier = std::min(tier, std::max(tiers - 1, 0));
  }
  levers_stale_ = true;
}

/// Who is born now takes the states of the block's creation: what happened in these lanes since was nobody's life.
void Life::let_be_born(int month) {
  const CoreColumns& core = program_->core();
  const auto born = month_[core.born];
  const std::uint32_t states = program_->layout().states;
  for (const Arm& arm : month_.arms()) {
    for (std::uint32_t s = 0; s < states && month > block_->created; ++s) {
      const auto column = arm[State<std::uint32_t>{s}];
      const std::byte* first = block_->first_states.data() + (arm.index() * states + s) * column_bytes_;
      for (std::size_t i = 0; i < column.size(); ++i)
        if (born[i] == month) std::memcpy(&column[i], first + i * 4, 4);
    }
    const auto status = arm[core.status], tier = arm[core.tier];
    const auto entry = static_cast<std::int32_t>(program_->study().policies[arm.policy()].entry);
    for (std::size_t i = 0; i < status.size(); ++i) {
      if (born[i] != month) continue;
      status[i] = month < 0 ? 1 : static_cast<std::int32_t>(block_->arms[i] >> arm.index() & 1U);
      tier[i] = entry;
    }
  }
  levers_stale_ = true;
  if (month == block_->last_birth) block_->first_states = {}, block_->arms = {};
}

/// Drops who has left in all arms and has nothing open. Ids keep each one's luck, so that no bit changes.
void Life::forget_the_gone() {
  const Layout& layout = program_->layout();
  const std::span<std::int32_t> kept(scratch_.data(), month_.width_);
  std::ranges::fill(kept, 0);
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[program_->core().status];
#pragma omp simd
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] |= static_cast<std::int32_t>(status[i] == 1);
    for (const std::uint32_t open : layout.keeps) {
      const auto owed = arm[State<std::int32_t>{open}];
#pragma omp simd
      for (std::size_t i = 0; i < kept.size(); ++i) kept[i] |= static_cast<std::int32_t>(owed[i] != 0);
    }
  }
  std::size_t n = 0;
  for (const std::int32_t here : kept) n += static_cast<std::size_t>(here);
  const std::size_t width = std::max(rounded_up(n), whole);
  if (width >= month_.width_) return;
  for (std::uint32_t t = 0; t < layout.traits; ++t) keep_only(kept, month_[Trait<std::uint32_t>{t}]);
  for (const Arm& arm : month_.arms())
    for (std::uint32_t s = 0; s < layout.states; ++s) keep_only(kept, arm[State<std::uint32_t>{s}]);
  block_->width = width;
  block_->customers = n;
  const int month = month_.month_;
  bind(*block_);
  month_.month_ = month;
  month_.variates_.enter_month(month);
}

void Life::refuse_exits(const Arm& arm) const {
  for (const Layout::DepartureInfo& departure : program_->layout().departures)
    std::ranges::fill(arm[State<std::int32_t>{departure.request}], 0);
}

void Life::exits() {
  const Layout& layout = program_->layout();
  const CoreColumns& core = program_->core();
  const auto born = month_[core.born];
  const std::int32_t month = month_.month_, first = program_->first_month();
  const std::span<std::int32_t> marked(scratch_.data(), month_.width_);
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[core.status], standing = arm[core.standing];
    if (program_->study().stands_still(month)) refuse_exits(arm);
    arm.count(Metric{metric_of_customers}, status);
    if (month <= block_->last_birth && month > first) {
      for (std::size_t i = 0; i < marked.size(); ++i) marked[i] = static_cast<std::int32_t>(born[i] == month);
      arm.count(Metric{metric_of_arrivals}, marked);
    }
    for (std::size_t d = layout.departures.size(); d-- > 0;) {  // the first in precedence is applied last and stays
      const auto request = arm[State<std::int32_t>{layout.departures[d].request}];
      const auto gone = static_cast<std::int32_t>(2 + d);
#pragma omp simd
      for (std::size_t i = 0; i < status.size(); ++i)
        status[i] = ((request[i] > 0) & (standing[i] >= 0)) ? gone : status[i];
    }
    for (std::size_t d = 0; d < layout.departures.size(); ++d) {
      const auto request = arm[State<std::int32_t>{layout.departures[d].request}];
      const auto gone = static_cast<std::int32_t>(2 + d);
#pragma omp simd
      for (std::size_t i = 0; i < status.size(); ++i) {
        marked[i] = static_cast<std::int32_t>(status[i] == gone);
        request[i] = 0;
      }
      arm.count(layout.departures[d].metric, marked);
    }
  }
}

void Life::arrivals() {
  const Study& study = program_->study();
  const bool end = month_.month_ + 1 >= study.horizon.months || study.stands_still(month_.month_);
  const auto low = month_[program_->core().id_low], high = month_[program_->core().id_high];
  std::int32_t most = 0;
  for (const Arm& arm : month_.arms()) {
    auto& asked = month_.referrals_[arm.index()];
    const auto standing = arm[program_->core().standing];
    for (std::size_t i = 0; i < asked.size(); ++i)
      asked[i] = standing[i] >= 0 ? asked[i] : 0, most = std::max(most, asked[i]);
  }
  for (std::size_t i = 0; i < month_.width_ && most > 0 && !end; ++i) {
    for (std::int32_t ordinal = 0; ordinal < most; ++ordinal) {
      std::uint64_t arms = 0;
      for (const Arm& arm : month_.arms()) {
        const auto& asked = month_.referrals_[arm.index()];
        if (!asked.empty() && asked[i] > ordinal) arms |= std::uint64_t{1} << arm.index();
      }
      if (arms == 0) break;
      const std::uint64_t referrer = static_cast<std::uint64_t>(high[i]) << 32 | low[i];
      const auto id = id_of_referral(referrer, month_.month_, static_cast<std::uint32_t>(ordinal), tag_of_referrals);
      if (month_.month_ < 0) arms = ~std::uint64_t{0};
      newcomers_.push_back({id, arms, month_.month_ + 1, {}});
    }
  }
  for (auto& asked : month_.referrals_) asked.clear();
}

}  // namespace clientele::sim
