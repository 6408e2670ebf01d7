// What a cube holds of its cells, variable by variable: descriptions, and numbers box by box.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "output/cube/selection.hpp"
#include "output/cube/writer.hpp"
#include "output/hdf5/hdf5.hpp"

namespace clientele::output {

/// Part of a variable; its first axes are those of points and of a cell, whether the file has points or not.
struct Box {
  Extent start, count;
};
inline constexpr std::size_t axes_before_months = 5;

/// A variable of float64: its description, and what to put into a box of it.
struct Variable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> texts;  ///< attributes
  std::vector<std::string> axes;
  /// One cell of a box, at a point. Values that it does not set are missing.
  std::function<void(const sim::CellOutcome& outcome, std::size_t point, const Box& box, std::span<double> values)>
      fill;
};

/// All that a cube is made from.
struct Source {
  const sim::Study& study;
  const sim::OutcomeInfo& info;
  const OutcomeSource& outcomes;
  const CubeDetails& details;
  Selection selection;

  bool has_points() const { return details.points.any(); }
  /// A KPI as it is evaluated at a point.
  const sim::KpiInfo& kpi(std::size_t number, std::size_t point) const;
};

/// All cells that are asked for: point (one place where there are none), scenario, policy, draw, replication.
Extent extent_of_cells(const Source& source);

/// The axes of the file that make a cell: four, or five where there are points.
std::vector<std::string> cell_axes(const Source& source);

/// These, and more behind them.
std::vector<std::string> axes_of_cell_and(const Source& source, const std::vector<std::string>& more);

/// Where one of the axes of a box within a cell runs from and to: 0 is the first behind those of cells.
Span inner(const Box& box, std::size_t axis);

/// The axes that histograms share: every month that one of them names, every bin in which somebody is.
struct HistogramAxes {
  std::vector<int> months;
  std::vector<std::int32_t> bins;
};
HistogramAxes histogram_axes(const Source& source);

/// Metrics, KPIs and the series that they look at, histograms, moves between tiers, and what parts come to. They keep
/// references to what they are made from.
std::vector<Variable> all_variables(const Source& source, const HistogramAxes& axes);

}  // namespace clientele::output
