// How a block lives: months are entered, steps taken, customers born, reviewed, and let go.
#include "sim/engine/life.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace clientele::sim {

namespace {

/// Who is gone costs as much as who is there until it is forgotten; looking for them costs a hundredth of a month.
constexpr int months_between_forgetting = 3;

}  // namespace

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

Life::Life(const Program& program, std::size_t block_size, std::size_t most_arms)
    : program_(&program),
      block_size_(block_size),
      column_bytes_(bytes_of_column(block_size)),
      month_(program.layout(), program.core()),
      passing_(std::max<std::size_t>(1, most_arms * program.layout().passing) * column_bytes_),
      scratch_(block_size) {
  const TallyShape shape = program.tally_shape(1);
  warmup_cells_.resize(shape.tiers * shape.groups * shape.metrics);
  std::memset(passing_.data(), 0, passing_.size());
  month_.arms_.resize(most_arms);
  month_.study_ = &program.study();
  month_.per_quantum_ = static_cast<float>(1 / program.study().money_quantum);
  month_.column_bytes_ = column_bytes_;
  month_.referrals_.resize(most_arms);
  for (std::size_t a = 0; a < most_arms; ++a) {
    Arm& arm = month_.arms_[a];
    arm.layout_ = &program.layout();
    arm.core_ = &program.core();
    arm.month_ = &month_;
    arm.index_ = a;
    arm.tiers_ = shape.tiers;
    arm.tier_stride_ = shape.groups * shape.metrics;
    arm.column_bytes_ = arm.passing_bytes_ = column_bytes_;
    arm.passing_ = passing_.data() + a * program.layout().passing * column_bytes_;
  }
}

void Life::enter_lineup(const Lineup& lineup) {
  lineup_ = &lineup;
  block_ = nullptr;
  month_.variates_.enter_world(lineup.luck);
}

std::byte* Life::states_of(std::size_t arm) const {
  return block_->memory + (program_->layout().traits + arm * program_->layout().states) * column_bytes_;
}

void Life::bind(Block& block) {
  block_ = &block;
  month_.width_ = block.width;
  month_.customers_ = block.customers;
  month_.traits_ = block.memory;
  month_.group_ = block.group;
  month_.parameters_ = &lineup_->resolved->parameters[block.group];
  month_.month_ = std::numeric_limits<int>::min();
  for (std::size_t a = 0; a < lineup_->cells.size(); ++a) {
    Arm& arm = month_.arms_[a];
    arm.width_ = block.width;
    arm.group_ = block.group;
    arm.states_ = states_of(a);
  }
  month_.variates_.enter_block(month_[program_->core().id_low], month_[program_->core().id_high]);
  levers_stale_ = true;
}

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

void Life::live(Block& block, std::span<const Place> places, Tally& tally) {
  while (!places.empty() && places.front().month < block.created) places = places.subspan(1);
  bind(block);
  for (const Place& place : places) {
    if (place.month != month_.month_) enter_month(place.month, &tally);
    take_step(place);
  }
}

void Life::enter_month(int month, Tally* tally) {
  month_.month_ = month;
  month_.living_arms_ = living_arms(month);
  month_.orders_listed_ = false;
  month_.variates_.enter_month(month);
  const Study& study = program_->study();
  for (std::size_t a = 0; a < month_.living_arms_; ++a) {
    Arm& arm = month_.arms_[a];
    arm.scenario_ = month < 0 ? 0 : lineup_->cells[a].scenario;
    arm.policy_ = month < 0 ? study.baseline : lineup_->cells[a].policy;
    arm.drivers_ = program_->drivers(arm.scenario_, block_->group, month);
    arm.tally_ = month < 0 ? nullptr : tally;
    arm.cells_ = month < 0 || tally == nullptr
                     ? warmup_cells_.data() + block_->group * program_->layout().metrics.size()
                     : tally->cells(a, static_cast<std::size_t>(month), block_->group);
  }
  if (levers_stale_) refresh_levers();
}

void Life::refresh_levers() {
  const Layout& layout = program_->layout();
  for (const Arm& arm : month_.arms()) {
    const auto& tables = lineup_->resolved->levers[arm.policy_][block_->group];
    for (std::size_t l = 0; l < layout.levers.size(); ++l)
      look_up(arm[program_->core().tier], tables[l], arm[Passing<std::uint32_t>{layout.levers[l].passing}].data());
  }
  levers_stale_ = false;
}

void Life::take_step(const Place& place) {
  const ProgramStep& step = program_->steps()[place.step];
  switch (step.kind) {
    case ProgramStep::Kind::start:
      return start(place.month);
    case ProgramStep::Kind::review:
      return review(place);
    case ProgramStep::Kind::exits:
      return exits();
    case ProgramStep::Kind::arrivals:
      return arrivals();
    case ProgramStep::Kind::behavior:
      break;
  }
  for (std::size_t a = 0; a < month_.living_arms_; ++a) month_.arms_[a].decision_ = &lineup_->decisions[place.step][a];
  step.named->advance(*step.behavior, month_);
}

void Life::start(int month) {
  if (month == 0 && block_->created < 0) fork();
  if (month % months_between_forgetting == 0 && month > block_->created && month > block_->last_birth)
    forget_the_gone();
  if (month <= block_->last_birth) let_be_born(month);
  take_standing();
  if (levers_stale_) refresh_levers();
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

void Life::take_standing() {
  const CoreColumns& core = program_->core();
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[core.status], tier = arm[core.tier], standing = arm[core.standing];
#pragma omp simd
    for (std::size_t i = 0; i < status.size(); ++i) standing[i] = status[i] == 1 ? tier[i] : -1;
  }
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

void Life::mark_review(int month) {
  const CoreColumns& core = program_->core();
  const auto born = month_[core.born];
  const std::int32_t first = program_->first_month();
  for (const Arm& arm : month_.arms()) {
    const auto standing = arm[core.standing], reviewed = arm[core.under_review];
#pragma omp simd
    for (std::size_t i = 0; i < standing.size(); ++i)
      reviewed[i] = static_cast<std::int32_t>(standing[i] >= 0) &
                    (static_cast<std::int32_t>(born[i] < month) | static_cast<std::int32_t>(born[i] == first));
  }
}

void Life::review(const Place& place) {
  const CoreColumns& core = program_->core();
  mark_review(place.month);
  for (std::size_t a = 0; a < month_.living_arms_; ++a) {
    const Arm& arm = month_.arms_[a];
    const Segmentation& segmentation = program_->segmentation(arm.policy_);
    if (!segmentation.due(place.month)) continue;
    const auto tier = arm[core.tier], standing = arm[core.standing], reviewed = arm[core.under_review];
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
  if (arm.tally_ == nullptr) return;
  const auto held = arm[program_->core().tier], reviewed = arm[program_->core().under_review];
  const auto month = static_cast<std::size_t>(month_.month_);
  for (std::size_t i = 0; i < held.size(); ++i)
    if (reviewed[i] != 0)
      ++arm.tally_->flow(arm.index_, month, static_cast<std::size_t>(held[i]), static_cast<std::size_t>(assigned[i]),
                         arm.group_);
}

void Life::exits() {
  const Layout& layout = program_->layout();
  const CoreColumns& core = program_->core();
  const auto born = month_[core.born];
  const std::int32_t month = month_.month_, first = program_->first_month();
  const std::span<std::int32_t> marked(scratch_.data(), month_.width_);
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[core.status], standing = arm[core.standing];
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
  const bool end = month_.month_ + 1 >= program_->study().horizon.months;
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

void Life::measure(Block& block, const Place& place, int round, std::span<const std::uint8_t> open_arms,
                   Voices& voices) {
  if (block_ != &block || month_.month_ != place.month) {
    bind(block);
    enter_month(place.month, nullptr);
  }
  const bool review = program_->steps()[place.step].kind == ProgramStep::Kind::review;
  if (review) mark_review(place.month);
  for (std::size_t a = 0; a < month_.living_arms_; ++a) {
    if (open_arms[a] == 0) continue;
    const Arm& arm = month_.arms_[a];
    program_->meeting(place, arm.policy_)->measure(month_, arm, round, lineup_->decisions[place.step][a], voices.of(a));
  }
}

}  // namespace clientele::sim
