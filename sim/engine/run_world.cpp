// Free-running keeps a block in cache for its whole life; in step, the population waits at meetings. Same bits.
#include "sim/engine/run_world.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <deque>
#include <mutex>

#include "sim/parallel/ranks.hpp"

namespace clientele::sim {

namespace {

/// What a worker has for itself.
struct Bench {
  Life life;
  Tally tally;
  Voices voices;
  std::uint64_t customer_months = 0;
};

/// A life that a worker leads a block through, with all customers that it brings on the way.
class Family {
 public:
  Family(const Program& program, std::size_t block_size) : program_(&program), block_size_(block_size) {}

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
  const Program* program_;
  std::size_t block_size_;
};

class Runner {
 public:
  Runner(const Program& program, const RunOptions& options, Team& team, std::stop_token stop, const Deliver& deliver,
         std::size_t most_arms)
      : program_(program), options_(options), team_(team), stop_(std::move(stop)), deliver_(deliver),
        base_(program.study(), options.block_size), family_(program, options.block_size),
        block_bytes_(Life::block_bytes(program.layout(), options.block_size, most_arms)) {
    for (unsigned w = 0; w < team.workers(); ++w)
      benches_.push_back({Life(program, options.block_size, most_arms), Tally(program.tally_shape(most_arms)), {}, 0});
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
             lineups[at + wave.size()].size() == lineups[at].size())
        wave.push_back(make_lineup(program_, lineups[at + wave.size()]));
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

  /// Those who begin to live in a world: the base in blocks, then arrivals in blocks.
  struct Start {
    std::uint32_t group = 0;
    std::size_t plan = 0;  ///< of the base, or none
    std::vector<Newcomer> newcomers;
  };
  std::vector<Start> starts(const Lineup& lineup) const {
    std::vector<Start> list;
    for (std::size_t p = 0; p < base_.plans().size(); ++p) list.push_back({base_.plans()[p].group, p, {}});
    const auto arrivals = organic_arrivals(program_, lineup);
    for (std::uint32_t group = 0; group < arrivals.size(); ++group)
      for (std::size_t from = 0; from < arrivals[group].size(); from += options_.block_size) {
        const auto begin = arrivals[group].begin() + static_cast<std::ptrdiff_t>(from);
        const auto n = std::min(options_.block_size, arrivals[group].size() - from);
        list.push_back({group, none, {begin, begin + static_cast<std::ptrdiff_t>(n)}});
      }
    return list;
  }
  void create(Life& life, Block& block, const Start& start) const {
    block.group = start.group;
    if (start.plan == none)
      life.create(block, start.newcomers);
    else
      life.create(block, base_.newcomers(program_.study(), base_.plans()[start.plan]));
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
    if (options_.progress) options_.progress(first.customers);
  }

  /// The population of one world, block after block on large pages.
  struct Population {
    std::deque<Memory> memories;
    std::deque<Block> blocks;
    std::size_t bytes = 0;

    Block& room(std::uint32_t group, std::byte* memory) {
      Block& block = blocks.emplace_back();
      block.memory = memory;
      block.group = group;
      return block;
    }
    Block& room(std::uint32_t group) { return room(group, memories.emplace_back(bytes).data()); }
    /// Asks for the next block while this one is worked on: columns are too short for the chip to guess.
    void fetch(std::size_t block) const {
      if (block >= blocks.size()) return;
      for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(blocks[block].memory + at, 1, 2);
    }
  };

  void for_blocks(std::size_t n, bool whole_team, unsigned worker, const Work& work) {
    if (whole_team)
      team_.for_each(n, 4, work);
    else
      work(0, n, worker);
  }

  void live_in_step(Lineup& lineup, const std::vector<Segment>& segments, Tally& total, bool whole_team,
                    unsigned own_worker = 0) {
    Population population;
    population.bytes = block_bytes_;
    const std::vector<Start> start = starts(lineup);
    Memory& all = population.memories.emplace_back(start.size() * block_bytes_);
    madvise(all.data(), all.size(), MADV_HUGEPAGE);
    for (std::size_t b = 0; b < start.size(); ++b) population.room(start[b].group, all.data() + b * block_bytes_);

    const auto workers = [&](auto act) {
      if (!whole_team) return act(benches_[own_worker]);
      for (Bench& bench : benches_) act(bench);
    };
    workers([](Bench& bench) { bench.tally.clear(); });
    std::mutex guard;
    std::vector<std::pair<std::uint32_t, Newcomer>> later;
    for (std::size_t s = 0; s < segments.size() && !stop_.stop_requested(); ++s) {
      const Segment& segment = segments[s];
      const Place* meeting = segment.meets_after ? &segments[s + 1].places.front() : nullptr;
      std::vector<std::uint8_t> open(lineup.cells.size(), 0);
      std::vector<VoiceSize> sizes(lineup.cells.size());
      if (meeting != nullptr) convene(lineup, *meeting, 0, open, sizes);
      workers([&](Bench& bench) { bench.voices.open(sizes); });
      settle_later(population, lineup, later, segment.places.back().month, start.size());
      const std::size_t blocks = population.blocks.size();
      for_blocks(blocks, whole_team, own_worker, [&](std::size_t begin, std::size_t end, unsigned worker) {
        Bench& bench = benches_[worker];
        bench.life.enter_lineup(lineup);
        for (std::size_t b = begin; b < end; ++b) {
          if (b + 1 < end) population.fetch(b + 1);
          Block& block = population.blocks[b];
          if (block.customers == 0 && !begins(start, b, segment)) continue;
          if (block.customers == 0) create(bench.life, block, start[b]);
          const auto room = [&](std::uint32_t group) -> Block& {
            const std::lock_guard lock(guard);
            return population.room(group);
          };
          const auto settle = [&](Block& lived) {
            if (meeting != nullptr) bench.life.measure(lived, *meeting, 0, open, bench.voices);
          };
          const auto wait = [&](std::uint32_t group, std::span<const Newcomer> who) {
            const std::lock_guard lock(guard);
            for (const Newcomer& one : who) later.emplace_back(group, one);
          };
          family_.live(bench.life, block, segment.places, bench.tally, room, settle, wait);
          if (options_.progress && s + 1 == segments.size()) options_.progress(block.customers);
        }
      });
      if (meeting != nullptr) meet(lineup, population, *meeting, open, sizes, whole_team, own_worker, workers);
    }
    workers([&](Bench& bench) { total += bench.tally; });
  }

  bool begins(const std::vector<Start>& start, std::size_t block, const Segment& segment) const {
    if (block >= start.size()) return false;
    if (start[block].plan != none) return true;
    return start[block].newcomers.front().born <= segment.places.back().month;
  }

  /// Who was brought before a meeting and is born after it becomes part of new blocks, by group.
  void settle_later(Population& population, const Lineup& lineup, std::vector<std::pair<std::uint32_t, Newcomer>>& later,
                    int upto, std::size_t) {
    Life& life = benches_.front().life;
    (void)lineup;
    std::vector<std::pair<std::uint32_t, Newcomer>> still;
    std::vector<std::vector<Newcomer>> ready(program_.study().population.groups.size());
    for (const auto& [group, who] : later) {
      if (who.born <= upto)
        ready[group].push_back(who);
      else
        still.emplace_back(group, who);
    }
    later = std::move(still);
    (void)life;
    for (std::uint32_t group = 0; group < ready.size(); ++group)
      for (std::size_t from = 0; from < ready[group].size(); from += options_.block_size) {
        Block& block = population.room(group);
        const auto n = std::min(options_.block_size, ready[group].size() - from);
        waiting_.emplace_back(&block, std::vector<Newcomer>(
                                          ready[group].begin() + static_cast<std::ptrdiff_t>(from),
                                          ready[group].begin() + static_cast<std::ptrdiff_t>(from + n)));
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
  std::deque<Bench> benches_;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

}  // namespace
