// Points of a cube: what else can be asked of its study, by values of some of its numbers; each a study of its own.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "output/records/cell_key.hpp"
#include "sim/metrics.hpp"

namespace clientele::output {

class Dimensions;
class Hdf5Reader;
class Hdf5Writer;

/// What a field is at a point, as in a sim::Assumption.
struct FieldAtPoint {
  std::string value, mark, source;
  bool operator==(const FieldAtPoint&) const = default;
};

/// Numbers that hold instead of those that a study states, by their paths.
struct CubePoints {
  std::vector<std::string> paths, units;             ///< of the numbers; units may be empty
  std::vector<std::vector<double>> values;           ///< [point][path]
  std::vector<StudyKeys> keys;                       ///< by point: those of the study with these values
  std::vector<std::string> study_digests;            ///< by point
  std::vector<std::string> fields;                   ///< paths of fields that are something else at some point
  std::vector<std::vector<FieldAtPoint>> fields_at;  ///< [point][of these]
  /// By point: formulas with the numbers of the point; empty (also within) where they are the study's own.
  std::vector<std::vector<sim::KpiInfo>> kpis;
  /// [point][draw][Study::uncertain]; empty where all points have the draws of the study as it is stated.
  std::vector<std::vector<std::vector<double>>> parameter_values;

  bool any() const { return !values.empty(); }
  /// A cube without points is as one with a single place.
  std::size_t places() const { return values.empty() ? 1 : values.size(); }
};

/// Names of the variables that hold the numbers by point: their paths, but for what a name of netCDF may not have.
std::vector<std::string> coordinates_of(const std::vector<std::string>& paths);

/// A unit that xarray does not take for a span of time, which overflows: "day" for "days".
std::string unit_of_point(const std::string& unit);

/// The axis `point`, and along it a variable for each of the numbers.
void add_points_dimension(Dimensions& dimensions, const CubePoints& points);
void write_points(Hdf5Writer& file, Dimensions& dimensions, const CubePoints& points);

/// Keys of all points as lines of one attribute; a digest of a scenario, policy or draw that is that of the study as
/// stated is "=", and draws that all are as stated are left out. And back: with the replications and model of the study
/// as stated.
std::string keys_in_lines(const CubePoints& points, const StudyKeys& stated);
std::vector<StudyKeys> keys_from_lines(const std::string& lines, const StudyKeys& stated);

/// What a cube says of its points: paths, units, values, digests. None in one without points.
CubePoints read_points(const Hdf5Reader& file);

/// The name of the axis.
inline constexpr const char* points_axis = "point";

}  // namespace clientele::output
