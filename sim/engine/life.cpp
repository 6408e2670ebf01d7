// How a block is simulated: months are entered and steps taken, one after the other.
#include "sim/engine/life.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace clientele::sim {

namespace {

/// Who is gone costs as much as who is there until it is forgotten; looking for them costs a hundredth of a month.
constexpr int months_between_forgetting = 3;

}  // namespace

Life::Life(const Program& program, const RunOptions& options, std::size_t max_arms)
    : program_(&program),
      block_size_(options.block_size),
      column_bytes_(bytes_of_column(options.block_size)),
      month_(program.layout(), program.core()),
      passing_(std::max<std::size_t>(1, max_arms * program.layout().passing) * column_bytes_),
      common_(std::max<std::size_t>(1, program.layout().common) * column_bytes_),
      scratch_(options.block_size),
      reached_(options.block_size),
      held_(options.block_size),
      scratch_memory_(options.scratch) {
  if (options.latent_in_reviews == LatentInReviews::exchanged) exchanged_.emplace(program.layout());
  if (options.readout && !program.layout().readout.empty()) readout_ = &options.readout;
  if (options.standing && !program.layout().readout.empty()) standing_ = &options.standing;
  if (options.watch.watcher != nullptr) watching_.emplace(program.layout(), options.watch);
  const TallyShape shape = program.tally_shape(1);
  warmup_cells_.resize(shape.tiers * shape.groups * shape.metrics);
  std::memset(passing_.data(), 0, passing_.size());
  std::memset(common_.data(), 0, common_.size());
  month_.common_ = common_.data();
  month_.max_orders_.resize(options.block_size);
  settings_.resize(max_arms);
  filled_.resize(max_arms * program.layout().levers.size());
  month_.arms_.resize(max_arms);
  month_.study_ = &program.study();
  month_.per_quantum_ = static_cast<float>(1 / program.study().money_quantum);
  month_.column_bytes_ = column_bytes_;
  month_.referrals_.resize(max_arms);
  for (std::size_t a = 0; a < max_arms; ++a) {
    Arm& arm = month_.arms_[a];
    arm.layout_ = &program.layout();
    arm.core_ = &program.core();
    arm.month_ = &month_;
    arm.index_ = a;
    arm.tiers_ = shape.tiers;
    arm.tier_stride_ = shape.groups * shape.metrics;
    arm.classes_ = number_of_classes(program.study());
    arm.column_bytes_ = column_bytes_;
    arm.open_ = &month_.open_;
    arm.passing_ = passing_.data() + a * program.layout().passing * column_bytes_;
  }
}

void Life::enter_lineup(const Lineup& lineup) {
  lineup_ = &lineup;
  block_ = nullptr;
  month_.variates_.enter_world(lineup.luck);
  blends_.enter(lineup.blended, program_->study(), lineup.cells.size(), block_size_,
                number_of_classes(program_->study()) * program_->layout().metrics.size());
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
  month_.parameters_of_groups_ = &lineup_->resolved->parameters;
  month_.parameters_ = &lineup_->resolved->parameters[block.group];
  month_.month_ = std::numeric_limits<int>::min();
  for (std::size_t a = 0; a < lineup_->cells.size(); ++a) {
    Arm& arm = month_.arms_[a];
    arm.width_ = block.width;
    arm.group_ = block.group;
    arm.states_ = states_of(a);
    if (program_->classes() != nullptr) arm.class_ = month_.trait<std::int32_t>(program_->classes()->column()).data();
  }
  month_.variates_.enter_block(month_[program_->core().id_low], month_[program_->core().id_high]);
  levers_stale_ = true;
}

void Life::simulate(Block& block, std::span<const Moment> moments, Tally& tally) {
  while (!moments.empty() && moments.front().month < block.created) moments = moments.subspan(1);
  bind(block);
  for (const Moment& moment : moments) {
    if (moment.month != month_.month_ || moment.kind != month_.kind_) add_blends(tally);
    const bool settles = moment.kind == MonthKind::settle;
    if (settles && !set_aside_.holds) set_aside();
    if (!settles && set_aside_.holds) put_back();
    if (moment.month != month_.month_ || moment.kind != month_.kind_) {
      enter_month({moment.month, moment.kind}, &tally);
      if (moment.step != 0) {
        reset_effects(false);
        take_channels();
      }
    }
    watching_ ? take_watched_step(moment) : take_step(moment);
    if (readout_ != nullptr && moment.step + 1 == program_->steps().size() && month_.last_of_horizon()) read_out();
    if (standing_ != nullptr && moment.month == 0 && program_->steps()[moment.step].kind == ProgramStep::Kind::review)
      read_standing(moment);
  }
  add_blends(tally);
  if (set_aside_.holds) put_back();
}

/// What the month has counted by channel, into the cells that are put together of it.
void Life::add_blends(Tally& tally) {
  if (blends_.are_none() || month_.month_ < 0) return;
  const std::size_t classes = number_of_classes(program_->study()), first = block_->group * classes;
  const std::size_t counts = classes * program_->layout().metrics.size();
  const auto add = [&](BlendSide& side) {
    for (const BlendSide::Into& cell : side.into) {
      std::int64_t* const to = month_.kind_ == MonthKind::closed
                                   ? tally.cells_beyond(cell.place, months_beyond(month_.month_), first)
                                   : tally.cells(cell.place, static_cast<std::size_t>(month_.month_), first);
      for (std::size_t channel = 0; channel < channels; ++channel)
        for (std::size_t n = 0; n < counts && cell.takes[channel]; ++n) to[n] += side.sums[channel * counts + n];
    }
    std::ranges::fill(side.sums, 0);
  };
  for (std::size_t pair = 0; pair < blends_.pairs().size(); ++pair)
    blends_.for_each_side(pair, [&](std::size_t, BlendSide& side) { add(side); });
}

/// Whose customers there are as the month begins, once it is known who joins.
void Life::part_channels() {
  if (blends_.are_none() || month_.month_ < 0) return;
  for (const Blends::Pair& pair : blends_.pairs()) {
    const auto under_policy = month_.arms_[pair.policy][program_->core().status],
               under_baseline = month_.arms_[pair.baseline][program_->core().status];
    const auto channel = month_.arms_[pair.policy][*program_->channel()];
    for (std::size_t i = 0; i < channel.size(); ++i)
      channel[i] = channel_of(under_policy[i] == 1, under_baseline[i] == 1, channel[i]);
  }
  take_channels();
}

/// As each arm counts its customers in the month at hand.
void Life::take_channels() {
  if (month_.month_ < 0) return;
  for (std::size_t pair = 0; pair < blends_.pairs().size(); ++pair) {
    const auto channel = month_.arms_[blends_.pairs()[pair].policy][*program_->channel()];
    blends_.for_each_side(pair, [&](std::size_t arm, BlendSide& side) {
      const auto standing = month_.arms_[arm][program_->core().standing],
                 tier = month_.arms_[arm][program_->core().tier];
      for (std::size_t i = 0; i < channel.size(); ++i) {
        side.standing[i] = standing[i] < 0 ? -1 : channel[i];
        side.all[i] = tier[i] < 0 ? -1 : channel[i];
      }
    });
  }
}

void Life::set_aside() {
  const std::size_t bytes = block_bytes(program_->layout(), block_size_, lineup_->cells.size());
  if (aside_.size() < bytes) aside_ = Memory(bytes);
  std::memcpy(aside_.data(), block_->memory, bytes);
  set_aside_ = {true, block_->customers, block_->width};
}

/// The months that settle what is open are over: the block is again as the horizon left it.
void Life::put_back() {
  const std::size_t bytes = block_bytes(program_->layout(), block_size_, lineup_->cells.size());
  std::memcpy(block_->memory, aside_.data(), bytes);
  block_->customers = set_aside_.customers;
  block_->width = set_aside_.width;
  set_aside_.holds = false;
  bind(*block_);
}

void Life::enter_month(Program::Month now, Tally* tally) {
  const int month = now.month;
  month_.month_ = month;
  month_.kind_ = now.kind;
  month_.present_arms_ = present_arms(month);
  month_.orders_listed_ = false;
  const std::size_t counted = block_->group * number_of_classes(program_->study());
  month_.variates_.enter_month(month);
  const Study& study = program_->study();
  for (std::size_t a = 0; a < month_.present_arms_; ++a) {
    Arm& arm = month_.arms_[a];
    arm.scenario_ = month < 0 ? 0 : lineup_->cells[a].scenario;
    arm.policy_ = month < 0 ? study.baseline : lineup_->cells[a].policy;
    arm.drivers_ = program_->drivers(*lineup_->resolved, arm.scenario_, block_->group, now);
    if (!program_->layout().settings.empty()) {
      settings_[a] = settings_of(*program_, *lineup_->resolved, arm.policy_, month);
      arm.settings_ = settings_[a].data();
      arm.program_ = program_;
      arm.resolved_ = lineup_->resolved.get();
    }
    arm.tally_ = month < 0 ? nullptr : tally;
    arm.sides_ = month < 0 ? std::span<BlendSide>() : blends_.sides_of(a);
    if (arm.tally_ == nullptr)
      arm.cells_ = warmup_cells_.data() + counted * program_->layout().metrics.size();
    else if (now.kind == MonthKind::closed)
      arm.cells_ = tally->cells_beyond(a, months_beyond(month), counted);
    else
      arm.cells_ = tally->cells(a, static_cast<std::size_t>(month), counted);
  }
  if (scratch_memory_ == Scratch::spoiled) spoil_scratch();
  if (levers_stale_) refresh_levers();
}

void Life::reset_effects(bool carried_too) {
  for (const Layout::EffectInfo& effect : program_->layout().effects) {
    if (effect.is_carried && !carried_too) continue;
    for (const Arm& arm : month_.arms())
      std::ranges::fill(arm.effect(static_cast<std::uint32_t>(&effect - program_->layout().effects.data())),
                        neutral(effect.operation));
  }
}

/// Every bit pattern may stand there: NaN, infinity, and numbers that nobody meant.
void Life::spoil_scratch() {
  const auto spoil = [&](const Memory& memory) {
    auto* word = reinterpret_cast<std::uint32_t*>(memory.data());
    for (std::size_t i = 0; i < memory.size() / sizeof(*word); ++i) word[i] = garbage_ += 0x9e3779b9U;
  };
  spoil(passing_);
  spoil(common_);
  month_.orders_.spoil(garbage_ += 0x9e3779b9U);
  std::ranges::fill(filled_, Filled{});
  levers_stale_ = true;
}

/// Most levers are the same for all tiers of a policy, and often for those of the next arm in this place.
void Life::refresh_levers() {
  const Layout& layout = program_->layout();
  for (const Arm& arm : month_.arms()) {
    const auto& tables = lineup_->resolved->levers[arm.policy_][block_->group];
    for (std::size_t l = 0; l < layout.levers.size(); ++l) {
      const std::vector<std::uint32_t>& table = tables[l];
      const bool is_equal = std::ranges::all_of(table, [&](std::uint32_t word) { return word == table[0]; });
      Filled& filled = filled_[arm.index_ * layout.levers.size() + l];
      if (is_equal && filled.word == table[0] && filled.width >= month_.width_) continue;
      look_up(arm[program_->core().tier], table, arm.passing<std::uint32_t>(layout.levers[l].passing).data());
      filled = is_equal ? Filled{table[0], month_.width_} : Filled{};
    }
  }
  levers_stale_ = false;
}

void Life::take_step(const Moment& moment) {
  const ProgramStep& step = program_->steps()[moment.step];
  switch (step.kind) {
    case ProgramStep::Kind::start:
      return start(moment.month);
    case ProgramStep::Kind::review:
      return review(moment);
    case ProgramStep::Kind::exits:
      return exits();
    case ProgramStep::Kind::arrivals:
      return arrivals();
    case ProgramStep::Kind::behavior:
      break;
  }
  enter_stage(program_->layout().in_step(moment.step - 1));
  for (std::size_t a = 0; a < month_.present_arms_; ++a)
    month_.arms_[a].decision_ = &lineup_->decisions[moment.step][a];
  step.named->advance(*step.behavior, month_);
}

/// As the horizon ends: each customer's columns that somebody asked for.
void Life::read_out() const {
  const Layout& layout = program_->layout();
  const auto low = month_[program_->core().id_low], high = month_[program_->core().id_high];
  const auto row_of = [&](std::size_t i) -> std::optional<std::uint32_t> {
    if (!layout.row) return std::nullopt;
    const std::uint32_t row = month_.trait<std::uint32_t>(*layout.row)[i];
    return row == BlockMonth::no_row ? std::nullopt : std::optional(row);  // newcomers may share a block by now
  };
  std::vector<float> values(layout.readout.size());
  for (const Arm& arm : month_.arms()) {
    if (arm.index_ >= lineup_->delivered) continue;
    for (std::size_t i = 0; i < block_->customers; ++i) {
      for (std::size_t k = 0; k < values.size(); ++k) {
        const std::uint32_t column = layout.readout[k].state;
        values[k] = layout.readout[k].type == 'f' ? arm[State<float>{column}][i]
                                                  : static_cast<float>(arm[State<std::int32_t>{column}][i]);
      }
      const std::uint64_t id = static_cast<std::uint64_t>(high[i]) << 32 | low[i];
      (*readout_)(lineup_->cells[arm.index_], {.id = id, .row = row_of(i), .group = block_->group, .values = values});
    }
  }
}

Watching::Rooms Life::rooms() const {
  Watching::Rooms rooms{month_.traits_, month_.common_, {}, column_bytes_};
  for (const Arm& arm : month_.arms()) rooms.arms.push_back({lineup_->cells[arm.index_], arm.states_, arm.passing_});
  return rooms;
}

void Life::look_for_watched() {
  watching_->find(month_[program_->core().id_low].first(block_->customers),
                  month_[program_->core().id_high].first(block_->customers));
}

/// A step may move customers within the block.
void Life::take_watched_step(const Moment& moment) {
  const Watching::When when{moment.month, moment.kind, block_->group};
  look_for_watched();
  if (!watching_->sees()) return take_step(moment);
  watching_->tell_birth(rooms(), when);
  watching_->remember(rooms(), when);
  take_step(moment);
  look_for_watched();
  const ProgramStep& step = program_->steps()[moment.step];
  const bool forks = step.kind == ProgramStep::Kind::start && moment.month == 0 && block_->created < 0;
  if (watching_->sees() && forks) return watching_->tell_fork(rooms(), when);
  if (!watching_->sees()) return;
  const bool reviews = step.kind == ProgramStep::Kind::review && moment.kind != MonthKind::settle;
  watching_->tell(rooms(), when, step.named == nullptr ? "start" : step.named->name,
                  reviews ? scores_of(watching_->place(), moment) : std::vector<std::vector<Change>>());
}

void Life::start(int month) {
  if (month == 0 && block_->created < 0) {
    hold_told_tiers();
    sort_into_classes();
    fork();
  }
  if (month % months_between_forgetting == 0 && month > block_->created && month > block_->last_birth)
    forget_the_gone();
  if (month <= block_->last_birth) let_be_born(month);
  take_standing();
  part_channels();
  if (month == 0) open_ledgers();
  reset_effects(true);
  if (levers_stale_) refresh_levers();
}

/// What the warm-up left, or a customer file brought.
void Life::open_ledgers() {
  for (const Layout::Ledger& ledger : program_->layout().ledgers)
    for (const Arm& arm : month_.arms())
      if (ledger.opening) arm.book_all(*ledger.opening, arm[*ledger.column]);
}

/// Who is on the books this month, and under which tier everybody is counted.
void Life::take_standing() {
  const CoreColumns& core = program_->core();
  for (const Arm& arm : month_.arms()) {
    const auto status = arm[core.status], tier = arm[core.tier];
    const auto standing = arm[writable(core.standing)];
    const auto on_books = arm[writable(core.on_books)];
    if (program_->layout().keeps_books) {
#pragma omp simd
      for (std::size_t i = 0; i < status.size(); ++i)
        standing[i] = ((status[i] == 1) | (on_books[i] != 0)) ? tier[i] : -1;
      continue;
    }
#pragma omp simd
    for (std::size_t i = 0; i < status.size(); ++i) {
      on_books[i] = static_cast<std::int32_t>(status[i] == 1);
      standing[i] = status[i] == 1 ? tier[i] : -1;
    }
  }
}

}  // namespace clientele::sim
