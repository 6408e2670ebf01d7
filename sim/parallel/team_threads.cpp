// The same team with plain threads: a sanitizer sees every hand-over, which it cannot inside TBB.
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "sim/parallel/processors.hpp"
#include "sim/parallel/team.hpp"

namespace clientele::sim {

namespace {

/// Which worker of a running team this thread is; work inside of work stays on its thread.
thread_local constinit int inside_as = -1;

class ThreadTeam final : public Team {
 public:
  explicit ThreadTeam(unsigned threads) : threads_(threads) {}

  unsigned workers() const override { return threads_; }

  void for_each(std::size_t n, std::size_t grain, const Work& work) override {
    if (inside_as >= 0) return work(0, n, static_cast<unsigned>(inside_as));
    if (n <= grain) return work(0, n, 0);  // alone, and free to call the team again
    std::atomic<std::size_t> next = 0;
    std::exception_ptr first;
    std::mutex guard;
    const auto share = [&](unsigned worker) {
      inside_as = static_cast<int>(worker);
      try {
        for (std::size_t at; (at = next.fetch_add(grain)) < n;) work(at, std::min(at + grain, n), worker);
      } catch (...) {
        next = n;
        const std::lock_guard lock(guard);
        if (!first) first = std::current_exception();
      }
      inside_as = -1;
    };
    {
      std::vector<std::jthread> others;  // joined whatever happens
      others.reserve(threads_ - 1);
      try {
        for (unsigned worker = 1; worker < threads_; ++worker) others.emplace_back(share, worker);
      } catch (const std::system_error&) {
        // No more threads are to be had: those that are there do all.
      }
      share(0);
    }
    if (first) std::rethrow_exception(first);
  }

 private:
  unsigned threads_;
};

}  // namespace

std::unique_ptr<Team> make_team_threads(unsigned threads) { return std::make_unique<ThreadTeam>(threads); }

unsigned threads_of(unsigned asked) { return asked == 0 ? usable_processors() : asked; }

std::unique_ptr<Team> make_team(Engine engine, unsigned threads) {
  threads = threads_of(threads);
  return engine == Engine::tbb ? make_team_tbb(threads) : make_team_threads(threads);
}

}  // namespace clientele::sim
