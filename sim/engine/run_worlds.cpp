// Workers around a queue of worlds: who is free takes the next piece and simulates it.
#include "sim/engine/run_worlds.hpp"

#include <algorithm>
#include <atomic>
#include <deque>

#include "sim/engine/run_freely.hpp"
#include "sim/engine/run_in_step.hpp"

namespace clientele::sim {

namespace {

class Runner {
 public:
  Runner(const Program& program, const RunOptions& options, Team& team, const std::stop_token& stop, Delivery& delivery,
         std::size_t max_arms)
      : program_(program),
        options_(options),
        team_(team),
        stop_(stop),
        starts_(program, options.block_size, options.customers_of_portion),
        block_bytes_(Life::block_bytes(program.layout(), options.block_size, max_arms)),
        in_step_(program, options, team, stop, starts_, workspaces_, block_bytes_),
        queue_(program, options, starts_, team.workers(), delivery) {
    for (unsigned w = 0; w < team.workers(); ++w) workspaces_.emplace_back(program, options, max_arms);
  }

  /// Returns whether all were delivered.
  bool run(std::span<const std::vector<Cell>> lineups) {
    const std::size_t leaders = worlds_in_step(team_.workers(), starts_.blocks_of_base(), block_bytes_);
    for (auto rest = lineups; !rest.empty() && !stop_.stop_requested();) {
      const bool meet = meets(program_, rest.front(), options_.in_step);
      const auto others = std::ranges::find_if(
          rest, [&](const auto& cells) { return meets(program_, cells, options_.in_step) != meet; });
      const auto alike = static_cast<std::size_t>(others - rest.begin());
      queue_.refill(rest.first(alike));
      rest = rest.subspan(alike);
      team_.for_each(meet ? leaders : team_.workers(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
        for (std::size_t i = begin; i < end; ++i) work(worker);
      });
    }
    return queue_.delivered() == lineups.size();
  }

  void add_to(RunReport& report) const {
    report.customer_months += queue_.customer_months();
    for (const Workspace& workspace : workspaces_) {
      report.philox_blocks += workspace.life.variates().philox_blocks();
      report.words_read += workspace.life.variates().words_read();
    }
  }

 private:
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

  void run_in_step(const Piece& piece) {
    World& world = *piece.world;
    in_step_.run(world.lineup, world.phases, std::move(piece.portion->starts), piece.portion->tally);
    if (!stop_.stop_requested()) queue_.finish(piece, nullptr);
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

bool run_worlds(const Program& program, const std::vector<std::vector<Cell>>& lineups, const RunOptions& options,
                Team& team, std::stop_token stop, Delivery& delivery, RunReport& report) {
  std::size_t max_arms = 1;
  for (const auto& cells : lineups) max_arms = std::max(max_arms, with_baselines(program.study(), cells).size());
  Runner runner(program, options, team, stop, delivery, max_arms);
  const bool done = runner.run(lineups);
  runner.add_to(report);
  return done;
}

}  // namespace clientele::sim
