// Whether two implementations of the workload agree in law: Welch's test per month, and closed forms.
#pragma once
#include <cstddef>
#include <vector>

#include "tools/bench/baseline/baseline.hpp"

namespace clientele::bench {

/// How far apart, in standard normal deviations that have the same two-sided chance.
struct Agreement {
  double most = 0;  ///< over all values
  std::size_t values = 0;
  double bound() const;  ///< Bonferroni at 1 percent: |z| beyond it is a disagreement
  bool holds() const { return most <= bound(); }
};

/// Cubes as baselines make them, of the same policies and months.
Agreement compare(const BaselineCube& ours, std::uint32_t our_replications, const BaselineCube& theirs,
                  std::uint32_t their_replications, std::uint32_t policies, int months);

/// Under the flat policy: revenue and delay per order, the share of late orders, and orders in month 0.
Agreement compare_with_theory(const BaselineCube& ours, std::uint32_t replications, std::uint32_t customers,
                              int months);

}  // namespace clientele::bench
