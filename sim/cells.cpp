// Two orders of the same cells: by arm, as they are laid down; by world, as they are simulated.
#include "sim/cells.hpp"

#include <algorithm>
#include <utility>

namespace clientele::sim {

CellAxes cell_axes_of(const Study& study) {
  CellAxes axes{.scenarios = study.scenarios.size(),
                .policies = study.policies.size(),
                .draws = std::max(1U, study.draws),
                .replications = study.replications};
  for (std::uint32_t p = 0; p < study.policies.size(); ++p)
    axes.together_with.push_back(study.policies[p].blend == Blend::no ? p : study.policies[p].twin.value());
  return axes;
}

std::vector<Cell> cells_by_number(const CellAxes& axes) {
  std::vector<Cell> cells;
  for (std::uint32_t scenario = 0; scenario < axes.scenarios; ++scenario)
    for (std::uint32_t policy = 0; policy < axes.policies; ++policy)
      for (std::uint32_t draw = 0; draw < axes.draws; ++draw)
        for (std::uint32_t replication = 0; replication < axes.replications; ++replication)
          cells.push_back({scenario, policy, draw, replication});
  return cells;
}

std::vector<Cell> all_cells(const Study& study) {
  std::vector<Cell> cells = cells_by_number(cell_axes_of(study));
  std::ranges::stable_sort(cells, {}, [](const Cell& cell) { return std::pair(cell.replication, cell.draw); });
  return cells;
}

}  // namespace clientele::sim
