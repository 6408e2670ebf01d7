// What is beaten: REF-1 as a plain loop over customers, with the distributions of std:: and of Boost.Random.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace clientele::bench {

/// What a baseline counts, in the order of its cube.
enum BaselineMeasure : std::size_t { active, orders, revenue, late, delay, left, baseline_measures };

inline constexpr std::size_t baseline_tiers = 3;  ///< 0 basic, 1 silver, 2 gold

struct BaselineSize {
  std::uint32_t policies = 2, customers = 20480, replications = 2;
  int months = 36;
  std::uint32_t seed = 1;
};

/// [policy][replication][month][tier][measure].
using BaselineCube = std::vector<double>;

__attribute__((visibility("default"))) BaselineCube run_std_baseline(const BaselineSize& size);
__attribute__((visibility("default"))) BaselineCube run_boost_baseline(const BaselineSize& size);

}  // namespace clientele::bench
