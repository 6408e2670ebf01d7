// Reviews by definition: everybody is sorted, and everybody is counted.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace clientele::tests {

struct Candidate {
  std::uint64_t id = 0;
  double score = 0;
};

/// Tiers by quota: the best floor(share x n + 1/2) of all, and so on for cumulated shares. Equal scores stand in the
/// order of a hash of their ids, larger first. `shares`: of all tiers but the last.
std::vector<std::int32_t> tiers_by_quota(std::span<const Candidate> candidates, std::span<const double> shares);

/// Mid-ranks in per cent, in 4,096 equal bins of the scores' ordered bits between the least and the most.
std::vector<float> percentiles(std::span<const Candidate> candidates);

}  // namespace clientele::tests
