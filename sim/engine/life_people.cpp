// Who is in a block: customers are made, parted between arms, born, let go, forgotten, and bring others.
#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "sim/engine/life.hpp"

namespace clientele::sim {

void Life::create(Block& block, std::span<const Newcomer> newcomers) {
  expects(!newcomers.empty() && newcomers.size() <= block_size_, "a block holds 1 to block_size customers");
  expects(std::ranges::is_sorted(newcomers, {}, &Newcomer::born), "newcomers stand in the order of their births");
  const CoreColumns& core = program_->core();
  block.customers = newcomers.size();
  block.width = rounded_up(newcomers.size());
  block.created = newcomers.front().born;
  block.last_birth = newcomers.back().born;
  const std::size_t arms = present_arms(block.created);
  for (std::size_t column = 0; column < program_->layout().traits + arms * program_->layout().states; ++column)
    std::memset(block.memory + column * column_bytes_, 0, block.width * 4);
  bind(block);
  const auto low = month_.trait<std::uint32_t>(core.id_low.column),
             high = month_.trait<std::uint32_t>(core.id_high.column);
  const auto born = month_.trait<std::int32_t>(core.born.column);
  const auto won_over = month_.trait<std::int32_t>(core.is_won_over.column);
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
    won_over[i] = static_cast<std::int32_t>(who.is_won_over);
    block.arms[i] = i < newcomers.size() ? who.arms : 0;
  }
  if (program_->layout().row) {
    const auto rows = month_.trait<std::uint32_t>(*program_->layout().row);
    for (std::size_t i = 0; i < block.width; ++i)
      rows[i] = newcomers[std::min(i, newcomers.size() - 1)].row.value_or(BlockMonth::no_row);
  }
  if (const Classes* classes = program_->classes())
    std::ranges::fill(month_.trait<std::int32_t>(classes->column()), classes->came_later());
  month_.variates_.enter_month(block.created);
  month_.month_ = block.created;
  month_.kind_ = MonthKind::usual;
  month_.present_arms_ = 0;
  month_.is_birth_ = true;
  const auto for_each_behavior = [&](auto act) {
    for (std::uint32_t b = 0; b < program_->behaviors().size(); ++b) {
      enter_stage(program_->layout().at_birth(b));
      act(*program_->behaviors()[b]);
    }
  };
  for_each_behavior([&](const Behavior& behavior) { behavior.draw_traits(month_); });
  arrange(block.arms);
  month_.variates_.enter_block(low, high);
  month_.present_arms_ = arms;
  for (std::size_t a = 0; a < arms; ++a) std::ranges::fill(month_.arms_[a][writable(core.standing)], -1);
  reset_effects(true);
  for_each_behavior([&](const Behavior& behavior) { behavior.set_first_states(month_); });
  month_.is_birth_ = false;
  if (block.last_birth == block.created) return;
  const auto at_once = std::ranges::upper_bound(newcomers, block.created, {}, &Newcomer::born) - newcomers.begin();
  block.customers = static_cast<std::size_t>(at_once);
  block.width = rounded_up(block.customers);
  remember_first_states();
}

/// Of the last lanes that live: some of them fill a register up, and take part in what happens before they are
/// anybody's.
void Life::remember_first_states() {
  const std::size_t states = program_->layout().states, bytes = chunk_size * 4;
  block_->first_states.resize(month_.present_arms_ * states * bytes);
  std::byte* to = block_->first_states.data();
  for (std::size_t arm = 0; arm < month_.present_arms_; ++arm)
    for (std::size_t s = 0; s < states; ++s, to += bytes)
      std::memcpy(to, states_of(arm) + s * column_bytes_ + (block_->width - chunk_size) * 4, bytes);
}

/// What happened since in lanes that nobody had was nobody's life.
void Life::take_first_states(std::size_t first, std::size_t behind) {
  const std::size_t states = program_->layout().states, bytes = chunk_size * 4, before = block_->width - chunk_size;
  behind = std::min(behind, block_->width);  // further lanes are as they were created
  if (first >= behind) return;
  const std::byte* from = block_->first_states.data() + (first - before) * 4;
  for (std::size_t arm = 0; arm < month_.present_arms_; ++arm)
    for (std::size_t s = 0; s < states; ++s, from += bytes)
      std::memcpy(states_of(arm) + s * column_bytes_ + first * 4, from, (behind - first) * 4);
}

/// Sorts by the octave and sixteenth of a float that is not negative, counting, among those born together: only speed
/// hangs on it.
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
  std::uint16_t start[buckets + 1] = {}, from[max_customers_of_a_block];
  for (std::size_t i = 0; i < n; ++i) ++start[bucket(i) + 1];
  for (std::size_t b = 0; b < buckets; ++b) start[b + 1] = static_cast<std::uint16_t>(start[b + 1] + start[b]);
  for (std::size_t i = 0; i < n; ++i) from[start[bucket(i)]++] = static_cast<std::uint16_t>(i);
  const auto born = month_[program_->core().born];
  if (born[0] != born[n - 1]) std::stable_sort(from, from + n, [&](auto a, auto b) { return born[a] < born[b]; });
  std::uint32_t moved[max_customers_of_a_block];
  for (std::uint32_t trait = 0; trait < program_->layout().traits; ++trait) {
    const auto values = month_.trait<std::uint32_t>(trait);
    for (std::size_t i = 0; i < n; ++i) moved[i] = values[from[i]];
    std::copy(moved, moved + n, values.begin());
  }
  std::uint64_t moved_arms[max_customers_of_a_block];
  for (std::size_t i = 0; i < n; ++i) moved_arms[i] = arms[from[i]];
  std::copy(moved_arms, moved_arms + n, arms.begin());
}

/// By what the meeting before the fork decided. Who is born later has its class from birth on.
void Life::sort_into_classes() {
  const Classes* classes = program_->classes();
  if (classes == nullptr) return;
  const auto column = month_.trait<std::int32_t>(classes->column());
  classes->assign(month_, month_.arms_[0], lineup_->decisions[0][0], column);
}

/// Tiers that a file tells are held in place of those that the warm-up's reviews gave.
void Life::hold_told_tiers() {
  const auto& file = program_->study().population.file;
  const auto rows = month_.of_file();
  if (!file || file->tiers.empty() || rows.empty()) return;
  const auto tier = month_.arms_[0][writable(program_->core().tier)];
  for (std::size_t i = 0; i < month_.customers_; ++i)
    if (const std::int32_t told = file->tiers[rows[i]]; told >= 0) tier[i] = told;
  levers_stale_ = true;
}

/// Until here the world had one arm; now every arm goes on from where that one is. Who is on the books is reviewed in
/// this month; who is not stands in the new policy's tier of entry, as somebody new, unless its tiers are the
/// baseline's.
void Life::fork() {
  const std::size_t bytes = program_->layout().states * column_bytes_;
  for (std::size_t a = 1; a < lineup_->cells.size(); ++a) std::memcpy(states_of(a), states_of(0), bytes);
  if (!block_->first_states.empty()) {
    const std::size_t kept = block_->first_states.size();
    block_->first_states.resize(kept * lineup_->cells.size());
    for (std::size_t a = 1; a < lineup_->cells.size(); ++a)
      std::memcpy(block_->first_states.data() + a * kept, block_->first_states.data(), kept);
  }
  for (const Arm& arm : month_.arms())
    if (!program_->goes_on(arm.policy())) enter_policy(arm);
  levers_stale_ = true;
}

void Life::enter_policy(const Arm& arm) {
  const CoreColumns& core = program_->core();
  const Policy& policy = program_->study().policies[arm.policy()];
  const auto last = static_cast<std::int32_t>(policy.tiers.size()) - 1, entry = static_cast<std::int32_t>(policy.entry);
  const std::int32_t own = tiers_before(arm);
  const bool keeps_books = program_->layout().keeps_books;
  const auto tier = arm[writable(core.tier)];
  const auto status = arm[core.status], on_books = arm[core.on_books];
  for (std::size_t i = 0; i < tier.size(); ++i) {
    const bool is_known = keeps_books ? on_books[i] != 0 : status[i] == 1;
    tier[i] = policy.before > 0 ? own + tier[i] : is_known ? std::min(tier[i], last) : entry;
  }
}

/// Who is born later has columns already, behind those of who is born now.
void Life::widen_to(std::size_t customers) {
  const int month = month_.month_;
  const bool is_wider = rounded_up(customers) > block_->width;
  block_->customers = customers;
  block_->width = rounded_up(customers);
  if (is_wider) remember_first_states();
  bind(*block_);
  month_.month_ = month;
  month_.variates_.enter_month(month);
}

/// Who is born now takes the states of the block's creation.
void Life::let_be_born(int month) {
  const CoreColumns& core = program_->core();
  const std::int32_t* all = month_[core.born].data();
  const auto born = std::equal_range(all, all + block_->arms.size(), month);
  const auto first = static_cast<std::size_t>(born.first - all), behind = static_cast<std::size_t>(born.second - all);
  if (first == behind) return;
  if (month > block_->created) {
    take_first_states(first, behind);
    widen_to(behind);
  }
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[writable(core.status)], tier = arm[writable(core.tier)];
    const Study& study = program_->study();
    const auto entry = static_cast<std::int32_t>(study.policies[arm.policy()].entry);
    const std::int32_t before = tiers_before(arm) + static_cast<std::int32_t>(study.policies[study.baseline].entry);
    mark_reached(arm, month);
    const auto on_books = arm[writable(core.on_books)];
    for (std::size_t i = first; i < behind; ++i) {
      status[i] = month < 0 ? 1 : static_cast<std::int32_t>(block_->arms[i] >> arm.index() & 1U);
      on_books[i] = status[i];
      tier[i] = reached_[i] != 0 ? entry : before;
    }
  }
  levers_stale_ = true;
  if (month == block_->last_birth) block_->first_states = {}, block_->arms = {};
}

/// Drops who has left in all arms, stands on no books and has nothing open. Ids keep each one's luck, so that no bit
/// changes.
void Life::forget_the_gone() {
  const Layout& layout = program_->layout();
  const std::span<std::int32_t> kept(scratch_.data(), month_.width_);
  std::ranges::fill(kept, 0);
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[program_->core().status];
#pragma omp simd
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] |= static_cast<std::int32_t>(status[i] == 1);
    if (layout.keeps_books) {
      const auto on_books = arm[program_->core().on_books];
#pragma omp simd
      for (std::size_t i = 0; i < kept.size(); ++i) kept[i] |= on_books[i];
    }
    for (const std::uint32_t open : layout.keeps) {
      const auto owed = arm[State<std::int32_t>{open}];
#pragma omp simd
      for (std::size_t i = 0; i < kept.size(); ++i) kept[i] |= static_cast<std::int32_t>(owed[i] != 0);
    }
  }
  std::size_t n = 0;
  for (const std::int32_t here : kept) n += static_cast<std::size_t>(here);
  const std::size_t width = std::max(rounded_up(n), chunk_size);
  if (width >= month_.width_) return;
  for (std::uint32_t t = 0; t < layout.traits; ++t) keep_only(kept, month_.trait<std::uint32_t>(t));
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
    std::ranges::fill(arm[State<std::int32_t>{departure.request.column}], 0);
}

/// Who had left before month 0, as a draw has it, goes as the warm-up ends.
void Life::let_go_before(const Arm& arm) const {
  const auto& gone_before = program_->layout().gone_before;
  if (!gone_before) return;
  const auto gone = month_[Trait<const std::int32_t>{gone_before->trait}];
  std::ranges::copy(gone, arm[State<std::int32_t>{gone_before->request}].begin());
}

void Life::exits() {
  const Layout& layout = program_->layout();
  const CoreColumns& core = program_->core();
  const auto born = month_[core.born];
  const std::int32_t month = month_.month_, first = program_->first_month();
  const bool replaces = month < 0 && program_->study().population.replacement == Replacement::same_group;
  const std::span<std::int32_t> marked(scratch_.data(), month_.width_), active(held_.data(), month_.width_);
  const auto is_in_vain = [&](std::size_t d) { return layout.metrics[layout.departures[d].metric.index].is_zero; };
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[writable(core.status)];
    if (program_->study().stands_still(month)) refuse_exits(arm);
    if (program_->study().books_take_over(month)) let_go_before(arm);
#pragma omp simd
    for (std::size_t i = 0; i < status.size(); ++i) active[i] = static_cast<std::int32_t>(status[i] == 1);
    arm.count(Metric{metric_of_customers}, active);
    if (month <= block_->last_birth && month > first) {
      for (std::size_t i = 0; i < marked.size(); ++i)
        marked[i] = active[i] & static_cast<std::int32_t>(born[i] == month);
      arm.count(Metric{metric_of_arrivals}, marked);
    }
    for (std::size_t d = layout.departures.size(); d-- > 0;) {  // the first in precedence is applied last and stays
      if (is_in_vain(d)) continue;
      const auto request = arm[State<std::int32_t>{layout.departures[d].request.column}];
      const auto gone = static_cast<std::int32_t>(2 + d);
#pragma omp simd
      for (std::size_t i = 0; i < status.size(); ++i)
        status[i] = ((request[i] > 0) & (active[i] != 0)) ? gone : status[i];
    }
    if (replaces) replace_the_gone(arm, active);
    for (std::size_t d = 0; d < layout.departures.size(); ++d) {
      if (is_in_vain(d)) continue;
      const auto request = arm[State<std::int32_t>{layout.departures[d].request.column}];
      const auto gone = static_cast<std::int32_t>(2 + d);
#pragma omp simd
      for (std::size_t i = 0; i < status.size(); ++i) {
        marked[i] = active[i] & static_cast<std::int32_t>(status[i] == gone);
        request[i] = 0;
      }
      arm.count(layout.departures[d].metric, marked);
    }
  }
}

/// Before the fork, so that whoever comes lives in all arms.
void Life::replace_the_gone(const Arm& arm, std::span<const std::int32_t> was_active) {
  const auto status = arm[program_->core().status];
  const auto low = month_[program_->core().id_low], high = month_[program_->core().id_high];
  for (std::size_t i = 0; i < status.size(); ++i)
    if (was_active[i] != 0 && status[i] != 1) replace(static_cast<std::uint64_t>(high[i]) << 32 | low[i]);
}

/// Who comes in the last year of warm-up is followed a year later, and every year from there, if the study says so.
void Life::replace(std::uint64_t leaver) {
  constexpr int year = 12;
  const Study& study = program_->study();
  const int born = month_.month_ + 1;
  const std::uint64_t id = id_of_replacement(leaver, month_.month_, tag_of_replacements);
  newcomers_.push_back({id, ~std::uint64_t{0}, born, {}});
  if (study.population.arrivals != Arrivals::as_before || born <= -year) return;
  for (int years = 1; born + years * year < study.horizon.months; ++years) {
    const int joins = born + years * year;
    const std::uint64_t follower = id_of_follower(id, static_cast<std::uint32_t>(years), tag_of_followers);
    newcomers_.push_back({follower, ~std::uint64_t{0}, joins, {}});
    if (program_->layout().wins_newcomers && joins > 0)
      newcomers_.push_back({id_of_won_over(follower, tag_of_won_over), ~std::uint64_t{0}, joins, {}, true});
  }
}

void Life::arrivals() {
  const Study& study = program_->study();
  const bool end = month_.month_ + 1 >= study.horizon.months || study.stands_still(month_.month_);
  const auto low = month_[program_->core().id_low], high = month_[program_->core().id_high];
  std::int32_t most = 0;
  for (const Arm& arm : month_.arms()) {
    for (const std::int32_t asked : month_.referrals_[arm.index()]) most = std::max(most, asked);
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
