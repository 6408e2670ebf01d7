// Where customers meet, the whole population lives from meeting to meeting: all blocks wait for each other there.
#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <vector>

#include "sim/engine/bench.hpp"
#include "sim/engine/meeting.hpp"
#include "sim/engine/starts.hpp"
#include "sim/parallel/team.hpp"

namespace clientele::sim {

/// Memory of populations that have lived, for the next: to have a page cleared costs more than to live in it.
class SpareMemory {
 public:
  Memory take(std::size_t bytes);
  void give_back(Memory memory);

 private:
  std::mutex guard_;
  std::vector<Memory> kept_;
};

/// Lives worlds in step, some at a time. A worker leads each; others who have nothing else to do help with its blocks.
class InStep {
 public:
  InStep(const Program& program, const RunOptions& options, Team& team, std::stop_token stop, const Starts& starts,
         std::deque<Bench>& benches, std::size_t block_bytes);

  /// Called from inside of work. Adds what is counted to `total`; after a stop that means nothing.
  void live(Lineup& lineup, std::span<const Segment> segments, std::vector<Start> starts, Tally& total);
  /// Before a worker's tally is used for something else.
  void hand_over(unsigned worker) { count_for(nullptr, worker); }

 private:
  struct Settled;
  struct Population;
  class Visit;

  void count_for(Population* population, unsigned worker);
  std::int64_t customers_so_far(const Population& population);
  void collect(Population& population);
  void live_segment(const Lineup& lineup, Population& population, const Segment& segment, const Meeting& meeting);
  void live_blocks(const Lineup& lineup, Population& population, std::span<Settled* const> blocks,
                   const Segment& segment, const Meeting& meeting);
  void live_block(Bench& bench, Population& population, Settled& place, const Segment& segment, const Meeting& meeting);
  void meet(Lineup& lineup, Population& population, Meeting& meeting);

  const Program& program_;
  const RunOptions& options_;
  Team& team_;
  std::stop_token stop_;
  const Starts& starts_;
  std::deque<Bench>& benches_;
  std::size_t block_bytes_;
  SpareMemory spare_;
  std::mutex handing_over_;
  std::vector<Population*> counts_for_;  ///< by worker: whose months its tally holds
};

}  // namespace clientele::sim
