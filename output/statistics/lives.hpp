// The lives of one policy, or of a pair that shared its luck: a number each, and which of them are independent.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/study.hpp"

namespace clientele::output {

/// Values of a KPI, or differences of it, in the lives of one arm. NaN is missing: not lived, or not defined.
struct Lives {
  std::size_t draws = 1, replications = 0;
  sim::People people = sim::People::redrawn;
  std::vector<double> values;  ///< [draw][replication]

  double at(std::size_t draw, std::size_t replication) const { return values[draw * replications + replication]; }
};

/// One minus other, life by life; missing where either is.
Lives difference(const Lives& one, const Lives& other);
/// What is present in both: the lives of `one` where `other` is missing become missing.
Lives where_present(const Lives& one, const Lives& other);

/// The pieces that chance dealt independently of each other: with several draws the draws; with one draw populations
/// (their two lives share people) under People::paired, else replications.
enum class Unit { draws, populations, replications };
Unit unit_of(const Lives& lives);
std::string name_of(Unit unit, std::size_t count);

/// Present lives by unit; a unit without any is left out.
std::vector<std::vector<double>> by_unit(const Lives& lives);
/// Present lives by draw and population: what shares a population stands together. Without People::paired every life
/// is a population of its own. Draws and populations without any are left out.
std::vector<std::vector<std::vector<double>>> by_population(const Lives& lives);
/// Means of the units. A draw's mean is over its lives.
std::vector<double> unit_means(const Lives& lives);
std::vector<double> present(const Lives& lives);

}  // namespace clientele::output
