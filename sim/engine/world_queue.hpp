// Worlds that wait to be simulated, in pieces: hands them out, puts together what they counted, delivers what is whole.
#pragma once
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "sim/engine/starts.hpp"
#include "sim/run.hpp"

namespace clientele::sim {

/// Where finished lineups go, and their portions before they are finished: one call at a time.
class Delivery {
 public:
  virtual ~Delivery() = default;
  virtual void complete(const Lineup& lineup, Tally& tally) = 0;
  virtual void portion(const Lineup& lineup, const Portion& portion, Tally& tally) = 0;
  /// Adds what was kept of a portion, of all arms or (false) of none.
  virtual bool add_kept(const Lineup& lineup, const Portion& portion, Tally& tally) = 0;
};

/// A portion of a world that is being simulated, or waits for it; of most worlds the only one.
struct PortionInWork {
  Portion which;
  std::vector<Start> starts;
  std::size_t blocks = 0, done = 0;
  Tally tally;
};

/// A world that is being simulated.
struct World {
  Lineup lineup;
  std::vector<Phase> phases;
  std::deque<PortionInWork> portions;
  bool has_one = true;      ///< portion, which is the world then
  bool is_partial = false;  ///< other processes simulate the other portions
  std::size_t done = 0;     ///< portions
  Tally tally;              ///< of portions that are done, where there are several
  std::mutex guard;

  bool meets() const { return phases.size() > 1; }
};

/// Some blocks, or all blocks of a world that meets.
struct Piece {
  std::shared_ptr<World> world;  ///< none: there is nothing left to do
  PortionInWork* portion = nullptr;
  std::size_t begin = 0, end = 0;
};

class WorldQueue {
 public:
  WorldQueue(const Program& program, const RunOptions& options, const Starts& starts, unsigned workers,
             Delivery& delivery);

  /// What is handed out next; to be called when everything before is done.
  void refill(std::span<const CellsTogether> lineups) { waiting_ = lineups; }
  bool has_portions() const { return portions_.size() > 1; }
  Piece take();
  /// A piece is done; `counted`, unless it was added already.
  void finish(const Piece& piece, const Tally* counted);

  std::size_t finished() const { return finished_; }  ///< lineups
  std::uint64_t customer_months() const { return customer_months_; }

 private:
  std::shared_ptr<World> open(const CellsTogether& together);
  void fill(World& world, std::uint64_t number);
  void end(World& world, Tally& tally);

  const Program& program_;
  const RunOptions& options_;
  const Starts& starts_;
  unsigned workers_;
  Delivery& delivery_;
  std::vector<Portion> portions_;

  std::mutex guard_, delivering_;
  std::span<const CellsTogether> waiting_;
  std::shared_ptr<World> open_;
  std::size_t portion_ = 0, handed_out_ = 0;  ///< of the open world; blocks of that portion
  std::size_t finished_ = 0;
  std::atomic<std::uint64_t> customer_months_ = 0;
};

}  // namespace clientele::sim
