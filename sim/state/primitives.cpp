// Vector forms of the primitives. They read like their plain-loop twins, a register at a time.
#include "sim/state/primitives.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/vector.hpp"
#include "sim/random/address.hpp"
#include "sim/state/columns.hpp"

namespace clientele::sim {

namespace {

constexpr std::size_t max_chunks = max_customers_of_a_block / chunk_size;

/// The largest number of orders in each chunk of customers. Returns the sum of all.
std::int64_t largest_by_chunk(std::span<const std::int32_t> count, std::int32_t (&largest)[max_chunks]) {
  std::int64_t listed = 0;
  for (std::size_t begin = 0; begin < count.size(); begin += chunk_size) {
    Ints most = {}, sum = {};
    for (std::size_t i = begin; i < begin + chunk_size; i += lanes) {
      const Ints n = load_ints(&count[i]);
      most = n > most ? n : most;
      sum += n;
    }
    largest[begin / chunk_size] = 0;
    for (int lane = 0; lane < lanes; ++lane)
      largest[begin / chunk_size] = std::max(largest[begin / chunk_size], most[lane]);
    listed += sum64(sum);
  }
  return listed;
}

/// Four registers of customers at a time, their results kept in registers, over the rows that reach them.
template <class Value, class Load, class Step>
void over_first(const OrderShape& shape, std::span<const std::int32_t> placed, Value zero, auto* out, Load load,
                Step step) {
  constexpr int registers = 4;
  static_assert(chunk_size % (registers * lanes) == 0);
  for (std::size_t i = 0; i < placed.size(); i += registers * lanes) {
    Value total[registers] = {zero, zero, zero, zero};
    Ints number[registers];
    for (int v = 0; v < registers; ++v) number[v] = load_ints(&placed[i + static_cast<std::size_t>(v * lanes)]);
    for (const SlotRow& row : shape.rows) {
      if (static_cast<std::int32_t>(i) < row.begin || static_cast<std::int32_t>(i) >= row.end) break;
      const Ints slot = all_ints(row.slot);
      const std::ptrdiff_t at = row.spread + static_cast<std::ptrdiff_t>(i);
      for (int v = 0; v < registers; ++v)
        total[v] = step(total[v], number[v] > slot, load(at + v * lanes), i + static_cast<std::size_t>(v * lanes));
    }
    for (int v = 0; v < registers; ++v) store(out + i + static_cast<std::size_t>(v * lanes), total[v]);
  }
}

/// What is counted: small values, 64 of which a lane can add up; or any, in two halves of 16 bits, 2^15 of which it
/// can.
enum class Size : std::uint8_t { small, any };

template <Size size>
struct LaneSum {
  Words low = {}, high = {};
  CLIENTELE_INLINE void add(Ints here, Words value, Words lower_half, Words upper_half) {
    low += keep(here, size == Size::any ? lower_half : value);
    if constexpr (size == Size::any) high += keep(here, upper_half);
  }
  CLIENTELE_INLINE std::int64_t total() const {
    return sum64(as_ints(low)) + (size == Size::any ? sum64(as_ints(high)) * 65536 : 0);
  }
};

/// Values reach from -bound to bound - 1.
template <Size size>
constexpr std::int32_t bound = size == Size::small ? 1 << 24 : 1 << 30;

bool counts_large(std::span<const std::int32_t> tier, const std::int32_t* value, std::int32_t bound) {
  for (std::size_t i = 0; i < tier.size(); ++i)
    if (tier[i] >= 0 && (value[i] >= bound || value[i] < -bound)) return true;
  return false;
}

/// Adds some columns in some tiers from `first` on, in one pass. Returns how many before one that counts a value out of
/// bounds.
template <Size size, int tiers, int columns>
int add_some(std::span<const std::int32_t> tier, const TallyColumn* column, int first, std::size_t stride) {
  constexpr std::size_t reach = 64 * lanes;
  Words seen = {};
  for (std::size_t begin = 0; begin < tier.size(); begin += reach) {
    LaneSum<size> sum[columns][tiers];
    const std::size_t end = std::min(begin + reach, tier.size());
    for (std::size_t i = begin; i < end; i += lanes) {
      const Ints held = load_ints(&tier[i]);
      for (int c = 0; c < columns; ++c) {
        const Ints value = load_ints(column[c].values + i);
        const Words low = as_words(value) & 0xffffU, high = as_words(value >> 16);
        seen |= size == Size::any ? as_words(value) + static_cast<std::uint32_t>(bound<size>) : as_words(value);
        for (int k = 0; k < tiers; ++k) sum[c][k].add(held == all_ints(first + k), as_words(value), low, high);
      }
    }
    for (int c = 0; c < columns; ++c)
      for (int k = 0; k < tiers; ++k)
        column[c].cells[static_cast<std::size_t>(first + k) * stride] += sum[c][k].total();
  }
  // What is small and negative is looked at twice: hardly any count is.
  const auto least = static_cast<std::uint32_t>(size == Size::any ? 2U * bound<size> : bound<size>);
  if (any(seen >= least)) [[unlikely]]
    for (int c = 0; c < columns; ++c)
      if (counts_large(tier, column[c].values, bound<size>)) return c;
  return columns;
}

/// All columns in some tiers, as many at a time as sums fit into registers.
template <Size size, int tiers>
std::size_t add_all(std::span<const std::int32_t> tier, std::span<const TallyColumn> columns, int first,
                    std::size_t stride) {
  constexpr int fit = 8 / (tiers * (size == Size::any ? 2 : 1)), together = fit < 3 ? fit : 3;
  std::size_t at = 0;
  while (at < columns.size()) {
    const TallyColumn* column = &columns[at];
    const std::size_t left = columns.size() - at;
    int wanted = 1, added = 0;
    if (together >= 3 && left >= 3)
      added = add_some < size, tiers, together >= 3 ? 3 : 1 > (tier, column, first, stride), wanted = 3;
    else if (together >= 2 && left >= 2)
      added = add_some < size, tiers, together >= 2 ? 2 : 1 > (tier, column, first, stride), wanted = 2;
    else
      added = add_some<size, tiers, 1>(tier, column, first, stride);
    at += static_cast<std::size_t>(added);
    if (added < wanted) break;
  }
  return at;
}

struct TierRange {
  int begin, end;
};

/// Of so many tiers, those from the lowest to the highest that anybody holds: the policy of an arm often has fewer than
/// the study, and all its customers may still hold the one that they had before.
TierRange tiers_held(std::span<const std::int32_t> tier, int tiers) {
  if (tiers == 1) return {0, 1};
  Words lowest = all_words(static_cast<std::uint32_t>(tiers));
  Ints highest = all_ints(-1);
  for (std::size_t i = 0; i < tier.size(); i += lanes) {
    const Ints held = load_ints(&tier[i]);
    lowest = as_words(held) < lowest ? as_words(held) : lowest;  // of a negative one, a large word
    highest = held > highest ? held : highest;
  }
  TierRange range{tiers, 0};
  for (int lane = 0; lane < lanes; ++lane) {
    range.begin = std::min(range.begin, static_cast<int>(lowest[lane]));
    range.end = std::max(range.end, highest[lane] + 1);
  }
  return {range.begin, std::min(range.end, tiers)};
}

template <Size size>
std::size_t add_tiers(std::span<const std::int32_t> tier, std::span<const TallyColumn> columns, std::size_t tiers,
                      std::size_t stride) {
  const auto [lowest, all] = tiers_held(tier, static_cast<int>(tiers));
  std::size_t added = columns.size();
  int first = lowest;
  for (; first + 3 <= all; first += 3) added = std::min(added, add_all<size, 3>(tier, columns, first, stride));
  if (first + 2 == all) added = std::min(added, add_all<size, 2>(tier, columns, first, stride));
  if (first + 1 == all) added = std::min(added, add_all<size, 1>(tier, columns, first, stride));
  return added;
}

/// The lanes before the end, where so many values are left.
CLIENTELE_INLINE std::uint32_t lanes_within(std::size_t left) {
  return left < static_cast<std::size_t>(lanes) ? (1U << left) - 1 : ~0U;
}

void mark_present(const OrderShape& shape, std::span<const std::int32_t> count, std::uint16_t* present) {
  for (const SlotRow& row : shape.rows) {
    const Ints slot = all_ints(row.slot);
    for (std::int32_t at = row.begin; at < row.end; at += 16) {
      std::uint32_t word = 0;
      for (std::int32_t i = at; i < at + 16; i += lanes)
        word |= bits_of(load_ints(&count[static_cast<std::size_t>(i)]) > slot) << (i - at);
      *present++ = static_cast<std::uint16_t>(word);
    }
  }
}

}  // namespace

void shape_orders(std::span<const std::int32_t> count, OrderShape& shape) {
  std::int32_t largest[max_chunks];
  shape.listed = static_cast<std::size_t>(largest_by_chunk(count, largest));
  shape.rows.clear();
  auto begin = std::int32_t{0}, end = static_cast<std::int32_t>(count.size() / chunk_size);
  std::size_t spread = 0;
  for (std::int32_t slot = 0;; ++slot) {
    while (begin < end && largest[begin] <= slot) ++begin;
    while (begin < end && largest[end - 1] <= slot) --end;
    if (begin == end) break;
    if (slot >> slot_bits != 0) throw UserError("a customer places 2^20 orders or more in one month");
    constexpr auto customers = static_cast<std::int32_t>(chunk_size);
    shape.rows.push_back(
        {slot, begin * customers, end * customers, 0, static_cast<std::ptrdiff_t>(spread) - begin * customers});
    spread += static_cast<std::size_t>((end - begin) * customers);
  }
  shape.spread = spread;
}

void list_orders(const OrderShape& shape, std::span<const std::int32_t> count, const std::uint32_t* id_low,
                 const std::uint32_t* id_high, std::uint32_t when, OrderList list) {
  mark_present(shape, count, list.present);
  std::uint32_t places[max_customers_of_a_block], counts[max_customers_of_a_block + chunk_size];
  for (std::size_t i = 0; i < count.size(); i += lanes) store(places + i, count_from(static_cast<std::uint32_t>(i)));
  std::copy(count.begin(), count.end(), counts);
  std::size_t n = count.size();
  const std::uint32_t *low = id_low, *high = id_high, *customers = places;
  for (const SlotRow& row : shape.rows) {  // who places this one has placed the one before
    const Ints slot = all_ints(row.slot);
    const Words address = all_words(when | static_cast<std::uint32_t>(row.slot) << 12);
    const OrderList start = list;
    std::uint32_t* left = counts;
    for (std::size_t k = 0; k < n; k += lanes) {
      const Words number = load_words(counts + k);
      const std::uint32_t here = bits_of(as_ints(number) > slot) & lanes_within(n - k);
      store(left, compress(number, here));
      store(list.low, compress(load_words(low + k), here));
      store(list.high, compress(load_words(high + k), here));
      store(list.customers, compress(load_words(customers + k), here));
      store(list.slots, address);
      const int listed = __builtin_popcount(here);
      left += listed, list.low += listed, list.high += listed, list.customers += listed, list.slots += listed;
    }
    n = static_cast<std::size_t>(left - counts);
    low = start.low, high = start.high, customers = start.customers;
  }
  const std::size_t rest = rounded_up(shape.listed) - shape.listed;
  std::fill_n(list.customers, rest, 0U);
  std::fill_n(list.slots, rest, when | ((1U << slot_bits) - 1) << 12);
}

std::size_t list_places(std::span<const std::int32_t> values, std::uint32_t* places) {
  const std::uint32_t* const begin = places;
  for (std::size_t i = 0; i < values.size(); i += lanes) {
    const std::uint32_t here = bits_of(load_ints(&values[i]) != 0) & lanes_within(values.size() - i);
    store(places, compress(count_from(static_cast<std::uint32_t>(i)), here));
    places += __builtin_popcount(here);
  }
  std::fill_n(places, whole_registers(1), 0U);
  return static_cast<std::size_t>(places - begin);
}

void keep_only(std::span<const std::int32_t> kept, std::span<std::uint32_t> column) {
  Words seen = {};
  for (std::size_t i = 0; i < column.size(); i += lanes) seen |= load_words(&column[i]);
  if (!any(seen != 0U)) return;  // as most months of a ring are
  std::uint32_t* to = column.data();
  for (std::size_t i = 0; i < column.size(); i += lanes) {
    const std::uint32_t here = bits_of(load_ints(&kept[i]) != 0);
    store(to, compress(load_words(&column[i]), here));  // behind what is still to be read
    to += __builtin_popcount(here);
  }
  std::fill(to, column.data() + column.size(), 0U);
}

void spread_orders(const OrderShape& shape, const std::uint16_t* present, const std::uint32_t* listed,
                   std::uint32_t* spread) {
  for (std::size_t at = 0; at < shape.spread; at += 16) {
    const std::uint32_t word = *present++;
    for (std::size_t i = 0; i < 16; i += lanes) {
      const std::uint32_t here = word >> i & ((1ULL << lanes) - 1);
      store(spread + at + i, expand(load_words(listed), here));
      listed += __builtin_popcount(here);
    }
  }
}

void sum_first(const OrderShape& shape, std::span<const std::int32_t> placed, const float* spread, float* sum) {
  over_first(
      shape, placed, Floats{}, sum, [spread](std::ptrdiff_t at) { return load_floats(spread + at); },
      [](Floats total, Ints here, Floats value, std::size_t) { return total + keep(here, value); });
}

void sum_first(const OrderShape& shape, std::span<const std::int32_t> placed, const std::int32_t* spread,
               std::int32_t* sum) {
  over_first(
      shape, placed, Ints{}, sum, [spread](std::ptrdiff_t at) { return load_ints(spread + at); },
      [](Ints total, Ints here, Ints value, std::size_t) { return total + keep(here, value); });
}

void count_below(const OrderShape& shape, std::span<const std::int32_t> placed, const std::int32_t* spread,
                 const std::int32_t* limit, std::int32_t* number) {
  over_first(
      shape, placed, Ints{}, number, [spread](std::ptrdiff_t at) { return load_ints(spread + at); },
      [limit](Ints total, Ints here, Ints value, std::size_t i) {
        return total - (here & (value < load_ints(limit + i)));
      });
}

void count_happening(std::span<const std::int32_t> customers, std::span<const std::uint32_t> slots,
                     std::span<const std::int32_t> placed, const std::uint32_t* words,
                     std::span<const std::int32_t> threshold, std::int32_t* number) {
  std::fill_n(number, placed.size(), 0);
  const Ints highest = all_ints(std::ranges::max(threshold));
  constexpr std::size_t some = 1024;
  std::uint32_t places[some + chunk_size];
  for (std::size_t begin = 0; begin < customers.size(); begin += some) {
    std::uint32_t* end = places;
    for (std::size_t q = begin; q < std::min(begin + some, customers.size()); q += lanes) {
      const std::uint32_t here = bits_of(as_ints(load_words(words + q) >> 1) <= highest);
      store(end, compress(count_from(static_cast<std::uint32_t>(q)), here));
      end += __builtin_popcount(here);
    }
    for (const std::uint32_t* q = places; q != end; ++q) {
      const auto i = static_cast<std::size_t>(customers[*q]);
      number[i] +=
          static_cast<std::int32_t>(happens(chance_bits(words[*q]), threshold[i]) & (slot_of(slots[*q]) < placed[i]));
    }
  }
}

void count_above(const OrderShape& shape, std::span<const std::int32_t> placed, const float* spread, const float* limit,
                 std::int32_t* number) {
  over_first(
      shape, placed, Ints{}, number, [spread](std::ptrdiff_t at) { return load_floats(spread + at); },
      [limit](Ints total, Ints here, Floats value, std::size_t i) {
        return total - (here & (value > load_floats(limit + i)));
      });
}

void look_up(std::span<const std::int32_t> index, std::span<const std::uint32_t> table, std::uint32_t* out) {
  std::fill_n(out, index.size(), table[0]);
  for (std::size_t k = 1; k < table.size(); ++k) {
    if (table[k] == table[0]) continue;  // as most tiers get of most levers
    const Ints one = all_ints(static_cast<std::int32_t>(k));
    for (std::size_t i = 0; i < index.size(); i += lanes)
      store(out + i, choose(load_ints(&index[i]) == one, all_words(table[k]), load_words(out + i)));
  }
}

std::size_t add_small_by_tier(std::span<const std::int32_t> tier, std::span<const TallyColumn> columns,
                              std::size_t tiers, std::size_t stride) {
  return add_tiers<Size::small>(tier, columns, tiers, stride);
}

std::size_t add_by_tier(std::span<const std::int32_t> tier, std::span<const TallyColumn> columns, std::size_t tiers,
                        std::size_t stride) {
  return add_tiers<Size::any>(tier, columns, tiers, stride);
}

}  // namespace clientele::sim
