// A population in step: phase after phase, and a meeting behind each.
#include "sim/engine/run_in_step.hpp"

#include <algorithm>
#include <utility>

#include <sys/mman.h>

#include "sim/engine/packing.hpp"

namespace clientele::sim {

Memory SpareMemory::take(std::size_t bytes) {
  const std::lock_guard lock(guard_);
  auto best = kept_.end();
  for (auto at = kept_.begin(); at != kept_.end(); ++at)
    if (at->size() >= bytes && (best == kept_.end() || at->size() < best->size())) best = at;
  if (best == kept_.end()) return Memory(bytes);
  Memory found = std::move(*best);
  kept_.erase(best);
  return found;
}

void SpareMemory::give_back(Memory memory) {
  const std::lock_guard lock(guard_);
  kept_.push_back(std::move(memory));
}

namespace {

constexpr std::size_t max_bytes_to_fetch = 512 << 10;

}  // namespace

/// A block of a population: those in it have begun to live, or will, or have moved to other blocks.
struct InStep::BlockInStep {
  Block block;
  Start start;
  enum class State { waiting, running, empty } state = State::waiting;
};

/// The population of one world, block after block, most of them in one piece on large pages.
struct InStep::Population {
  std::size_t block_bytes, delivered;  ///< arms that are asked for
  std::deque<Memory> memories;
  std::deque<BlockInStep> blocks;
  std::mutex guard;
  Brought brought;  ///< by those who live, and not taken in yet
  Tally& total;     ///< of what is not in a workspace's tally any more
  Voices voices;    ///< what was said before the next meeting
  InStep& all;

  Population(InStep& in_step, const Lineup& lineup, Tally& tally)
      : block_bytes(in_step.block_bytes_), delivered(lineup.delivered), total(tally), all(in_step) {}
  ~Population() { all.collect(*this); }
  Population(const Population&) = delete;
  Population& operator=(const Population&) = delete;

  /// Who comes later lives where others have left, as far as there is room.
  void take_in(std::vector<Start> starts, SpareMemory& spare, const Packing& packing) {
    std::vector<std::byte*> room = free_blocks(starts.size(), packing);
    const std::size_t more = starts.size() - room.size();
    if (more > 0) {
      std::byte* at = memories.emplace_back(spare.take(more * block_bytes)).data();
      madvise(at, more * block_bytes, MADV_HUGEPAGE);
      for (std::size_t b = 0; b < more; ++b) room.push_back(at + b * block_bytes);
    }
    for (std::size_t b = 0; b < starts.size(); ++b) {
      blocks.emplace_back().start = std::move(starts[b]);
      blocks.back().block.memory = room[b];
    }
  }
  std::vector<std::byte*> free_blocks(std::size_t wanted, const Packing& packing) {
    std::vector<std::byte*> room;
    std::vector<std::vector<Block*>> by_group;
    for (BlockInStep& one : blocks) {
      if (one.state != BlockInStep::State::running || !Packing::can_move(one.block)) continue;
      by_group.resize(std::max<std::size_t>(by_group.size(), one.block.group + 1));
      by_group[one.block.group].push_back(&one.block);
    }
    for (auto& of_group : by_group)
      while (room.size() < wanted) {
        Block* freed = packing.free_one(of_group);
        if (freed == nullptr) break;
        room.push_back(std::exchange(freed->memory, nullptr));
        std::erase(of_group, freed);
      }
    for (BlockInStep& one : blocks)
      if (one.state == BlockInStep::State::running && one.block.memory == nullptr)
        one.state = BlockInStep::State::empty;
    return room;
  }
  /// Asks for the next block while this one is worked on: columns are too short for the chip to guess. More than a
  /// cache holds would push out what is needed now.
  void fetch(const Block& block) const {
    if (block_bytes > max_bytes_to_fetch || block.memory == nullptr) return;
    for (std::size_t at = 0; at < block_bytes; at += 64) __builtin_prefetch(block.memory + at, 1, 2);
  }
};

/// A workspace at work on some blocks of a population. What it hears is handed over at the end; what it counts stays in
/// its tally until it works for another population or this one is done.
class InStep::Visit {
 public:
  Visit(InStep& all, Population& population, unsigned worker, const Meeting& meeting)
      : population_(population), workspace_(all.workspaces_[worker]) {
    all.count_for(&population, worker);
    workspace_.voices.open(meeting.sizes());
  }
  ~Visit() {
    const std::lock_guard lock(population_.guard);
    population_.voices.join(workspace_.voices);
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
  Workspace& workspace() const { return workspace_; }

 private:
  Population& population_;
  Workspace& workspace_;
};

InStep::InStep(const Program& program, const RunOptions& options, Team& team, std::stop_token stop,
               const Starts& starts, std::deque<Workspace>& workspaces, std::size_t block_bytes)
    : program_(program),
      options_(options),
      team_(team),
      stop_(std::move(stop)),
      starts_(starts),
      workspaces_(workspaces),
      block_bytes_(block_bytes),
      counts_for_(team.workers(), nullptr) {}

void InStep::count_for(Population* population, unsigned worker) {
  const std::lock_guard lock(handing_over_);
  Population*& before = counts_for_[worker];
  if (before == population) return;
  if (before != nullptr) before->total += workspaces_[worker].tally;
  workspaces_[worker].tally.clear();
  before = population;
}

std::int64_t InStep::customers_so_far(const Population& population) {
  const std::lock_guard lock(handing_over_);
  std::int64_t lived = population.total.total(metric_of_customers, population.delivered);
  for (unsigned worker = 0; worker < counts_for_.size(); ++worker)
    if (counts_for_[worker] == &population)
      lived += workspaces_[worker].tally.total(metric_of_customers, population.delivered);
  return lived;
}

void InStep::collect(Population& population) {
  const std::lock_guard lock(handing_over_);
  for (unsigned worker = 0; worker < counts_for_.size(); ++worker)
    if (counts_for_[worker] == &population) {
      population.total += workspaces_[worker].tally;
      counts_for_[worker] = nullptr;
    }
}

bool InStep::run(Lineup& lineup, std::span<const Phase> phases, std::vector<Start> starts, Tally& total) {
  Population population(*this, lineup, total);
  population.take_in(std::move(starts), spare_, {program_, starts_.block_size(), lineup.cells.size()});
  std::int64_t told = 0;
  for (std::size_t s = 0; s < phases.size(); ++s) {
    const Moment* next = phases[s].meets_after ? &phases[s + 1].moments.front() : nullptr;
    Meeting meeting(program_, lineup, next, *options_.slice);
    population.voices.open(meeting.sizes());
    run_phase(lineup, population, phases[s], meeting);
    if (!meet(lineup, population, meeting)) return false;
    if (told_ && next != nullptr) told_(lineup);
    const std::int64_t lived = customers_so_far(population);
    tell_progress(options_, lived - std::exchange(told, lived));
  }
  for (Memory& memory : population.memories) spare_.give_back(std::move(memory));
  return true;
}

/// Everybody goes through a phase; then, in blocks that they share, all who were brought and are born within it, and so
/// on.
void InStep::run_phase(const Lineup& lineup, Population& population, const Phase& phase, const Meeting& meeting) {
  std::size_t lived = 0;
  const std::size_t arms = phase.moments.back().month < 0 ? 1 : lineup.cells.size();
  const auto take_in_brought = [&] {
    population.take_in(starts_.of(population.brought, phase.moments.back().month), spare_,
                       {program_, starts_.block_size(), arms});
  };
  for (take_in_brought(); lived < population.blocks.size() && !stop_.stop_requested(); take_in_brought()) {
    std::vector<BlockInStep*> blocks;
    for (; lived < population.blocks.size(); ++lived) blocks.push_back(&population.blocks[lived]);
    run_blocks(lineup, population, blocks, phase, meeting);
  }
}

void InStep::run_blocks(const Lineup& lineup, Population& population, std::span<BlockInStep* const> blocks,
                        const Phase& phase, const Meeting& meeting) {
  team_.for_each(blocks.size(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
    const Visit visit(*this, population, worker, meeting);
    visit.workspace().life.enter_lineup(lineup);
    for (std::size_t b = begin; b < end && !stop_.stop_requested(); ++b) {
      if (b + 1 < end) population.fetch(blocks[b + 1]->block);
      run_block(visit.workspace(), population, *blocks[b], phase, meeting);
    }
  });
}

void InStep::run_block(Workspace& workspace, Population& population, BlockInStep& one, const Phase& phase,
                       const Meeting& meeting) {
  using enum BlockInStep::State;
  if (one.state == empty) return;
  if (one.state == waiting && starts_.month(one.start) > phase.moments.back().month) return;
  if (one.state == waiting) starts_.create(workspace.life, one.block, one.start);
  one.state = running;
  one.start.newcomers = {};
  workspace.life.simulate(one.block, phase.moments, workspace.tally);
  const std::vector<Newcomer> newcomers = workspace.life.take_newcomers();
  if (meeting.is_open()) workspace.life.measure(one.block, meeting.moment(), 0, meeting.open_arms(), workspace.voices);
  const std::lock_guard lock(population.guard);
  population.brought.add(one.block.group, newcomers);
}

/// Rounds go on until every arm has decided: what all blocks and ranks said is put together, and asked again. Who is
/// asked to stop has not heard all that a meeting needs, and says so.
bool InStep::meet(Lineup& lineup, Population& population, Meeting& meeting) {
  for (;;) {
    if (!meeting.decide(lineup, population.voices, stop_.stop_requested())) return false;
    if (!meeting.is_open()) return true;
    population.voices.open(meeting.sizes());
    std::vector<BlockInStep*> running;
    for (BlockInStep& one : population.blocks)
      if (one.state == BlockInStep::State::running) running.push_back(&one);
    team_.for_each(running.size(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
      const Visit visit(*this, population, worker, meeting);
      Workspace& workspace = visit.workspace();
      workspace.life.enter_lineup(lineup);
      for (std::size_t b = begin; b < end; ++b)
        workspace.life.measure(running[b]->block, meeting.moment(), meeting.round(), meeting.open_arms(),
                               workspace.voices);
    });
  }
}

}  // namespace clientele::sim
