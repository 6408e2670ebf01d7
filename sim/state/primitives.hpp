// The few things that plain loops cannot say fast: ragged order lists, sums over first orders, look-ups, the tally.
//
// Each is written once with vectors and has a plain-loop twin in tests/support/twins.hpp that it equals bit for bit.
// Lengths are multiples of `chunk_size`; columns are aligned to 64 bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// Orders number s of the customers from begin to end: where they stand when listed, and when spread (of customer 0).
struct SlotRow {
  std::int32_t slot = 0, begin = 0, end = 0, listed = 0;
  std::ptrdiff_t spread = 0;
};

/// The shape of a month's order list: row by row, customers in block order. Rows are nested, so that the first row that
/// does not reach a customer ends that customer's orders.
struct OrderShape {
  std::vector<SlotRow> rows;
  std::size_t listed = 0;  ///< orders
  std::size_t spread = 0;  ///< places in the spread form, at least as many
};

/// Finds the rows for these numbers of orders. Throws where a customer has 2^20 orders or more.
CLIENTELE_API void shape_orders(std::span<const std::int32_t> count, OrderShape& shape);

/// Who placed each order: low and high half of the id, the customer's place in the block, and the slot already shifted
/// to its place in an address. `present` has a bit per place of the spread form, 16 places a word.
struct OrderList {
  std::uint32_t *low, *high, *slots, *customers;
  std::uint16_t* present;
};

/// Fills a list that has room for listed + chunk_size entries. Those behind the last order, up to a multiple of
/// `chunk_size`, are customer 0's in a slot that nobody reaches.
CLIENTELE_API void list_orders(const OrderShape& shape, std::span<const std::int32_t> count,
                               const std::uint32_t* id_low, const std::uint32_t* id_high, std::uint32_t when,
                               OrderList list);

/// Lists where values are not zero, in order, and returns how many. Values are read in whole registers. Some zeros
/// stand behind the places, so that a loop over them may go on to whole registers; there is room for `chunk_size` more.
CLIENTELE_API std::size_t list_places(std::span<const std::int32_t> values, std::uint32_t* places);
inline constexpr std::size_t whole_registers(std::size_t n) { return (n + 15) / 16 * 16; }

/// Moves the values that are kept (not zero there) to the front, in order; zero behind them.
CLIENTELE_API void keep_only(std::span<const std::int32_t> kept, std::span<std::uint32_t> column);

/// The value of the s-th order of customer i goes from the list to spread[rows[s].spread + i]; other places get zero.
CLIENTELE_API void spread_orders(const OrderShape& shape, const std::uint16_t* present, const std::uint32_t* listed,
                                 std::uint32_t* spread);

/// Over the first placed[i] orders of each customer: the sum in slot order; how many are below, or above, the
/// customer's limit.
CLIENTELE_API void sum_first(const OrderShape& shape, std::span<const std::int32_t> placed, const float* spread,
                             float* sum);
CLIENTELE_API void sum_first(const OrderShape& shape, std::span<const std::int32_t> placed, const std::int32_t* spread,
                             std::int32_t* sum);
CLIENTELE_API void count_below(const OrderShape& shape, std::span<const std::int32_t> placed,
                               const std::int32_t* spread, const std::int32_t* limit, std::int32_t* number);
CLIENTELE_API void count_above(const OrderShape& shape, std::span<const std::int32_t> placed, const float* spread,
                               const float* limit, std::int32_t* number);

/// Over the first placed[i] orders of each customer: how many have a word whose chance bits are not above the
/// customer's threshold. Goes along the list (words of customers[q]'s order in slot_of(slots[q])) and looks one by one
/// at those few that are not above the highest threshold.
CLIENTELE_API void count_happening(std::span<const std::int32_t> customers, std::span<const std::uint32_t> slots,
                                   std::span<const std::int32_t> placed, const std::uint32_t* words,
                                   std::span<const std::int32_t> threshold, std::int32_t* number);

/// out[i] = table[index[i]] for the few entries of a lever; an index outside of the table gives table[0].
CLIENTELE_API void look_up(std::span<const std::int32_t> index, std::span<const std::uint32_t> table,
                           std::uint32_t* out);

/// A column that is counted: cells[k * stride] += the sum of the values of customers in tier k.
struct TallyColumn {
  const std::int32_t* values;
  std::int64_t* cells;
};

/// Adds columns, for tiers k < `tiers`; a negative tier counts nowhere. Returns columns.size(), or the first column
/// that counts a value of 2^24 or more (or below -2^24): what was added until then stays.
CLIENTELE_API std::size_t add_small_by_tier(std::span<const std::int32_t> tier, std::span<const TallyColumn> columns,
                                            std::size_t tiers, std::size_t stride);

/// The same with a bound of 2^30.
CLIENTELE_API std::size_t add_by_tier(std::span<const std::int32_t> tier, std::span<const TallyColumn> columns,
                                      std::size_t tiers, std::size_t stride);

}  // namespace clientele::sim
