// The simulated futures of one policy, or of a pair that shared its luck: a number each, and which are independent.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/study.hpp"

namespace clientele::output {

/// Values of a KPI, or differences of it, in the futures of one arm. NaN is missing: not simulated, or not defined.
struct Futures {
  std::size_t draws = 1, replications = 0;
  sim::People people = sim::People::redrawn;
  std::vector<double> values;    ///< [draw][replication]
  bool assumptions_vary = true;  ///< from draw to draw

  double at(std::size_t draw, std::size_t replication) const { return values[draw * replications + replication]; }
  double& at(std::size_t draw, std::size_t replication) { return values[draw * replications + replication]; }
};

/// One minus other, future by future; missing where either is.
Futures difference(const Futures& one, const Futures& other);
/// What is present in both: the futures of `one` where `other` is missing become missing.
Futures where_present(const Futures& one, const Futures& other);

/// The pieces that chance dealt independently of each other: with several draws the draws; with one draw populations
/// (their two futures share people) under People::paired, else replications.
enum class Unit { draws, populations, replications };
Unit unit_of(const Futures& futures);
std::string name_of(Unit unit, std::size_t count);
/// "10 sets of assumptions" ("10 draws" where they vary nothing), "1 population", "12 futures": so many independent
/// pieces, as people read them.
std::string count_of(const Futures& futures, std::size_t count);

/// Present futures by unit; a unit without any is left out.
std::vector<std::vector<double>> by_unit(const Futures& futures);
/// Present futures by draw and population: what shares a population stands together. Without People::paired every
/// future is a population of its own. Draws and populations without any are left out.
std::vector<std::vector<std::vector<double>>> by_population(const Futures& futures);
/// Means of the units. A draw's mean is over its futures.
std::vector<double> unit_means(const Futures& futures);
std::vector<double> present(const Futures& futures);

}  // namespace clientele::output
