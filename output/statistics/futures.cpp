// Groups futures by what they share, since only what shares nothing counts as independent.
#include "output/statistics/futures.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

void expect_alike(const Futures& one, const Futures& other) {
  sim::expects(one.draws == other.draws && one.replications == other.replications && one.people == other.people &&
                   one.values.size() == one.draws * one.replications && other.values.size() == one.values.size(),
               "futures are compared with futures of the same worlds");
}

}  // namespace

Futures difference(const Futures& one, const Futures& other) {
  expect_alike(one, other);
  Futures result = one;
  for (std::size_t i = 0; i < one.values.size(); ++i) result.values[i] -= other.values[i];
  return result;
}

Futures where_present(const Futures& one, const Futures& other) {
  expect_alike(one, other);
  Futures result = one;
  for (std::size_t i = 0; i < one.values.size(); ++i)
    if (std::isnan(other.values[i])) result.values[i] = std::numeric_limits<double>::quiet_NaN();
  return result;
}

Unit unit_of(const Futures& futures) {
  if (futures.draws > 1) return Unit::draws;
  return futures.people == sim::People::paired ? Unit::populations : Unit::replications;
}

std::string name_of(Unit unit, std::size_t count) {
  const std::string one = unit == Unit::draws ? "draw" : unit == Unit::populations ? "population" : "replication";
  return count == 1 ? one : one + "s";
}

std::string count_of(const Futures& futures, std::size_t count) {
  const std::string s = count == 1 ? "" : "s", number = std::to_string(count) + " ";
  switch (unit_of(futures)) {
    case Unit::draws:
      return number + (futures.assumptions_vary ? "set" + s + " of assumptions" : "draw" + s);
    case Unit::populations:
      return number + "population" + s;
    case Unit::replications:
      return number + "future" + s;
  }
  return "";
}

std::vector<std::vector<std::vector<double>>> by_population(const Futures& futures) {
  const std::size_t together = futures.people == sim::People::paired ? 2 : 1;
  std::vector<std::vector<std::vector<double>>> draws;
  for (std::size_t d = 0; d < futures.draws; ++d) {
    std::vector<std::vector<double>> populations;
    for (std::size_t first = 0; first < futures.replications; first += together) {
      std::vector<double> population;
      for (std::size_t r = first; r < std::min(first + together, futures.replications); ++r)
        if (!std::isnan(futures.at(d, r))) population.push_back(futures.at(d, r));
      if (!population.empty()) populations.push_back(std::move(population));
    }
    if (!populations.empty()) draws.push_back(std::move(populations));
  }
  return draws;
}

std::vector<std::vector<double>> by_unit(const Futures& futures) {
  std::vector<std::vector<double>> units;
  for (auto& populations : by_population(futures)) {
    if (futures.draws == 1) return populations;
    auto& draw = units.emplace_back();
    for (const auto& population : populations) draw.insert(draw.end(), population.begin(), population.end());
  }
  return units;
}

std::vector<double> unit_means(const Futures& futures) {
  std::vector<double> means;
  for (const auto& unit : by_unit(futures))
    means.push_back(std::accumulate(unit.begin(), unit.end(), 0.0) / static_cast<double>(unit.size()));
  return means;
}

std::vector<double> present(const Futures& futures) {
  std::vector<double> values;
  for (const double value : futures.values)
    if (!std::isnan(value)) values.push_back(value);
  return values;
}

}  // namespace clientele::output
