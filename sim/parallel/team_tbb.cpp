// TBB owns threads here and nowhere else.
#include <utility>

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "sim/parallel/team.hpp"

namespace clientele::sim {

namespace {

/// Whether this thread is inside of work, and so has something of its own at hand.
thread_local constinit bool inside = false;

class TbbTeam final : public Team {
 public:
  explicit TbbTeam(unsigned threads)
      : threads_(threads),
        allowed_(tbb::global_control::max_allowed_parallelism, threads),
        arena_(static_cast<int>(threads)) {}

  unsigned workers() const override { return threads_; }

  void for_each(std::size_t n, std::size_t grain, const Work& work) override {
    const auto share = [&] {
      tbb::parallel_for(tbb::blocked_range<std::size_t>(0, n, grain), [&](const auto& range) {
        const bool before = std::exchange(inside, true);
        struct Back {
          bool before;
          ~Back() { inside = before; }
        } const back{before};
        work(range.begin(), range.end(), static_cast<unsigned>(tbb::this_task_arena::current_thread_index()));
      });
    };
    // Isolated: a thread that waits for the blocks of its own world must not help another world on top of it. One that
    // waits outside of all work helps anybody.
    arena_.execute([&] { inside ? tbb::this_task_arena::isolate(share) : share(); });
  }

 private:
  unsigned threads_;
  tbb::global_control allowed_;
  tbb::task_arena arena_;
};

}  // namespace

std::unique_ptr<Team> make_team_tbb(unsigned threads) { return std::make_unique<TbbTeam>(threads); }

}  // namespace clientele::sim
