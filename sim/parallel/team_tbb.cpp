// TBB owns threads here and nowhere else.
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "sim/parallel/team.hpp"

namespace clientele::sim {

namespace {

class TbbTeam final : public Team {
 public:
  explicit TbbTeam(unsigned threads)
      : threads_(threads),
        allowed_(tbb::global_control::max_allowed_parallelism, threads),
        arena_(static_cast<int>(threads)) {}

  unsigned workers() const override { return threads_; }

  void for_each(std::size_t n, std::size_t grain, const Work& work) override {
    // Isolated: a thread that waits for the blocks of one world must not start another world on top of it.
    arena_.execute([&] {
      tbb::this_task_arena::isolate([&] {
        tbb::parallel_for(tbb::blocked_range<std::size_t>(0, n, grain), [&](const auto& range) {
          work(range.begin(), range.end(), static_cast<unsigned>(tbb::this_task_arena::current_thread_index()));
        });
      });
    });
  }

 private:
  unsigned threads_;
  tbb::global_control allowed_;
  tbb::task_arena arena_;
};

}  // namespace

std::unique_ptr<Team> make_team_tbb(unsigned threads) { return std::make_unique<TbbTeam>(threads); }

}  // namespace clientele::sim
