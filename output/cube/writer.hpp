// Lays the outcomes of a study side by side in one file, the cube, that every netCDF reader opens (FORMAT.md).
#pragma once
#include <filesystem>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

#include "output/cube/data_hash.hpp"
#include "output/cube/outcome_source.hpp"
#include "output/cube/points.hpp"
#include "output/files/durable_file.hpp"
#include "sim/metrics.hpp"
#include "sim/parallel/team.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// What a cube holds beyond the study and its outcomes. Nothing here may tell of a time, a machine or a thread.
struct CubeDetails {
  std::string model_version;
  /// [draw][Study::uncertain], as sim gives them; empty (also within) where parameters have their stated values.
  std::vector<std::vector<double>> parameter_values;
  /// What its cells were made from; a cube without keys cannot be replaced by a larger one.
  StudyKeys keys;
  /// How the base begins, in a line.
  std::string beginning;
  /// Of expected sales, by the study's laws; NaN where it is not known.
  double share_of_ten_largest = std::numeric_limits<double>::quiet_NaN();
  /// Metrics of which a cube tells the sum over the horizon by tier and group, whatever [output] sums or leaves out.
  std::vector<std::string> summed = {};
  /// What is asked beside the study as it is stated, whose own cells are at no point then.
  CubePoints points = {};
};

/// Writes a cube, reads it back, compares, and only then gives it its name. A cell that is not among the outcomes is
/// missing (NaN) and not `done`. Equal arguments give equal bytes, whatever the team. Memory: a chunk (1 MiB) of each
/// variable, and the cells of such a chunk. Throws UserError (stopped_early), and leaves nothing, where the token says
/// so.
void write_cube(const std::filesystem::path& path, Existing existing, const sim::Study& study,
                const sim::OutcomeInfo& info, const OutcomeSource& outcomes, const CubeDetails& details,
                sim::Team& team, const std::stop_token& stop = {});

/// The same for outcomes that are all in memory.
void write_cube(const std::filesystem::path& path, Existing existing, const sim::Study& study,
                const sim::OutcomeInfo& info, const Outcomes& outcomes, const CubeDetails& details);

}  // namespace clientele::output
