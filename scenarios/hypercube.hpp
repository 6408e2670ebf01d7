// Combinations of all numbers at once, spread evenly: in each number every part of its range is met once.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace clientele::scenarios {

/// `count` values of one number, uniform between its ends: one in each of `count` equal parts, in an order that luck
/// deals. What a number gets depends on the seed and on its path alone, not on which other numbers there are. Source:
/// McKay, Beckman, Conover 1979 (Latin hypercube).
std::vector<double> spread_evenly(const std::string& path, double low, double high, std::size_t count,
                                  std::uint32_t seed);

}  // namespace clientele::scenarios
