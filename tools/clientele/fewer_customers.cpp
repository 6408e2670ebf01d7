// Columns of a file are cut alike; shares of groups stay what they are.
#include "tools/clientele/fewer_customers.hpp"

#include <algorithm>

namespace clientele::tools {

namespace {

sim::CustomerFile some_of(const sim::CustomerFile& file, std::uint64_t number) {
  const auto some = [&](const auto& all) {
    auto taken = all;
    taken.clear();
    for (std::uint64_t i = 0; i < number && !all.empty(); ++i) taken.push_back(all[i * all.size() / number]);
    return taken;
  };
  sim::CustomerFile few = file;
  few.ids = some(file.ids);
  few.groups = some(file.groups);
  few.tenures = some(file.tenures);
  for (sim::CustomerFile::KnownTrait& trait : few.traits) trait.values = some(trait.values);
  return few;
}

}  // namespace

void take_customers(sim::Population& population, std::uint64_t number) {
  const std::uint64_t few = population.file ? std::min(number, population.customers) : number;
  for (sim::Group& group : population.groups)
    group.arrivals *= static_cast<double>(few) / static_cast<double>(population.customers);
  if (population.file) population.file = some_of(*population.file, few);
  population.customers = few;
}

}  // namespace clientele::tools
