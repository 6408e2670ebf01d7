// The program under test as the benchmark calls it: one run of the workload, what it made, and what it cost.
#pragma once
#include <cstdint>

#include "sim/plan.hpp"
#include "tools/bench/baseline/baseline.hpp"
#include "tools/bench/ref1/ref1.hpp"

namespace clientele::bench {

struct EngineRun {
  sim::RunReport report;
  BaselineCube cube;       ///< measures and tiers as the baselines order them
  std::uint64_t hash = 0;  ///< of all counts, as integers
};

EngineRun run_engine(const Workload& workload, const sim::RunOptions& options);

/// CPU time of this process, all threads [s]; and time on the clock [s].
double cpu_seconds();
double clock_seconds();

/// From now on this thread, and those that it starts, stay on the core where it runs.
void stay_on_one_core();

/// Words per CPU second of bare Philox, in vectors [1/s].
double bare_philox_speed();

}  // namespace clientele::bench
