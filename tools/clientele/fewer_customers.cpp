// Columns of a file are cut alike; shares of groups stay what they are.
#include "tools/clientele/fewer_customers.hpp"

#include <algorithm>

namespace clientele::tools {

namespace {

template <class T>
std::vector<T> some(const std::vector<T>& all, std::uint64_t number) {
  std::vector<T> taken;
  for (std::uint64_t i = 0; i < number && !all.empty(); ++i) taken.push_back(all[i * all.size() / number]);
  return taken;
}

template <class T>
std::vector<T> some_rows(const std::vector<T>& all, std::size_t columns, std::uint64_t number) {
  const std::uint64_t rows = all.size() / columns;
  std::vector<T> taken;
  if (all.empty()) return taken;
  for (std::uint64_t i = 0; i < number; ++i) {
    const auto row = all.begin() + static_cast<std::ptrdiff_t>(i * rows / number * columns);
    taken.insert(taken.end(), row, row + static_cast<std::ptrdiff_t>(columns));
  }
  return taken;
}

sim::CustomerFile some_of(const sim::CustomerFile& file, std::uint64_t number) {
  sim::CustomerFile few = file;
  few.ids = some(file.ids, number);
  few.groups = some(file.groups, number);
  few.tenures = some(file.tenures, number);
  few.tiers = some(file.tiers, number);
  for (sim::CustomerFile::KnownTrait& trait : few.traits) trait.values = some(trait.values, number);
  for (sim::CustomerFile::KnownPast& past : few.past) {
    past.values = some_rows(past.values, past.columns, number);
    past.exact = some_rows(past.exact, past.columns, number);
  }
  return few;
}

}  // namespace

void take_customers(sim::Population& population, std::uint64_t number) {
  const std::uint64_t few = population.file ? std::min(number, population.customers) : number;
  for (sim::Group& group : population.groups)
    group.arrivals *= static_cast<double>(few) / static_cast<double>(population.customers);
  if (population.file) population.file = some_of(*population.file, few);
  for (sim::Attribute& attribute : population.attributes) attribute.by_row = some(attribute.by_row, few);
  population.customers = few;
}

}  // namespace clientele::tools
