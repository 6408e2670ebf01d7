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

/// Part of a variable; the first four axes are those of a cell.
struct Box {
  Extent start, count;
};

/// A variable of float64: its description, and what to put into a box of it.
struct Variable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> texts;  ///< attributes
  std::vector<std::string> axes;
  /// One cell of a box. Values that it does not set are missing.
  std::function<void(const sim::CellOutcome& outcome, const Box& box, std::span<double> values)> fill;
};

/// All that a cube is made from.
struct Source {
  const sim::Study& study;
  const sim::OutcomeInfo& info;
  const OutcomeSource& outcomes;
  const CubeDetails& details;
  Selection selection;
};

/// The four axes of all cells that a study asks for: scenario, policy, draw, replication.
Extent extent_of_cells(const sim::Study& study);

/// The four axes that make a cell.
std::vector<std::string> cell_axes();

/// These, and more behind them.
std::vector<std::string> axes_of_cell_and(const std::vector<std::string>& more);

/// Where one of the axes of a box runs from and to.
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
