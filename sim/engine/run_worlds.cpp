// Workers around a queue of worlds: who is free takes the next piece and simulates it.
#include "sim/engine/run_worlds.hpp"

#include <algorithm>
#include <atomic>
#include <deque>

#include "sim/engine/run_freely.hpp"
#include "sim/engine/run_in_step.hpp"
#include "sim/engine/tally_over_ranks.hpp"
#include "sim/why.hpp"

namespace clientele::sim {

namespace {

class Runner {
 public:
  Runner(const Program& program, const RunOptions& options, Team& team, const std::stop_token& stop, Delivery& delivery,
         MostArms most)
      : program_(program),
        options_(options),
        team_(team),
        stop_(stop),
        starts_(program, options.block_size, options.customers_of_portion),
        block_bytes_(Life::block_bytes(program.layout(), options.block_size, most.living)),
        in_step_(program, options, team, stop, starts_, workspaces_, block_bytes_),
        queue_(program, options, starts_, team.workers(), delivery) {
    for (unsigned w = 0; w < team.workers(); ++w) workspaces_.emplace_back(program, options, most);
  }

  /// Returns whether all were simulated. Worlds that live on several ranks come last: all ranks have to come to them.
  bool run(std::vector<CellsTogether> lineups) {
    for (CellsTogether& one : lineups) one.meet = meets(program_, one.cells, options_.in_step);
    std::erase_if(lineups, [&](const CellsTogether& one) { return !is_ours(one); });
    const bool sliced = options_.slice->count() > 1;
    if (sliced) std::ranges::stable_partition(lineups, [&](const CellsTogether& one) { return !one.meet; });
    for (std::span<const CellsTogether> rest = lineups; !rest.empty();) {
      const bool first_meets = rest.front().meet;
      const auto others = std::ranges::find_if(rest, [&](const CellsTogether& one) { return one.meet != first_meets; });
      const auto alike = static_cast<std::size_t>(others - rest.begin());
      queue_.refill(rest.first(alike));
      rest = rest.subspan(alike);
      if (sliced && first_meets)
        run_slices();
      else
        run_here(first_meets);
    }
    return queue_.finished() == lineups.size();
  }

  void add_to(RunReport& report) const {
    report.customer_months += queue_.customer_months();
    for (const Workspace& workspace : workspaces_) {
      report.philox_blocks += workspace.life.variates().philox_blocks();
      report.words_read += workspace.life.variates().words_read();
    }
  }

 private:
  /// Worlds of many portions are looked at by everybody: the portions are shared.
  bool is_ours(const CellsTogether& one) const {
    const Share& share = options_.share;
    const auto together = static_cast<std::uint64_t>(options_.slice->count());
    if (one.meet) return Share{share.number / together, share.of / together}.has(one.number);
    return queue_.has_portions() || share.has(one.number);
  }

  void run_here(bool in_step) {
    const std::size_t leaders = worlds_in_step(team_.workers(), starts_.blocks_of_base(), block_bytes_);
    team_.for_each(in_step ? leaders : team_.workers(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
      for (std::size_t i = begin; i < end; ++i) work(worker);
    });
  }

  /// One world after the other, led by the thread that ranks speak on. Whether to go on is agreed within each.
  void run_slices() {
    for (Piece piece = queue_.take(); piece.world; piece = queue_.take())
      if (!run_in_step(piece)) return;
  }

  /// One worker's part of all worlds that wait. A fault of one ends the others' soon.
  void work(unsigned worker) {
    try {
      while (!stop_.stop_requested() && !failed_) {
        const Piece piece = queue_.take();
        if (!piece.world) return;
        if (piece.world->meets())
          run_in_step(piece);
        else
          run_freely(piece, worker);
      }
    } catch (...) {
      failed_ = true;
      throw;
    }
  }

  bool run_in_step(const Piece& piece) {
    World& world = *piece.world;
    Tally& counted = piece.portion->tally;
    if (!in_step_.run(world.lineup, world.phases, std::move(piece.portion->starts), counted)) return false;
    sum_over(*options_.slice, counted);
    queue_.finish(piece, nullptr);
    return true;
  }

  void run_freely(const Piece& piece, unsigned worker) {
    World& world = *piece.world;
    Workspace& workspace = workspaces_[worker];
    in_step_.hand_over(worker);
    workspace.tally.clear();
    workspace.life.enter_lineup(world.lineup);
    const auto together = std::span(piece.portion->starts).subspan(piece.begin, piece.end - piece.begin);
    sim::run_freely(starts_, together, world.phases.front().moments, block_bytes_, workspace, stop_);
    tell_progress(options_, workspace.tally.total(metric_of_customers, world.lineup.delivered));
    if (!stop_.stop_requested()) queue_.finish(piece, &workspace.tally);
  }

  const Program& program_;
  const RunOptions& options_;
  Team& team_;
  std::stop_token stop_;
  Starts starts_;
  std::size_t block_bytes_;
  std::deque<Workspace> workspaces_;
  InStep in_step_;
  WorldQueue queue_;
  std::atomic<bool> failed_ = false;
};

}  // namespace

bool run_worlds(const Program& program, std::vector<CellsTogether> lineups, const RunOptions& options, Team& team,
                std::stop_token stop, Delivery& delivery, RunReport& report) {
  MostArms most;
  for (const auto& one : lineups) {
    const std::size_t arms = living(program, one.cells).size();
    const auto blends = std::ranges::count_if(
        one.cells, [&](const Cell& cell) { return !is_simulated(program.study().policies[cell.policy]); });
    most.living = std::max(most.living, arms);
    most.counted = std::max(most.counted, arms + static_cast<std::size_t>(blends));
  }
  Runner runner(program, options, team, stop, delivery, most);
  const bool done = runner.run(std::move(lineups));
  runner.add_to(report);
  return done;
}

}  // namespace clientele::sim
