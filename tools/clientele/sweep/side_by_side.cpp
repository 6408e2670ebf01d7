// Threads take point after point; each has its own plan, and what is common to all is told under one lock.
#include "tools/clientele/sweep/side_by_side.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/core/check.hpp"
#include "sim/parallel/team.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/pace.hpp"
#include "tools/clientele/progress_line.hpp"

namespace clientele::tools {

namespace {

/// How far all points together are.
class Progress {
 public:
  Progress(const sim::Study& study, const PointsToDo& all, Talk volume)
      : line_(volume == Talk::quiet ? ProgressLine::Show::nothing : ProgressLine::usual()),
        cells_(all.cells),
        most_(all.customers * (study.horizon.months + study.horizon.run_off + study.horizon.beyond)) {}

  void lived(std::uint64_t customer_months) {
    const std::scoped_lock lock(guard_);
    months_ += customer_months;
    tell_if_due();
  }
  void cell_is_done() {
    const std::scoped_lock lock(guard_);
    ++done_;
    tell_if_due();
  }
  std::uint64_t months() const { return months_; }

 private:
  using Clock = std::chrono::steady_clock;

  void tell_if_due() {
    const double by_cells = static_cast<double>(done_) / static_cast<double>(cells_);
    const double share = done_ == cells_ ? 1 : std::min(0.99, std::max(by_cells, static_cast<double>(months_) / most_));
    if (!line_.is_due(share)) return;
    const std::chrono::duration<double> seconds = Clock::now() - start_;
    line_.tell(line_of({.done = share, .customer_months = months_, .seconds = seconds.count()}));
  }

  ProgressLine line_;
  std::size_t cells_, done_ = 0;
  double most_;  ///< customer-months, if nobody left and nobody came
  std::uint64_t months_ = 0;
  std::mutex guard_;
  Clock::time_point start_ = Clock::now();
};

/// The first thing that went wrong in any thread.
class FirstFault {
 public:
  void keep(std::exception_ptr fault) {
    const std::scoped_lock lock(guard_);
    if (!fault_) fault_ = std::move(fault);
    any_ = true;
  }
  bool any() const { return any_; }
  void throw_if_any() const {
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  std::mutex guard_;
  std::atomic<bool> any_ = false;
  std::exception_ptr fault_;
};

}  // namespace

unsigned points_at_once(const SweepJob& job, std::size_t points) {
  const unsigned threads = sim::threads_of(job.options.threads);
  if (threads < 2 || points < 2 * std::size_t{threads}) return 1;
  sim::RunOptions alone = job.options;
  alone.threads = 1;
  const std::uint64_t one = job.memory_of_one > 0 ? job.memory_of_one : job.stated.memory_of_run(alone);
  return one * threads <= memory_room(threads).bytes / 2 / job.on_machine ? threads : 1;
}

std::uint64_t for_each_point(
    const SweepJob& job, const PointsToDo& all,
    const std::function<void(const PointInWork&, const std::function<void()>& cell_is_done)>& work) {
  const std::vector<std::size_t>& points = all.points;
  const unsigned at_once = points_at_once(job, points.size());
  Progress progress(job.stated.study(), all, job.volume);
  sim::RunOptions options = job.options;
  if (at_once > 1) options.threads = 1;
  options.progress = [&](std::uint64_t customer_months) { progress.lived(customer_months); };
  FirstFault fault;
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t n = next++; n < points.size() && !fault.any() && !job.stop.stop_requested(); n = next++) try {
        const sim::Study study = job.studies.at(points[n]);
        const sim::Plan plan(study, job.studies.catalogue());
        work({points[n], plan, options}, [&] { progress.cell_is_done(); });
      } catch (...) {
        fault.keep(std::current_exception());
      }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < at_once; ++t) others.emplace_back(take);
    take();
  }
  fault.throw_if_any();
  if (job.stop.stop_requested()) throw sim::UserError("stopped early.", sim::Exit::stopped_early);
  return progress.months();
}

}  // namespace clientele::tools
