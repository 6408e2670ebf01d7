// The cells of a study, (scenario, policy, draw, replication), and the one order in which they are numbered.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// One arm, (scenario, policy), in one world, (draw, replication).
struct Cell {
  std::uint32_t scenario = 0, policy = 0, draw = 0, replication = 0;
  auto operator<=>(const Cell&) const = default;
};

/// How many there are of each. Cells are numbered as they compare and as they lie in a cube: scenario outermost, then
/// policy, draw, replication.
struct CellAxes {
  std::size_t scenarios = 1, policies = 1, draws = 1, replications = 0;
  /// By policy, the one that it is simulated with: itself, or of a blend its twin. Empty: each is itself.
  std::vector<std::uint32_t> together_with = {};
  bool operator==(const CellAxes&) const = default;

  std::size_t arms() const { return scenarios * policies; }
  std::size_t worlds() const { return draws * replications; }
  std::size_t cells() const { return arms() * worlds(); }
  bool is_simulated(std::size_t policy) const { return together_with.empty() || together_with[policy] == policy; }
  bool have(const Cell& cell) const {
    return cell.scenario < scenarios && cell.policy < policies && cell.draw < draws && cell.replication < replications;
  }
  std::size_t number_of_arm(std::size_t scenario, std::size_t policy) const { return scenario * policies + policy; }
  std::size_t number_of_world(std::size_t draw, std::size_t replication) const {
    return draw * replications + replication;
  }
  std::size_t number(const Cell& cell) const {
    return number_of_arm(cell.scenario, cell.policy) * worlds() + number_of_world(cell.draw, cell.replication);
  }
};

CLIENTELE_API CellAxes cell_axes_of(const Study& study);

/// Every cell by number.
CLIENTELE_API std::vector<Cell> cells_by_number(const CellAxes& axes);

/// Every cell of a study as they are simulated, world by world: replication outermost, then draw, scenario, policy.
CLIENTELE_API std::vector<Cell> all_cells(const Study& study);

}  // namespace clientele::sim
