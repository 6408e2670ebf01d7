// A population in step: segment after segment, and a meeting behind each.
#include "sim/engine/live_in_step.hpp"

#include <algorithm>
#include <utility>

#include <sys/mman.h>

namespace clientele::sim {

Memory SpareMemory::take(std::size_t bytes) {
  const std::lock_guard lock(guard_);
  const auto fits = std::ranges::find_if(kept_, [&](const Memory& m) { return m.size() >= bytes; });
  if (fits == kept_.end()) return Memory(bytes);
  Memory found = std::move(*fits);
  kept_.erase(fits);
  return found;
}

void SpareMemory::give_back(Memory memory) {
  const std::lock_guard lock(guard_);
  kept_.push_back(std::move(memory));
}

namespace {

constexpr std::size_t most_bytes_to_fetch = 512 << 10;

}  // namespace

/// A block of a population: those in it have begun to live, or will.
struct InStep::Settled {
  Block block;
  Start start;
  bool lives = false;
};

/// The population of one world, block after block, most of them in one piece on large pages.
struct InStep::Population {
  std::size_t block_bytes;
  std::deque<Memory> memories;
  std::deque<Settled> places;
  std::mutex guard;
  std::vector<std::vector<Newcomer>> later;  ///< by group: born after the segment that brought them
  Tally& total;                              ///< of what is not in a bench's tally any more
  Voices voices;                             ///< what was said before the next meeting
  InStep& all;

  Population(InStep& in_step, Tally& tally)
      : block_bytes(in_step.block_bytes_),
        later(in_step.program_.study().population.groups.size()),
        total(tally),
        all(in_step) {}
  ~Population() { all.collect(*this); }
  Population(const Population&) = delete;
  Population& operator=(const Population&) = delete;

  void settle(std::vector<Start> starts, SpareMemory& spare) {
    if (starts.empty()) return;
    std::byte* at = memories.emplace_back(spare.take(starts.size() * block_bytes)).data();
    madvise(at, starts.size() * block_bytes, MADV_HUGEPAGE);
    for (Start& start : starts) {
      places.emplace_back().start = std::move(start);
      places.back().block.memory = std::exchange(at, at + block_bytes);
    }
  }
  /// Room for customers who are brought within a segment: they live on with all others from the next one.
  Block& room(std::uint32_t group) {
    const std::lock_guard lock(guard);
    Settled& place = places.emplace_back();
    place.lives = true;
    place.block.group = group;
    place.block.memory = memories.emplace_back(block_bytes).data();
    return place.block;
  }
  /// Asks for the next block while this one is worked on: columns are too short for the chip to guess. More than a
  /// cache holds would push out what is needed now.
  void fetch(const Block& block) const {
    if (block_bytes > most_bytes_to_fetch) return;
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
  std::int64_t lived = population.total.total(metric_of_customers);
  for (unsigned worker = 0; worker < counts_for_.size(); ++worker)
    if (counts_for_[worker] == &population) lived += benches_[worker].tally.total(metric_of_customers);
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
  Population population(*this, total);
  population.settle(std::move(starts), spare_);
  std::int64_t told = 0;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const Place* next = segments[s].meets_after ? &segments[s + 1].places.front() : nullptr;
    Meeting meeting(program_, lineup, next);
    settle_later(population, segments[s].places.back().month);
    population.voices.open(meeting.sizes());
    live_segment(lineup, population, segments[s], meeting);
    if (stop_.stop_requested()) return;  // not all have said what a meeting needs to hear
    meet(lineup, population, meeting);
    const std::int64_t lived = customers_so_far(population);
    tell_progress(options_, lived - std::exchange(told, lived));
  }
  if (!population.memories.empty())
    spare_.give_back(std::move(population.memories.front()));  // the first holds nearly everybody
}

void InStep::live_segment(const Lineup& lineup, Population& population, const Segment& segment,
                          const Meeting& meeting) {
  std::vector<Settled*> places;
  for (Settled& place : population.places) places.push_back(&place);
  team_.for_each(places.size(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
    const Visit visit(*this, population, worker, meeting);
    visit.bench().life.enter_lineup(lineup);
    for (std::size_t b = begin; b < end && !stop_.stop_requested(); ++b) {
      if (b + 1 < end) population.fetch(places[b + 1]->block);
      live_block(visit.bench(), population, *places[b], segment, meeting);
    }
  });
}

void InStep::live_block(Bench& bench, Population& population, Settled& place, const Segment& segment,
                        const Meeting& meeting) {
  if (!place.lives && starts_.month(place.start) > segment.places.back().month) return;
  if (!place.lives) starts_.create(bench.life, place.block, place.start);
  place.lives = true;
  place.start.newcomers = {};
  live_family(
      bench, place.block, segment.places, starts_.block_size(),
      [&](std::uint32_t group) -> Block& { return population.room(group); },
      [&](Block& lived) {
        if (meeting.is_open()) bench.life.measure(lived, meeting.place(), 0, meeting.open_arms(), bench.voices);
      },
      [&](std::uint32_t group, std::span<const Newcomer> who) {
        const std::lock_guard lock(population.guard);
        population.later[group].insert(population.later[group].end(), who.begin(), who.end());
      });
}

/// Who was brought before a meeting and is born in the coming segment begins in blocks of one group.
void InStep::settle_later(Population& population, int upto) {
  std::vector<Start> list;
  for (std::uint32_t group = 0; group < population.later.size(); ++group) {
    auto& waiting = population.later[group];
    const auto after = std::ranges::stable_partition(waiting, [upto](const Newcomer& n) { return n.born <= upto; });
    std::vector<Newcomer> now(waiting.begin(), after.begin());
    waiting.erase(waiting.begin(), after.begin());
    std::ranges::stable_sort(now, {}, &Newcomer::born);
    starts_.add(list, group, now);
  }
  population.settle(std::move(list), spare_);
}

/// Rounds go on until every arm has decided: what all blocks and ranks said is put together, and asked again.
void InStep::meet(Lineup& lineup, Population& population, Meeting& meeting) {
  while (meeting.is_open()) {
    meeting.decide(lineup, population.voices);
    if (!meeting.is_open()) return;
    population.voices.open(meeting.sizes());
    std::vector<Settled*> places;
    for (Settled& place : population.places)
      if (place.lives) places.push_back(&place);
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
