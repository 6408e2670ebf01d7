// Points of a sweep, each simulated by itself: several at a time where each is too small for all threads.
#pragma once
#include <cstddef>
#include <functional>
#include <vector>

#include "tools/clientele/study_options.hpp"
#include "tools/clientele/sweep/point_studies.hpp"
#include "tools/clientele/together.hpp"

namespace clientele::tools {

/// How points of a sweep are simulated.
struct SweepJob {
  const PointStudies& studies;
  const sim::Plan& stated;
  sim::RunOptions options;
  Talk volume = Talk::all;
  std::stop_token stop;
  const Together& together = one_process();
  std::uint64_t memory_of_one = 0;  ///< the largest point with one thread [bytes]; 0: as the stated study
  unsigned on_machine = 1;          ///< processes that do the same
};

/// One point in work. `options` say with how many threads, and count what lives.
struct PointInWork {
  std::size_t point;
  const sim::Plan& plan;
  const sim::RunOptions& options;
};

/// How many points are in work at once: one with all threads, or one for each thread where there are two for each and
/// memory holds them.
unsigned points_at_once(const SweepJob& job, std::size_t points);

/// What is to be simulated, of which points.
struct PointsToDo {
  std::vector<std::size_t> points;
  std::size_t cells = 0;
  double customers = 0;  ///< of all these cells, when they begin
};

/// Does the work of each point, from several threads; tells on stderr how many cells are finished, as the work says by
/// calling its argument, also from several threads. The first exception ends the rest and comes back. Returns how many
/// customer-months were simulated.
std::uint64_t for_each_point(
    const SweepJob& job, const PointsToDo& all,
    const std::function<void(const PointInWork&, const std::function<void()>& cell_is_done)>& work);

}  // namespace clientele::tools
