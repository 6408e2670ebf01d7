// Sums are put together in a small table first: cells of a tally lie far apart, and most are nobody's in a block.
#include "sim/state/add_by_place.hpp"

#include <algorithm>
#include <vector>

#include "sim/state/columns.hpp"

namespace clientele::sim {

namespace {

/// Whoever counts nowhere goes behind all others.
void number(const Places& places, std::span<std::int32_t> at) {
  const auto classes = static_cast<std::int32_t>(places.number_of_classes);
  const auto nowhere = static_cast<std::int32_t>(places.tiers) * classes;
  for (std::size_t i = 0; i < at.size(); ++i)
    at[i] = places.tier[i] < 0 ? nowhere : places.tier[i] * classes + places.classes[i];
}

/// Of those who count.
bool is_within(const std::int32_t* values, std::span<const std::int32_t> tier, std::int32_t bound) {
  bool within = true;
  for (std::size_t i = 0; i < tier.size(); ++i) within &= (tier[i] < 0) | ((values[i] < bound) & (values[i] >= -bound));
  return within;
}

bool is_zero(const std::int32_t* values, std::size_t n) {
  std::int32_t seen = 0;
  for (std::size_t i = 0; i < n; ++i) seen |= values[i];
  return seen == 0;
}

}  // namespace

std::size_t add_by_place(const Places& places, std::span<const TallyColumn> columns, std::int32_t bound) {
  const std::size_t n = places.tier.size(), cells = places.tiers * places.number_of_classes;
  std::int32_t at[max_customers_of_a_block];
  number(places, {at, n});
  thread_local std::vector<std::int64_t> sums;
  sums.assign(cells + 1, 0);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::int32_t* values = columns[c].values;
    if (is_zero(values, n)) continue;
    if (!is_within(values, places.tier, bound)) return c;
    for (std::size_t i = 0; i < n; ++i) sums[static_cast<std::size_t>(at[i])] += values[i];
    std::size_t cell = 0;
    for (std::size_t tier = 0; tier < places.tiers; ++tier)
      for (std::size_t of = 0; of < places.number_of_classes; ++of, ++cell)
        if (sums[cell] != 0) columns[c].cells[tier * places.tier_stride + of * places.class_stride] += sums[cell];
    std::ranges::fill(sums, 0);
  }
  return columns.size();
}

}  // namespace clientele::sim
