// Sums of columns where customers are counted apart by more than their tier: each in the cell of its place.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/api.hpp"
#include "sim/state/primitives.hpp"

namespace clientele::sim {

/// Where the customers of a block are counted: under a tier (nowhere where that is negative) and a class.
struct Places {
  std::span<const std::int32_t> tier;
  const std::int32_t* classes = nullptr;
  std::size_t tiers = 0, number_of_classes = 0;
  std::size_t tier_stride = 0, class_stride = 0;  ///< of their cells
};

/// Adds columns. Returns how many there are, or the first one that counts a value from `bound` on or below -bound; what
/// was added until then stays.
CLIENTELE_API std::size_t add_by_place(const Places& places, std::span<const TallyColumn> columns, std::int32_t bound);

}  // namespace clientele::sim
