// Worlds one after the other, each in pieces: who is free takes the next piece, who ends a world's last delivers it.
#include "sim/engine/run_world.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>

#include "sim/engine/live_freely.hpp"
#include "sim/engine/live_in_step.hpp"

namespace clientele::sim {

namespace {

/// A world that is being lived.
struct World {
  Lineup lineup;
  std::vector<Segment> segments;
  std::vector<Start> starts;
  Tally tally;
  std::size_t blocks = 0, handed_out = 0, lived = 0;
  std::mutex guard;
};

/// Some blocks of a world.
struct Piece {
  std::shared_ptr<World> world;  ///< none: there is nothing left to do
  std::size_t begin = 0, end = 0;
};

class Runner {
 public:
  Runner(const Program& program, const RunOptions& options, Team& team, const std::stop_token& stop,
         const Deliver& deliver, std::size_t most_arms)
      : program_(program),
        options_(options),
        team_(team),
        stop_(stop),
        deliver_(deliver),
        starts_(program, options.block_size),
        block_bytes_(Life::block_bytes(program.layout(), options.block_size, most_arms)),
        in_step_(program, options, team, stop, starts_, benches_, block_bytes_) {
    for (unsigned w = 0; w < team.workers(); ++w) benches_.emplace_back(program, options.block_size, most_arms);
  }

  /// Returns whether all were delivered.
  bool run(std::span<const std::vector<Cell>> lineups) {
    const std::size_t leaders = worlds_in_step(team_.workers(), starts_.blocks_of_base(), block_bytes_);
    for (auto rest = lineups; !rest.empty() && !stop_.stop_requested();) {
      const bool meet = meets(rest.front());
      const auto others = std::ranges::find_if(rest, [&](const auto& cells) { return meets(cells) != meet; });
      waiting_ = rest.first(static_cast<std::size_t>(others - rest.begin()));
      rest = rest.subspan(waiting_.size());
      team_.for_each(meet ? leaders : team_.workers(), 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
        for (std::size_t i = begin; i < end; ++i) work(worker);
      });
    }
    return delivered_ == lineups.size();
  }

  void add_to(RunReport& report) const {
    for (const Bench& bench : benches_) {
      report.philox_blocks += bench.life.variates().philox_blocks();
      report.words_read += bench.life.variates().words_read();
    }
  }

 private:
  bool meets(const std::vector<Cell>& cells) const {
    Lineup lineup;
    lineup.cells = cells;
    return cut(program_, lineup, options_.in_step).size() > 1;
  }

  /// One worker's part of all worlds that wait. A fault of one ends the others' soon.
  void work(unsigned worker) {
    try {
      while (!stop_.stop_requested() && !failed_) {
        const Piece piece = take_piece();
        if (!piece.world) return;
        live(piece, worker);
      }
    } catch (...) {
      failed_ = true;
      throw;
    }
  }

  /// The pieces of a world become smaller, so that all end at about the same time.
  Piece take_piece() {
    const std::lock_guard lock(guard_);
    if (!open_ || open_->handed_out == open_->blocks) {
      open_ = nullptr;
      if (waiting_.empty()) return {};
      open_ = open(waiting_.front());
      waiting_ = waiting_.subspan(1);
    }
    const std::size_t begin = open_->handed_out, left = open_->blocks - begin;
    const bool meets = open_->segments.size() > 1;
    const std::size_t some = std::max<std::size_t>(4, left / (2 * team_.workers()));
    open_->handed_out += meets ? left : std::min(left, some);
    return {open_, begin, open_->handed_out};
  }

  std::shared_ptr<World> open(const std::vector<Cell>& cells) const {
    auto world = std::make_shared<World>();
    world->lineup = make_lineup(program_, cells);
    world->segments = cut(program_, world->lineup, options_.in_step);
    world->starts = starts_.of(world->lineup);
    world->blocks = world->starts.size();
    world->tally = Tally(program_.tally_shape(cells.size()));
    return world;
  }

  void live(const Piece& piece, unsigned worker) {
    World& world = *piece.world;
    Bench& bench = benches_[worker];
    if (world.segments.size() > 1) {
      in_step_.live(world.lineup, world.segments, std::move(world.starts), world.tally);
    } else {
      in_step_.hand_over(worker);
      bench.tally.clear();
      bench.life.enter_lineup(world.lineup);
      for (std::size_t at = piece.begin; at < piece.end && !stop_.stop_requested(); ++at)
        live_freely(starts_, world.starts[at], world.segments.front().places, block_bytes_, bench);
      tell_progress(options_, bench.tally.total(metric_of_customers));
    }
    if (stop_.stop_requested()) return;
    const std::lock_guard lock(world.guard);
    if (world.segments.size() == 1) world.tally += bench.tally;
    world.lived += piece.end - piece.begin;
    if (world.lived == world.blocks) deliver(world.lineup, world.tally);
  }

  void deliver(const Lineup& lineup, Tally& tally) {
    const std::lock_guard lock(delivering_);
    deliver_(lineup, tally);
    ++delivered_;
  }

  const Program& program_;
  const RunOptions& options_;
  Team& team_;
  std::stop_token stop_;
  const Deliver& deliver_;
  Starts starts_;
  std::size_t block_bytes_;
  std::deque<Bench> benches_;
  InStep in_step_;

  std::mutex guard_, delivering_;
  std::span<const std::vector<Cell>> waiting_;
  std::shared_ptr<World> open_;
  std::size_t delivered_ = 0;
  std::atomic<bool> failed_ = false;
};

}  // namespace

bool live_worlds(const Program& program, const std::vector<std::vector<Cell>>& lineups, const RunOptions& options,
                 Team& team, std::stop_token stop, const Deliver& deliver, RunReport& report) {
  std::size_t most_arms = 1;
  for (const auto& cells : lineups) most_arms = std::max(most_arms, cells.size());
  Runner runner(program, options, team, stop, deliver, most_arms);
  const bool done = runner.run(lineups);
  runner.add_to(report);
  return done;
}

}  // namespace clientele::sim
