// Threads take point after point; each has its own plan, and what is common to all is told under one lock.
#include "tools/clientele/sweep/side_by_side.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/core/check.hpp"
#include "sim/parallel/team.hpp"
#include "tools/clientele/job.hpp"
#include "tools/clientele/memory_room.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/pace.hpp"
#include "tools/clientele/progress.hpp"

namespace clientele::tools {

namespace {

/// How far all points together are.
class Progress {
 public:
  Progress(const sim::Study& study, std::size_t cells, Talk volume)
      : show_(volume == Talk::quiet ? ProgressSink::Show::nothing : ProgressSink::usual()),
        cells_(cells),
        most_(static_cast<double>(cells) * static_cast<double>(study.population.customers) *
              (study.horizon.months + study.horizon.run_off + study.horizon.beyond)) {}
  ~Progress() {
    if (is_open_) std::fputc('\n', stderr);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

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
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  /// On a terminal four times a second, elsewhere at each tenth.
  void tell_if_due() {
    if (show_ == ProgressSink::Show::nothing) return;
    const double share = std::min(
        1.0, std::max(static_cast<double>(done_) / static_cast<double>(cells_), static_cast<double>(months_) / most_));
    const bool one_line = show_ == ProgressSink::Show::one_line;
    const auto tenth = static_cast<unsigned>(10 * share);
    if (one_line ? Clock::now() < told_ + std::chrono::milliseconds(250) : tenth <= tenth_) return;
    tenth_ = tenth;
    told_ = Clock::now();
    const Pace pace{.done = share, .customer_months = months_, .seconds = seconds()};
    std::fprintf(stderr, one_line ? "\r%s\x1b[K" : "%s\n", line_of(pace).c_str());
    std::fflush(stderr);
    is_open_ = one_line;
  }

  ProgressSink::Show show_;
  std::size_t cells_, done_ = 0;
  double most_;  ///< customer-months, if nobody left and nobody came
  std::uint64_t months_ = 0;
  unsigned tenth_ = 0;
  bool is_open_ = false;
  std::mutex guard_;
  Clock::time_point start_ = Clock::now(), told_ = start_;
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

void for_each_point(const SweepJob& job, const std::vector<std::size_t>& points, std::size_t cells,
                    const std::function<void(const PointInWork&, const std::function<void()>& cell_is_done)>& work) {
  const unsigned at_once = points_at_once(job, points.size());
  Progress progress(job.stated.study(), cells, job.volume);
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
  talk(job.volume, with_commas(progress.months()) + " customer-months in " + in_short(progress.seconds()) + " s (" +
                       in_short(static_cast<double>(progress.months()) / progress.seconds()) + "/s, " +
                       threads_in_words(job.options, job.together) + ")");
}

}  // namespace clientele::tools
