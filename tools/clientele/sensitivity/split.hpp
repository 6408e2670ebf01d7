// The one condition that tells best in which combinations of numbers something holds: the first split of a tree.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace clientele::tools {

struct Split {
  std::size_t number = 0;
  double value = 0;  ///< half way between the two combinations that it parts
  std::size_t holding_below = 0, below = 0, holding_above = 0, above = 0;
};

/// No part that a split makes is smaller than this share of all.
inline constexpr double least_part = 0.1;

/// Over all numbers, `values`[number][combination], and all thresholds the split that takes away most of the Gini
/// impurity p (1 - p) (Breiman et al. 1984). Nothing where chance alone finds one as good more than once in twenty: the
/// same search with what holds dealt anew to the combinations, 199 times.
std::optional<Split> best_split(const std::vector<std::vector<double>>& values, const std::vector<bool>& holds,
                                std::uint32_t seed);

}  // namespace clientele::tools
