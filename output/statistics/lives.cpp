// Groups lives by what they share, since only what shares nothing counts as independent.
#include "output/statistics/lives.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

void expect_alike(const Lives& one, const Lives& other) {
  sim::expects(one.draws == other.draws && one.replications == other.replications && one.people == other.people &&
                   one.values.size() == one.draws * one.replications && other.values.size() == one.values.size(),
               "lives are compared with lives of the same worlds");
}

}  // namespace

Lives difference(const Lives& one, const Lives& other) {
  expect_alike(one, other);
  Lives result = one;
  for (std::size_t i = 0; i < one.values.size(); ++i) result.values[i] -= other.values[i];
  return result;
}

Lives where_present(const Lives& one, const Lives& other) {
  expect_alike(one, other);
  Lives result = one;
  for (std::size_t i = 0; i < one.values.size(); ++i)
    if (std::isnan(other.values[i])) result.values[i] = std::numeric_limits<double>::quiet_NaN();
  return result;
}

Unit unit_of(const Lives& lives) {
  if (lives.draws > 1) return Unit::draws;
  return lives.people == sim::People::paired ? Unit::populations : Unit::replications;
}

std::string name_of(Unit unit, std::size_t count) {
  const std::string one = unit == Unit::draws ? "draw" : unit == Unit::populations ? "population" : "replication";
  return count == 1 ? one : one + "s";
}

std::vector<std::vector<std::vector<double>>> by_population(const Lives& lives) {
  const std::size_t together = lives.people == sim::People::paired ? 2 : 1;
  std::vector<std::vector<std::vector<double>>> draws;
  for (std::size_t d = 0; d < lives.draws; ++d) {
    std::vector<std::vector<double>> populations;
    for (std::size_t first = 0; first < lives.replications; first += together) {
      std::vector<double> population;
      for (std::size_t r = first; r < std::min(first + together, lives.replications); ++r)
        if (!std::isnan(lives.at(d, r))) population.push_back(lives.at(d, r));
      if (!population.empty()) populations.push_back(std::move(population));
    }
    if (!populations.empty()) draws.push_back(std::move(populations));
  }
  return draws;
}

std::vector<std::vector<double>> by_unit(const Lives& lives) {
  std::vector<std::vector<double>> units;
  for (auto& populations : by_population(lives)) {
    if (lives.draws == 1) return populations;
    auto& draw = units.emplace_back();
    for (const auto& population : populations) draw.insert(draw.end(), population.begin(), population.end());
  }
  return units;
}

std::vector<double> unit_means(const Lives& lives) {
  std::vector<double> means;
  for (const auto& unit : by_unit(lives))
    means.push_back(std::accumulate(unit.begin(), unit.end(), 0.0) / static_cast<double>(unit.size()));
  return means;
}

std::vector<double> present(const Lives& lives) {
  std::vector<double> values;
  for (const double value : lives.values)
    if (!std::isnan(value)) values.push_back(value);
  return values;
}

}  // namespace clientele::output
