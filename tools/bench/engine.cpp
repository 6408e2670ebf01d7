// Turns the engine's integers into the baselines' cube, and reads clocks.
#include "tools/bench/engine.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <sched.h>
#include <time.h>

#include "sim/plan.hpp"
#include "sim/random/philox.hpp"

namespace clientele::bench {

using sim::all_cells;
using sim::Catalogue;
using sim::CellOutcome;
using sim::Key;
using sim::MemorySink;
using sim::MetricInfo;
using sim::OutcomeInfo;
using sim::philox;
using sim::Plan;
using sim::RunOptions;
using sim::Study;

namespace {

/// FNV-1a over whole integers.
void add_to_hash(std::uint64_t& hash, std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3ULL; }

std::size_t metric_of(const OutcomeInfo& info, const char* name) {
  const auto found = std::ranges::find(info.metrics, name, &MetricInfo::name);
  if (found == info.metrics.end()) throw std::logic_error(std::string("the workload has no metric ") + name);
  return static_cast<std::size_t>(found - info.metrics.begin());
}

/// Which metric stands for each measure of the baselines, and what one unit is worth.
struct Columns {
  std::size_t metric[baseline_measures];
  double scale[baseline_measures] = {1, 1, 1.0 / 64, 1, 1.0 / 64, 1};

  explicit Columns(const OutcomeInfo& info)
      : metric{metric_of(info, "customers"), metric_of(info, "orders"), metric_of(info, "revenue"),
               metric_of(info, "late"),      metric_of(info, "delay"),  metric_of(info, "left")} {}
};

/// Our tiers stand from the best to the last; with one policy too there are three.
void add_cell(const CellOutcome& outcome, const OutcomeInfo& info, const Columns& columns, double* cube) {
  for (std::size_t month = 0; month < info.months; ++month)
    for (std::size_t tier = 0; tier < baseline_tiers; ++tier)
      for (std::size_t m = 0; m < baseline_measures; ++m) {
        const auto count = outcome.counts[(month * info.tiers + tier) * info.metrics.size() + columns.metric[m]];
        cube[(month * baseline_tiers + baseline_tiers - 1 - tier) * baseline_measures + m] =
            static_cast<double>(count) * columns.scale[m];
      }
}

double seconds_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

double cpu_seconds() { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }
double clock_seconds() { return seconds_of(CLOCK_MONOTONIC); }

void stay_on_one_core() {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &here);
  sched_setaffinity(0, sizeof here, &here);
}

double bare_philox_speed() {
  constexpr std::size_t n = 4096;
  constexpr int rounds = 1500;
  std::vector<std::uint32_t> words(6 * n);
  std::uint32_t* const out[4] = {&words[0], &words[n], &words[2 * n], &words[3 * n]};
  for (std::size_t i = 0; i < n; ++i) words[4 * n + i] = static_cast<std::uint32_t>(i);
  double best = 0;
  for (int attempt = 0; attempt < 5; ++attempt) {
    const double start = cpu_seconds();
    for (std::uint32_t round = 0; round < rounds; ++round)
      philox(Key{round, 0}, n, &words[4 * n], &words[5 * n], round, 0, out);
    best = std::max(best, 4.0 * n * rounds / (cpu_seconds() - start));
  }
  return best;
}

EngineRun run_engine(const Workload& workload, const RunOptions& options) {
  const Study study = ref1_study(workload);
  const Catalogue catalogue = ref1_catalogue();
  const Plan plan(study, catalogue);
  MemorySink sink;
  EngineRun result;
  result.report = plan.run(all_cells(study), sink, options);
  const OutcomeInfo& info = plan.info();
  const Columns columns(info);
  const std::size_t cells = info.months * baseline_tiers * baseline_measures;
  result.cube.resize(cells * workload.policies * workload.replications);
  result.hash = 0xcbf29ce484222325ULL;
  for (const auto& [cell, outcome] : sink.outcomes()) {
    const std::size_t at = cell.policy * std::size_t{workload.replications} + cell.replication;
    add_cell(outcome, info, columns, &result.cube[at * cells]);
    for (const std::int64_t count : outcome.counts) add_to_hash(result.hash, static_cast<std::uint64_t>(count));
  }
  return result;
}

}  // namespace clientele::bench
