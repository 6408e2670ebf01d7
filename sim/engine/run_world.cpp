// Free-running keeps a block in cache for its whole life; in step, the population waits at meetings. Same bits.
#include "sim/engine/run_world.hpp"

#include <algorithm>
#include <deque>
#include <mutex>

#include <sys/mman.h>

#include "sim/engine/meeting.hpp"

namespace clientele::sim {

namespace {

/// What a worker has for itself.
struct Bench {
  Bench(const Program& program, std::size_t block_size, std::size_t most_arms)
      : life(program, block_size, most_arms), tally(program.tally_shape(most_arms)) {}
  Life life;
  Tally tally;
  Voices voices;
};

/// A life that a worker leads a block through, with all customers that it brings on the way.
class Family {
 public:
  explicit Family(std::size_t block_size) : block_size_(block_size) {}

  /// Lives a block, then the customers whom it brought as blocks of their own, and so on. `settle` gets each block that
  /// has lived, `later` those who are born after the last place.
  template <class Room, class Settle, class Later>
  void live(Life& life, Block& block, std::span<const Place> places, Tally& tally, Room room, Settle settle,
            Later later) const {
    life.live(block, places, tally);
    std::vector<Newcomer> children = life.take_newcomers();
    settle(block);
    if (children.empty()) return;
    std::ranges::stable_sort(children, {}, &Newcomer::born);
    const auto first_later = std::ranges::upper_bound(children, places.back().month, {}, &Newcomer::born);
    later(block.group, std::span<const Newcomer>(first_later, children.end()));
    for (auto from = children.begin(); from < first_later;) {
      const auto to = from + std::min<std::ptrdiff_t>(first_later - from, static_cast<std::ptrdiff_t>(block_size_));
      Block& child = room(block.group);
      life.create(child, std::span<const Newcomer>(from, to));
      live(life, child, places, tally, room, settle, later);
      from = to;
    }
  }

 private:
  std::size_t block_size_;
};

class Runner {
 public:
  Runner(const Program& program, const RunOptions& options, Team& team, std::stop_token stop, const Deliver& deliver,
         std::size_t most_arms)
      : program_(program),
        options_(options),
        team_(team),
        stop_(std::move(stop)),
        deliver_(deliver),
        base_(program.study(), options.block_size),
        family_(options.block_size),
        block_bytes_(Life::block_bytes(program.layout(), options.block_size, most_arms)) {
    for (unsigned w = 0; w < team.workers(); ++w) benches_.emplace_back(program, options.block_size, most_arms);
  }

  bool run(const std::vector<std::vector<Cell>>& lineups) {
    for (std::size_t at = 0; at < lineups.size();) {
      if (stop_.stop_requested()) return false;
      Lineup first = make_lineup(program_, lineups[at]);
      const auto segments = cut(program_, first, options_.in_step);
      const bool whole_team = segments.size() > 1 && base_.plans().size() >= 16 * team_.workers();
      const std::size_t together = segments.size() > 1 ? (whole_team ? 1 : 4 * team_.workers()) : wave();
      std::vector<Lineup> wave;
      wave.push_back(std::move(first));
      while (wave.size() < together && at + wave.size() < lineups.size() &&
             lineups[at + wave.size()].size() == lineups[at].size()) {
        Lineup next = make_lineup(program_, lineups[at + wave.size()]);
        const bool meets = cut(program_, next, options_.in_step).size() > 1;
        if (meets != (segments.size() > 1)) break;  // who meets and who does not are lived differently
        wave.push_back(std::move(next));
      }
      std::vector<Tally> tallies(wave.size(), Tally(program_.tally_shape(wave.front().cells.size())));
      if (segments.size() == 1)
        live_freely(wave, segments.front(), tallies);
      else if (whole_team)
        live_in_step(wave.front(), segments, tallies.front(), true);
      else
        team_.for_each(wave.size(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
          for (std::size_t i = begin; i < end; ++i)
            live_in_step(wave[i], cut(program_, wave[i], options_.in_step), tallies[i], false, worker);
        });
      if (stop_.stop_requested()) return false;
      for (std::size_t i = 0; i < wave.size(); ++i) deliver_(wave[i], tallies[i]);
      at += wave.size();
    }
    return true;
  }

  void add_to(RunReport& report) const {
    for (const Bench& bench : benches_) {
      report.philox_blocks += bench.life.variates().philox_blocks();
      report.words_read += bench.life.variates().words_read();
    }
  }

 private:
  /// Worlds that are lived at once: enough blocks for every thread to stay busy until near the end.
  std::size_t wave() const { return 1 + 64 * team_.workers() / std::max<std::size_t>(1, base_.plans().size()); }

  /// Those who begin to live together: a block of the base, or newcomers.
  struct Start {
    std::uint32_t group = 0;
    const BlockPlan* plan = nullptr;  ///< of the base, or none
    std::vector<Newcomer> newcomers;

    int month(const Program& program) const { return plan != nullptr ? program.first_month() : newcomers.front().born; }
  };

  /// The base in blocks, then organic arrivals in blocks.
  std::vector<Start> starts(const Lineup& lineup) const {
    std::vector<Start> list;
    for (const BlockPlan& plan : base_.plans()) list.push_back({plan.group, &plan, {}});
    const auto arrivals = organic_arrivals(program_, lineup);
    for (std::uint32_t group = 0; group < arrivals.size(); ++group) add_starts(list, group, arrivals[group]);
    return list;
  }

  void add_starts(std::vector<Start>& list, std::uint32_t group, std::span<const Newcomer> newcomers) const {
    for (std::size_t from = 0; from < newcomers.size(); from += options_.block_size) {
      const auto some = newcomers.subspan(from, std::min(options_.block_size, newcomers.size() - from));
      list.push_back({group, nullptr, {some.begin(), some.end()}});
    }
  }

  void create(Life& life, Block& block, const Start& start) const {
    block.group = start.group;
    if (start.plan == nullptr)
      life.create(block, start.newcomers);
    else
      life.create(block, base_.newcomers(program_.study(), *start.plan));
  }

  void live_freely(const std::vector<Lineup>& wave, const Segment& segment, std::vector<Tally>& tallies) {
    std::vector<std::vector<Start>> all;
    std::vector<std::size_t> first = {0};
    for (const Lineup& lineup : wave) {
      all.push_back(starts(lineup));
      first.push_back(first.back() + all.back().size());
    }
    std::vector<std::mutex> guards(wave.size());
    team_.for_each(first.back(), 4, [&](std::size_t begin, std::size_t end, unsigned worker) {
      Bench& bench = benches_[worker];
      std::deque<Memory> memories;
      for (std::size_t at = begin; at < end && !stop_.stop_requested();) {
        const auto w = static_cast<std::size_t>(std::ranges::upper_bound(first, at) - first.begin() - 1);
        bench.tally.clear();
        bench.life.enter_lineup(wave[w]);
        const std::size_t upto = std::min(end, first[w + 1]);
        for (; at < upto && !stop_.stop_requested(); ++at)
          live_one_freely(bench, all[w][at - first[w]], segment.places, memories);
        tell_progress(bench.tally.total(metric_of_customers));
        const std::lock_guard lock(guards[w]);
        tallies[w] += bench.tally;
      }
    });
  }

  /// Memory is taken for each generation of a family and used again by the next family.
  void live_one_freely(Bench& bench, const Start& start, std::span<const Place> places, std::deque<Memory>& memories) {
    std::deque<Block> blocks;
    const auto room = [&](std::uint32_t group) -> Block& {
      if (blocks.size() == memories.size()) memories.emplace_back(block_bytes_);
      Block& block = blocks.emplace_back();
      block.memory = memories[blocks.size() - 1].data();
      block.group = group;
      return block;
    };
    Block& first = room(start.group);
    create(bench.life, first, start);
    family_.live(
        bench.life, first, places, bench.tally, room, [](Block&) {}, [](std::uint32_t, std::span<const Newcomer>) {});
  }

  void tell_progress(std::int64_t customer_months) const {
    if (options_.progress && customer_months > 0) options_.progress(static_cast<std::uint64_t>(customer_months));
  }

  /// Memory of populations that have lived, for the next: to have a page cleared costs more than to live in it.
  class Spare {
   public:
    Memory take(std::size_t bytes) {
      const std::lock_guard lock(guard_);
      const auto fits = std::ranges::find_if(kept_, [&](const Memory& m) { return m.size() >= bytes; });
      if (fits == kept_.end()) return Memory(bytes);
      Memory found = std::move(*fits);
      kept_.erase(fits);
      return found;
    }
    void give_back(std::deque<Memory>& memories) {
      const std::lock_guard lock(guard_);
      if (!memories.empty()) kept_.push_back(std::move(memories.front()));  // the first holds nearly everybody
    }

   private:
    std::mutex guard_;
    std::vector<Memory> kept_;
  };

  /// The population of one world in step: block after block, most of them in one piece on large pages.
  struct Population {
    struct Settled {
      Block block;
      Start start;
      bool lives = false;
    };
    Spare* spare = nullptr;
    std::deque<Memory> memories;
    std::deque<Settled> places;
    std::size_t bytes = 0;
    std::mutex guard;
    std::vector<std::vector<Newcomer>> later;  ///< by group: born after the segment that brought them

    void settle(std::vector<Start> starts) {
      if (starts.empty()) return;
      std::byte* at = memories.emplace_back(spare->take(starts.size() * bytes)).data();
      madvise(at, starts.size() * bytes, MADV_HUGEPAGE);
      for (Start& start : starts) {
        places.emplace_back().start = std::move(start);
        places.back().block.memory = std::exchange(at, at + bytes);
      }
    }
    /// Room for customers who are brought within a segment: they live on with all others from the next one.
    Block& room(std::uint32_t group) {
      const std::lock_guard lock(guard);
      Settled& place = places.emplace_back();
      place.lives = true;
      place.block.group = group;
      place.block.memory = memories.emplace_back(bytes).data();
      return place.block;
    }
    /// Asks for the next block while this one is worked on: columns are too short for the chip to guess.
    void fetch(const Block& block) const {
      for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(block.memory + at, 1, 2);
    }
  };

  void for_blocks(std::size_t n, bool whole_team, unsigned own_worker, const Work& work) {
    if (whole_team)
      team_.for_each(n, 4, work);
    else
      work(0, n, own_worker);
  }

  std::vector<Bench*> workers(bool whole_team, unsigned own_worker) {
    if (!whole_team) return {&benches_[own_worker]};
    std::vector<Bench*> all;
    for (Bench& bench : benches_) all.push_back(&bench);
    return all;
  }

  void live_in_step(Lineup& lineup, const std::vector<Segment>& segments, Tally& total, bool whole_team,
                    unsigned own_worker = 0) {
    Population population;
    population.spare = &spare_;
    population.bytes = block_bytes_;
    population.later.resize(program_.study().population.groups.size());
    population.settle(starts(lineup));
    for (Bench* bench : workers(whole_team, own_worker)) bench->tally.clear();
    std::int64_t told = 0;
    for (std::size_t s = 0; s < segments.size() && !stop_.stop_requested(); ++s) {
      const Place* next = segments[s].meets_after ? &segments[s + 1].places.front() : nullptr;
      Meeting meeting(program_, lineup, next);
      settle_later(population, segments[s].places.back().month);
      for (Bench* bench : workers(whole_team, own_worker)) bench->voices.open(meeting.sizes());
      const std::size_t present = population.places.size();
      std::vector<typename Population::Settled*> places;
      for (auto& place : population.places) places.push_back(&place);
      for_blocks(present, whole_team, own_worker, [&](std::size_t begin, std::size_t end, unsigned worker) {
        for (std::size_t b = begin; b < end && !stop_.stop_requested(); ++b) {
          if (b + 1 < end) population.fetch(places[b + 1]->block);
          live_segment(benches_[worker], lineup, population, *places[b], segments[s], meeting);
        }
      });
      if (stop_.stop_requested()) return;  // not all have said what a meeting needs to hear
      meet(lineup, population, meeting, whole_team, own_worker);
      if (options_.progress) {
        std::int64_t lived = 0;
        for (const Bench* bench : workers(whole_team, own_worker)) lived += bench->tally.total(metric_of_customers);
        tell_progress(lived - std::exchange(told, lived));
      }
    }
    for (Bench* bench : workers(whole_team, own_worker)) total += bench->tally;
    spare_.give_back(population.memories);
  }

  void live_segment(Bench& bench, const Lineup& lineup, Population& population, typename Population::Settled& place,
                    const Segment& segment, const Meeting& meeting) {
    if (!place.lives && place.start.month(program_) > segment.places.back().month) return;
    bench.life.enter_lineup(lineup);
    if (!place.lives) create(bench.life, place.block, place.start);
    place.lives = true;
    place.start.newcomers = {};
    family_.live(
        bench.life, place.block, segment.places, bench.tally,
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
  void settle_later(Population& population, int upto) {
    std::vector<Start> list;
    for (std::uint32_t group = 0; group < population.later.size(); ++group) {
      auto& waiting = population.later[group];
      const auto after = std::ranges::stable_partition(waiting, [upto](const Newcomer& n) { return n.born <= upto; });
      std::vector<Newcomer> now(waiting.begin(), after.begin());
      waiting.erase(waiting.begin(), after.begin());
      std::ranges::stable_sort(now, {}, &Newcomer::born);
      add_starts(list, group, now);
    }
    population.settle(std::move(list));
  }

  /// Rounds go on until every arm has decided: what workers and ranks said is put together, and asked again.
  void meet(Lineup& lineup, Population& population, Meeting& meeting, bool whole_team, unsigned own_worker) {
    while (meeting.is_open()) {
      Voices all;
      all.open(meeting.sizes());
      for (Bench* bench : workers(whole_team, own_worker)) all.join(bench->voices);
      meeting.decide(lineup, all);
      if (!meeting.is_open()) return;
      for (Bench* bench : workers(whole_team, own_worker)) bench->voices.open(meeting.sizes());
      std::vector<typename Population::Settled*> places;
      for (auto& place : population.places)
        if (place.lives) places.push_back(&place);
      for_blocks(places.size(), whole_team, own_worker, [&](std::size_t begin, std::size_t end, unsigned worker) {
        Bench& bench = benches_[worker];
        bench.life.enter_lineup(lineup);
        for (std::size_t b = begin; b < end; ++b)
          bench.life.measure(places[b]->block, meeting.place(), meeting.round(), meeting.open_arms(), bench.voices);
      });
    }
  }

  const Program& program_;
  const RunOptions& options_;
  Team& team_;
  std::stop_token stop_;
  const Deliver& deliver_;
  Base base_;
  Family family_;
  std::size_t block_bytes_;
  Spare spare_;
  std::deque<Bench> benches_;
};

}  // namespace

bool live_worlds(const Program& program, const std::vector<std::vector<Cell>>& lineups, const RunOptions& options,
                 Team& team, std::stop_token stop, const Deliver& deliver, RunReport& report) {
  std::size_t most_arms = 1;
  for (const auto& cells : lineups) most_arms = std::max(most_arms, cells.size());
  Runner runner(program, options, team, std::move(stop), deliver, most_arms);
  const bool done = runner.run(lineups);
  runner.add_to(report);
  return done;
}

}  // namespace clientele::sim
