// Who has the same host name is on the same machine; who may run on the same set of processors shares them.
#include "tools/clientele/neighbors.hpp"

#include <algorithm>
#include <string>

#include <sched.h>

#include "output/files/this_host.hpp"
#include "sim/parallel/processors.hpp"

namespace clientele::tools {
namespace {

std::string own_mask() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (::sched_getaffinity(0, sizeof mask, &mask) != 0) return "";
  std::string bits;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) bits += CPU_ISSET(cpu, &mask) ? '1' : '0';
  return bits;
}

}  // namespace

Neighbors neighbors_of(const sim::Ranks& ranks) {
  const std::string host = output::this_host() + '\0', place = host + own_mask();
  const auto all = ranks.gather(place);
  return {static_cast<unsigned>(std::ranges::count_if(all, [&](const auto& one) { return one.starts_with(host); })),
          static_cast<unsigned>(std::ranges::count(all, place))};
}

unsigned threads_beside(const Neighbors& neighbors) {
  const unsigned usable = sim::usable_processors();
  return sim::processors_of_job() > 0 ? usable : std::max(1U, usable / neighbors.on_processors);
}

}  // namespace clientele::tools
