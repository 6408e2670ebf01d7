// The points of a study: each a study of its own, as --set would make it, read when it is looked at.
#pragma once
#include <cstddef>
#include <mutex>
#include <stop_token>

#include "output/cube/writer.hpp"
#include "scenarios/point_reader.hpp"
#include "sim/plan.hpp"
#include "sim/shares.hpp"

namespace clientele::tools {

class PointStudies {
 public:
  /// Both must outlive this.
  PointStudies(const scenarios::StudyReading& stated, const sim::Catalogue& catalogue);

  std::size_t size() const { return stated_.sweep.points.size(); }
  const sim::Study& stated() const { return stated_.study; }
  const scenarios::Sweep& sweep() const { return stated_.sweep; }
  const sim::Catalogue& catalogue() const { return catalogue_; }
  /// From any thread.
  sim::Study at(std::size_t point) const;

 private:
  const scenarios::StudyReading& stated_;
  const sim::Catalogue& catalogue_;
  scenarios::PointReader reader_;
  mutable std::mutex guard_;  ///< of a file of customers, which is read once
};

/// What a cube says of all points together.
struct PlannedPoints {
  output::CubePoints points;
  std::vector<std::uint64_t> customers;             ///< by point, when it begins
  std::vector<std::vector<sim::Portion>> portions;  ///< of a world, by point; none where it is in one piece
  sim::OutcomeInfo info;                            ///< as of the stated study; what it makes no use of, no point does
};

/// Looks at every point, with so many threads. Throws UserError (bad_data), with the path and the axis, where a point
/// has other axes than the stated study; (stopped_early) where it was stopped.
PlannedPoints plan_points(const PointStudies& studies, const sim::Plan& stated, const output::CubeDetails& details,
                          const sim::RunOptions& options, const std::stop_token& stop);

/// The part that a process has of a point, where it has `share` of all points: they begin with another process each, so
/// that those with few units do not all fall to the first. `units` are those of a point.
sim::Share share_at(const sim::Share& share, std::size_t point, std::uint64_t units);

}  // namespace clientele::tools
