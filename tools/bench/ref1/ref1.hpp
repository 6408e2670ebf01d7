// REF-1, the reference workload, as a catalogue and a study on the public seam: what the benchmark runs.
#pragma once
#include <cstdint>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::bench {

/// How large a run of the workload is.
struct Workload {
  std::uint32_t policies = 2;  ///< 0 flat, 1 tiered, p >= 2 tiered with levers scaled by 2 p / policies
  std::uint64_t customers = 20480;
  std::uint32_t replications = 2;
  int months = 36;
  std::uint32_t seed = 1;
};

CLIENTELE_API sim::Catalogue ref1_catalogue();
CLIENTELE_API sim::Study ref1_study(const Workload& workload);

}  // namespace clientele::bench
