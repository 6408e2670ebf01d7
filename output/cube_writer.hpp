// Lays the outcomes of a study side by side in one file, the cube, that every netCDF reader opens (FORMAT.md).
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "output/durable_file.hpp"
#include "sim/metrics.hpp"
#include "sim/sink.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// Finished cells in cell order, as sim::MemorySink keeps them.
using Outcomes = std::map<sim::Cell, sim::CellOutcome>;

/// What a cube holds beyond the study and its outcomes. Nothing here may tell of a time, a machine or a thread.
struct CubeDetails {
  std::string model_version;
  /// [draw][Study::uncertain], as sim gives them; empty (also within) where parameters have their stated values.
  std::vector<std::vector<double>> parameter_values;
};

/// Writes a cube, reads it back, compares, and only then gives it its name. A cell that is not among the outcomes is
/// missing (NaN) and not `done`. Equal arguments give equal bytes. Memory: one chunk (1 MiB) beyond the outcomes.
void write_cube(const std::filesystem::path& path, Existing existing, const sim::Study& study,
                const sim::OutcomeInfo& info, const Outcomes& outcomes, const CubeDetails& details);

/// 128 bits over all integers of all cells in cell order, as 32 hex digits: the hash of the cube's data. The file's
/// format has no part in it.
std::string data_hash(const Outcomes& outcomes);

}  // namespace clientele::output
