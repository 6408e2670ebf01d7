// `clientele run` of a study that asks for points: a cube of them all, or a table over them.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "output/files/durable_file.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tools/clientele/shard.hpp"
#include "tools/clientele/study_options.hpp"
#include "tools/clientele/sweep/side_by_side.hpp"
#include "tools/clientele/together.hpp"

namespace clientele::tools {

struct SweepAsked {
  const scenarios::StudyReading& reading;
  const sim::Catalogue& catalogue;
  sim::RunOptions options;
  Talk volume = Talk::all;
  std::stop_token stop;
  std::optional<std::string> file;  ///< nothing: a table, and nothing is kept
  output::Existing existing = output::Existing::refuse;
  bool dry_run = false;
  const Together& together = one_process();
  std::filesystem::path study_file = {};
  std::optional<Shard> shard = std::nullopt;
  std::uint64_t ranks = 1;  ///< of a dry run
  unsigned on_machine = 1;  ///< ranks that share its memory
};

/// Throws what make_cube throws, and UserError (bad_data) where points do not fit together.
sim::Exit run_sweep(const SweepAsked& asked);

/// All points with what a cube says of them. `asked` must outlive it.
class PlannedSweep {
 public:
  explicit PlannedSweep(const SweepAsked& asked);
  PlannedSweep(const PlannedSweep&) = delete;
  PlannedSweep& operator=(const PlannedSweep&) = delete;

 private:
  sim::Plan plan_;
  PointStudies studies_;
  sim::Study largest_;

 public:
  output::CubeDetails details;
  const PlannedPoints planned;
  const sim::Plan largest;  ///< of the point with the most customers
  const SweepJob job;

  /// Customers of all points, by those of the study as it is stated.
  double times_stated() const;
};

/// Whether the cube that is asked for is there.
bool is_complete(const PlannedSweep& sweep, const std::filesystem::path& file);

/// What a cube of points says when it is done.
void tell_points(const std::filesystem::path& cube);

}  // namespace clientele::tools
