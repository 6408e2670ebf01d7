// Where customers meet, the whole population goes from meeting to meeting: all blocks wait for each other there.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <vector>

#include "sim/engine/meeting.hpp"
#include "sim/engine/starts.hpp"
#include "sim/engine/workspace.hpp"
#include "sim/parallel/team.hpp"

namespace clientele::sim {

/// Memory of populations that are done, for the next: to have a page cleared costs more than to use it.
class SpareMemory {
 public:
  Memory take(std::size_t bytes);
  void give_back(Memory memory);

 private:
  std::mutex guard_;
  std::vector<Memory> kept_;
};

/// Runs worlds in step, some at a time. A worker leads each; others who have nothing else to do help with its blocks.
class InStep {
 public:
  InStep(const Program& program, const RunOptions& options, Team& team, std::stop_token stop, const Starts& starts,
         std::deque<Workspace>& workspaces, std::size_t block_bytes);

  /// Called from inside of work, or where the world is a slice by the thread that its ranks speak on. Adds what is
  /// counted here to `total`. False after a stop, of any rank of the slice: what was counted means nothing then.
  bool run(Lineup& lineup, std::span<const Phase> phases, std::vector<Start> starts, Tally& total);
  /// Who is told what a world has decided so far: whenever a meeting is over.
  void after_each_meeting(std::function<void(const Lineup&)> told) { told_ = std::move(told); }
  /// Before a worker's tally is used for something else.
  void hand_over(unsigned worker) { count_for(nullptr, worker); }

 private:
  struct BlockInStep;
  struct Population;
  class Visit;

  void count_for(Population* population, unsigned worker);
  std::int64_t customers_so_far(const Population& population);
  void collect(Population& population);
  void run_phase(const Lineup& lineup, Population& population, const Phase& phase, const Meeting& meeting);
  void run_blocks(const Lineup& lineup, Population& population, std::span<BlockInStep* const> blocks,
                  const Phase& phase, const Meeting& meeting);
  void run_block(Workspace& workspace, Population& population, BlockInStep& one, const Phase& phase,
                 const Meeting& meeting);
  bool meet(Lineup& lineup, Population& population, Meeting& meeting);

  const Program& program_;
  const RunOptions& options_;
  Team& team_;
  std::stop_token stop_;
  const Starts& starts_;
  std::deque<Workspace>& workspaces_;
  std::size_t block_bytes_;
  SpareMemory spare_;
  std::function<void(const Lineup&)> told_;
  std::mutex handing_over_;
  std::vector<Population*> counts_for_;  ///< by worker: whose months its tally holds
};

}  // namespace clientele::sim
