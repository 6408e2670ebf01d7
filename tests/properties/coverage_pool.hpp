// Many futures of one study, and how often intervals of a few of them hold the mean of all.
#pragma once
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "models/theory/concentration.hpp"
#include "output/statistics/averages.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

/// Differences of npv over a year between care for all customers and none, one a future. Care keeps a customer now and
/// then who would have left, and where that is a large one the difference is large: it is as skew as any.
struct Pool {
  double share_of_ten_largest = 0;
  std::vector<double> differences;
  double truth() const {
    return std::accumulate(differences.begin(), differences.end(), 0.0) / static_cast<double>(differences.size());
  }
};

inline Pool pool_of(std::uint64_t customers, double between, std::uint32_t futures) {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, customers, 12);
  set(study, catalogue, "purchasing", "order_value", {2500, between, 0.5});
  study.replications = futures;
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "care";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "service", "care"), 50}};
  const sim::Plan plan(study, catalogue);
  const sim::OutcomeInfo& info = plan.info();
  std::size_t npv = 0;
  while (info.kpis.at(npv).name != "npv") ++npv;
  sim::StatisticsSink sink(info, study.money_quantum);
  plan.run(sim::all_cells(study), sink);
  Pool pool{models::share_of_ten_largest(study, catalogue), {}};
  for (std::uint32_t r = 0; r < futures; ++r)
    pool.differences.push_back(sink.values().at({0, 1, 0, r})[npv] - sink.values().at({0, 0, 0, r})[npv]);
  return pool;
}

/// What became of intervals at 95 %.
struct Coverage {
  int batches = 0, printed = 0, cautious = 0, held = 0, held_by_t_alone = 0;
  double of_printed() const { return static_cast<double>(held) / printed; }
  double of_t_alone() const { return static_cast<double>(held_by_t_alone) / batches; }
};

/// Of batches that are drawn from the pool, each future anew from all of it.
inline Coverage coverage_of(const Pool& pool, std::size_t futures, int batches, std::uint64_t seed) {
  std::mt19937_64 bits(seed);
  const double truth = pool.truth();
  Coverage coverage;
  for (; coverage.batches < batches; ++coverage.batches) {
    std::vector<double> batch(futures);
    for (double& value : batch) value = pool.differences[bits() % pool.differences.size()];
    const output::Interval interval = output::interval_of(batch, 0.95, pool.share_of_ten_largest);
    const output::Interval alone = output::interval_of(batch, 0.95);
    const bool holds = std::fabs(alone.mean - truth) <= alone.half_width;
    coverage.held_by_t_alone += holds ? 1 : 0;
    if (std::isnan(interval.half_width)) continue;
    ++coverage.printed;
    coverage.cautious += interval.caution.empty() ? 0 : 1;
    coverage.held += holds ? 1 : 0;
  }
  return coverage;
}

}  // namespace clientele::tests
