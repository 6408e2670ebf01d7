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

/// Tiers by parts of all value: of customers by falling value and, where it is equal, by falling hash, each is above a
/// cut as long as those before it have less than the part, rounded to whole. `shares`: of all tiers but the last.
std::vector<std::int32_t> tiers_by_value(std::span<const Candidate> candidates, std::span<const double> shares);

/// Mid-ranks in per cent, in bins of the scores' ordered bits: 4,096 equal pieces between the least and the most, each
/// in equal parts, one and one more for each 12,288th of all candidates in it.
std::vector<float> percentiles(std::span<const Candidate> candidates);

}  // namespace clientele::tests
