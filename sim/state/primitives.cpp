// Vector forms of the primitives. They read like their plain-loop twins, a register at a time.
#include "sim/state/primitives.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/vector.hpp"
#include "sim/random/address.hpp"
#include "sim/state/columns.hpp"

namespace clientele::sim {

namespace {

constexpr std::size_t most_chunks = most_customers_of_a_block / whole;

/// The largest number of orders in each `whole` of customers.
std::size_t largest_by_chunk(std::span<const std::int32_t> count, std::int32_t (&largest)[most_chunks]) {
  for (std::size_t begin = 0; begin < count.size(); begin += whole) {
    std::int32_t most = 0;
    for (std::size_t i = begin; i < begin + whole; ++i) most = std::max(most, count[i]);
    largest[begin / whole] = most;
  }
  return count.size() / whole;
}

/// Four registers of customers at a time, their results kept in registers, over the rows that reach them.
template <class Value, class Load, class Step>
void over_first(const OrderShape& shape, std::span<const std::int32_t> placed, Value zero, auto* out, Load load,
                Step step) {
  constexpr int registers = 4;
  static_assert(whole % (registers * lanes) == 0);
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

/// Adds up to three tiers in one pass; a lane takes at most 64 values before it is widened.
template <int tiers>
void add_some_tiers(std::span<const std::int32_t> tier, const std::int32_t* value, int first, std::int64_t* cells,
                    std::size_t stride) {
  constexpr std::size_t reach = 64 * lanes;
  for (std::size_t begin = 0; begin < tier.size(); begin += reach) {
    Ints sum[tiers];
    for (int k = 0; k < tiers; ++k) sum[k] = Ints{};
    const std::size_t end = std::min(begin + reach, tier.size());
    for (std::size_t i = begin; i < end; i += lanes) {
      const Ints held = load_ints(&tier[i]), added = load_ints(value + i);
      for (int k = 0; k < tiers; ++k) sum[k] += keep(held == all_ints(first + k), added);
    }
    for (int k = 0; k < tiers; ++k) cells[static_cast<std::size_t>(first + k) * stride] += sum64(sum[k]);
  }
}

/// All bits that the magnitude of a counted value has.
std::uint32_t magnitude_bits(std::span<const std::int32_t> tier, const std::int32_t* value) {
  Ints seen = {};
  for (std::size_t i = 0; i < tier.size(); i += lanes) {
    const Ints v = load_ints(value + i), counted = ~(load_ints(&tier[i]) >> 31);
    seen |= (v ^ (v >> 31)) & counted;
  }
  std::uint32_t bits = 0;
  for (int lane = 0; lane < lanes; ++lane) bits |= static_cast<std::uint32_t>(seen[lane]);
  return bits;
}

void add_large_by_tier(std::span<const std::int32_t> tier, const std::int32_t* value, std::size_t tiers,
                       std::int64_t* cells, std::size_t stride) {
  for (std::size_t i = 0; i < tier.size(); ++i)
    if (tier[i] >= 0 && static_cast<std::size_t>(tier[i]) < tiers)
      cells[static_cast<std::size_t>(tier[i]) * stride] += value[i];
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
  std::int32_t largest[most_chunks];
  const auto chunks = static_cast<std::int32_t>(largest_by_chunk(count, largest));
  shape.rows.clear();
  std::int32_t begin = 0, end = chunks;
  std::size_t spread = 0;
  for (std::int32_t slot = 0;; ++slot) {
    while (begin < end && largest[begin] <= slot) ++begin;
    while (begin < end && largest[end - 1] <= slot) --end;
    if (begin == end) break;
    if (slot >> slot_bits != 0) throw UserError("a customer places 2^20 orders or more in one month");
    constexpr auto customers = static_cast<std::int32_t>(whole);
    shape.rows.push_back(
        {slot, begin * customers, end * customers, 0, static_cast<std::ptrdiff_t>(spread) - begin * customers});
    spread += static_cast<std::size_t>((end - begin) * customers);
  }
  shape.spread = spread;
  std::int64_t listed = 0;
  for (const std::int32_t n : count) listed += n;
  shape.listed = static_cast<std::size_t>(listed);
}

void list_orders(const OrderShape& shape, std::span<const std::int32_t> count, const std::uint32_t* id_low,
                 const std::uint32_t* id_high, std::uint32_t when, OrderList list) {
  mark_present(shape, count, list.present);
  std::uint32_t places[most_customers_of_a_block], counts[most_customers_of_a_block + whole];
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

void count_listed_below(std::span<const std::int32_t> customers, std::span<const std::uint32_t> slots,
                        std::span<const std::int32_t> placed, const std::int32_t* listed,
                        std::span<const std::int32_t> limit, std::int32_t* number) {
  std::fill_n(number, placed.size(), 0);
  const Ints highest = all_ints(std::ranges::max(limit));
  constexpr std::size_t some = 1024;
  std::uint32_t places[some + whole];
  for (std::size_t begin = 0; begin < customers.size(); begin += some) {
    std::uint32_t* end = places;
    for (std::size_t q = begin; q < std::min(begin + some, customers.size()); q += lanes) {
      const std::uint32_t here = bits_of(load_ints(listed + q) < highest);
      store(end, compress(count_from(static_cast<std::uint32_t>(q)), here));
      end += __builtin_popcount(here);
    }
    for (const std::uint32_t* q = places; q != end; ++q) {
      const auto i = static_cast<std::size_t>(customers[*q]);
      number[i] += static_cast<std::int32_t>((listed[*q] < limit[i]) & (slot_of(slots[*q]) < placed[i]));
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
  for (std::size_t i = 0; i < index.size(); i += lanes) {
    const Ints which = load_ints(&index[i]);
    Words value = all_words(table[0]);
    for (std::size_t k = 1; k < table.size(); ++k)
      value = choose(which == all_ints(static_cast<std::int32_t>(k)), all_words(table[k]), value);
    store(out + i, value);
  }
}

void add_small_by_tier(std::span<const std::int32_t> tier, const std::int32_t* value, std::size_t tiers,
                       std::int64_t* cells, std::size_t stride) {
  int first = 0;
  const auto all = static_cast<int>(tiers);
  for (; first + 3 <= all; first += 3) add_some_tiers<3>(tier, value, first, cells, stride);
  for (; first + 2 <= all; first += 2) add_some_tiers<2>(tier, value, first, cells, stride);
  for (; first < all; ++first) add_some_tiers<1>(tier, value, first, cells, stride);
}

bool add_by_tier(std::span<const std::int32_t> tier, const std::int32_t* value, std::size_t tiers, std::int64_t* cells,
                 std::size_t stride) {
  const std::uint32_t magnitude = magnitude_bits(tier, value);
  if (magnitude >> 30 != 0) return false;
  if (magnitude >> 24 != 0)
    add_large_by_tier(tier, value, tiers, cells, stride);
  else
    add_small_by_tier(tier, value, tiers, cells, stride);
  return true;
}

}  // namespace clientele::sim
