// A population in step: segment after segment, and a meeting behind each.
#include "sim/engine/live_in_step.hpp"

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

constexpr std::size_t most_bytes_to_fetch = 512 << 10;

}  // namespace

/// A block of a population: those in it have begun to live, or will, or have moved to other blocks.
struct InStep::Settled {
  Block block;
  Start start;
  enum class Stage { waits, lives, empty } stage = Stage::waits;
};

/// The population of one world, block after block, most of them in one piece on large pages.
struct InStep::Population {
  std::size_t block_bytes, delivered;  ///< arms that are asked for
  std::deque<Memory> memories;
  std::deque<Settled> places;
  std::mutex guard;
  Brought brought;  ///< by those who live, and not settled yet
  Tally& total;     ///< of what is not in a bench's tally any more
  Voices voices;    ///< what was said before the next meeting
  InStep& all;

  Population(InStep& in_step, const Lineup& lineup, Tally& tally)
      : block_bytes(in_step.block_bytes_), delivered(lineup.delivered), total(tally), all(in_step) {}
  ~Population() { all.collect(*this); }
  Population(const Population&) = delete;
  Population& operator=(const Population&) = delete;

  /// Who comes later lives where others have left, as far as there is room.
  void settle(std::vector<Start> starts, SpareMemory& spare, const Packing& packing) {
    std::vector<std::byte*> room = free_blocks(starts.size(), packing);
    const std::size_t more = starts.size() - room.size();
    if (more > 0) {
      std::byte* at = memories.emplace_back(spare.take(more * block_bytes)).data();
      madvise(at, more * block_bytes, MADV_HUGEPAGE);
      for (std::size_t b = 0; b < more; ++b) room.push_back(at + b * block_bytes);
    }
    for (std::size_t b = 0; b < starts.size(); ++b) {
      places.emplace_back().start = std::move(starts[b]);
      places.back().block.memory = room[b];
    }
  }
  std::vector<std::byte*> free_blocks(std::size_t wanted, const Packing& packing) {
    std::vector<std::byte*> room;
    std::vector<std::vector<Block*>> by_group;
    for (Settled& place : places) {
      if (place.stage != Settled::Stage::lives || !Packing::can_move(place.block)) continue;
      by_group.resize(std::max<std::size_t>(by_group.size(), place.block.group + 1));
      by_group[place.block.group].push_back(&place.block);
    }
    for (auto& blocks : by_group)
      while (room.size() < wanted) {
        Block* freed = packing.free_one(blocks);
        if (freed == nullptr) break;
        room.push_back(std::exchange(freed->memory, nullptr));
        std::erase(blocks, freed);
      }
    for (Settled& place : places)
      if (place.stage == Settled::Stage::lives && place.block.memory == nullptr) place.stage = Settled::Stage::empty;
    return room;
  }
  /// Asks for the next block while this one is worked on: columns are too short for the chip to guess. More than a
  /// cache holds would push out what is needed now.
  void fetch(const Block& block) const {
    if (block_bytes > most_bytes_to_fetch || block.memory == nullptr) return;
    for (std::size_t at = 0; at < block_bytes; at += 64) __builtin_prefetch(block.memory + at, 1, 2);
  }
};

/// A bench at work on some blocks of a population. What it hears is handed over at the end; what it counts stays in its
/// tally until it works for another population or this one has lived.
class InStep::Visit {
 public:
  Visit(InStep& all, Population& population, unsigned worker, const Meeting& meeting)
      : population_(population), bench_(all.benches_[worker]) {
    all.count_for(&population, worker);
    bench_.voices.open(meeting.sizes());
  }
  ~Visit() {
    const std::lock_guard lock(population_.guard);
    population_.voices.join(bench_.voices);
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
  Bench& bench() const { return bench_; }

 private:
  Population& population_;
  Bench& bench_;
};

InStep::InStep(const Program& program, const RunOptions& options, Team& team, std::stop_token stop,
               const Starts& starts, std::deque<Bench>& benches, std::size_t block_bytes)
    : program_(program),
      options_(options),
      team_(team),
      stop_(std::move(stop)),
      starts_(starts),
      benches_(benches),
      block_bytes_(block_bytes),
      counts_for_(team.workers(), nullptr) {}

void InStep::count_for(Population* population, unsigned worker) {
  const std::lock_guard lock(handing_over_);
  Population*& before = counts_for_[worker];
  if (before == population) return;
  if (before != nullptr) before->total += benches_[worker].tally;
  benches_[worker].tally.clear();
  before = population;
}

std::int64_t InStep::customers_so_far(const Population& population) {
  const std::lock_guard lock(handing_over_);
  std::int64_t lived = population.total.total(metric_of_customers, population.delivered);
  for (unsigned worker = 0; worker < counts_for_.size(); ++worker)
    if (counts_for_[worker] == &population)
      lived += benches_[worker].tally.total(metric_of_customers, population.delivered);
  return lived;
}

void InStep::collect(Population& population) {
  const std::lock_guard lock(handing_over_);
  for (unsigned worker = 0; worker < counts_for_.size(); ++worker)
    if (counts_for_[worker] == &population) {
      population.total += benches_[worker].tally;
      counts_for_[worker] = nullptr;
    }
}

void InStep::live(Lineup& lineup, std::span<const Segment> segments, std::vector<Start> starts, Tally& total) {
  Population population(*this, lineup, total);
  population.settle(std::move(starts), spare_, {program_, starts_.block_size(), lineup.cells.size()});
  std::int64_t told = 0;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const Place* next = segments[s].meets_after ? &segments[s + 1].places.front() : nullptr;
    Meeting meeting(program_, lineup, next);
    population.voices.open(meeting.sizes());
    live_segment(lineup, population, segments[s], meeting);
    if (stop_.stop_requested()) return;  // not all have said what a meeting needs to hear
    meet(lineup, population, meeting);
    const std::int64_t lived = customers_so_far(population);
    tell_progress(options_, lived - std::exchange(told, lived));
  }
  for (Memory& memory : population.memories) spare_.give_back(std::move(memory));
}

/// Everybody lives a segment; then, in blocks that they share, all who were brought and are born within it, and so on.
void InStep::live_segment(const Lineup& lineup, Population& population, const Segment& segment,
                          const Meeting& meeting) {
  std::size_t lived = 0;
  const std::size_t arms = segment.places.back().month < 0 ? 1 : lineup.cells.size();
  const auto settle_brought = [&] {
    population.settle(starts_.of(population.brought, segment.places.back().month), spare_,
                      {program_, starts_.block_size(), arms});
  };
  for (settle_brought(); lived < population.places.size() && !stop_.stop_requested(); settle_brought()) {
    std::vector<Settled*> blocks;
    for (; lived < population.places.size(); ++lived) blocks.push_back(&population.places[lived]);
    live_blocks(lineup, population, blocks, segment, meeting);
  }
}

void InStep::live_blocks(const Lineup& lineup, Population& population, std::span<Settled* const> blocks,
                         const Segment& segment, const Meeting& meeting) {
  team_.for_each(blocks.size(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
    const Visit visit(*this, population, worker, meeting);
    visit.bench().life.enter_lineup(lineup);
    for (std::size_t b = begin; b < end && !stop_.stop_requested(); ++b) {
      if (b + 1 < end) population.fetch(blocks[b + 1]->block);
      live_block(visit.bench(), population, *blocks[b], segment, meeting);
    }
  });
}

void InStep::live_block(Bench& bench, Population& population, Settled& place, const Segment& segment,
                        const Meeting& meeting) {
  using enum Settled::Stage;
  if (place.stage == empty) return;
  if (place.stage == waits && starts_.month(place.start) > segment.places.back().month) return;
  if (place.stage == waits) starts_.create(bench.life, place.block, place.start);
  place.stage = lives;
  place.start.newcomers = {};
  bench.life.live(place.block, segment.places, bench.tally);
  const std::vector<Newcomer> newcomers = bench.life.take_newcomers();
  if (meeting.is_open()) bench.life.measure(place.block, meeting.place(), 0, meeting.open_arms(), bench.voices);
  const std::lock_guard lock(population.guard);
  population.brought.add(place.block.group, newcomers);
}

/// Rounds go on until every arm has decided: what all blocks and ranks said is put together, and asked again.
void InStep::meet(Lineup& lineup, Population& population, Meeting& meeting) {
  while (meeting.is_open()) {
    meeting.decide(lineup, population.voices);
    if (!meeting.is_open()) return;
    population.voices.open(meeting.sizes());
    std::vector<Settled*> places;
    for (Settled& place : population.places)
      if (place.stage == Settled::Stage::lives) places.push_back(&place);
    team_.for_each(places.size(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
      const Visit visit(*this, population, worker, meeting);
      Bench& bench = visit.bench();
      bench.life.enter_lineup(lineup);
      for (std::size_t b = begin; b < end; ++b)
        bench.life.measure(places[b]->block, meeting.place(), meeting.round(), meeting.open_arms(), bench.voices);
    });
  }
}

}  // namespace clientele::sim
