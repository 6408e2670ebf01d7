// Plain-loop twins of the primitives: what they mean, in the fewest words.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace clientele::sim {

struct PlainOrder {
  std::size_t customer = 0;
  std::int32_t slot = 0;
  bool operator==(const PlainOrder&) const = default;
};

/// Slot by slot, customers in block order.
inline std::vector<PlainOrder> plain_list(std::span<const std::int32_t> count) {
  std::vector<PlainOrder> list;
  std::int32_t most = 0;
  for (const std::int32_t n : count) most = n > most ? n : most;
  for (std::int32_t slot = 0; slot < most; ++slot)
    for (std::size_t i = 0; i < count.size(); ++i)
      if (count[i] > slot) list.push_back({i, slot});
  return list;
}

template <class T>
T plain_sum_first(std::span<const PlainOrder> list, std::span<const T> listed, std::size_t customer,
                  std::int32_t placed) {
  T sum = 0;
  for (std::size_t q = 0; q < list.size(); ++q)
    if (list[q].customer == customer && list[q].slot < placed) sum += listed[q];
  return sum;
}

inline std::vector<std::int64_t> plain_tally(std::span<const std::int32_t> tier, std::span<const std::int32_t> value,
                                             std::size_t tiers) {
  std::vector<std::int64_t> cells(tiers);
  for (std::size_t i = 0; i < tier.size(); ++i)
    if (tier[i] >= 0 && static_cast<std::size_t>(tier[i]) < tiers) cells[static_cast<std::size_t>(tier[i])] += value[i];
  return cells;
}

}  // namespace clientele::sim
