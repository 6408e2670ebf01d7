// Each primitive equals its plain-loop twin bit for bit, for any numbers of orders and any width.
#include "sim/state/primitives.hpp"

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/random/address.hpp"
#include "sim/random/philox.hpp"
#include "sim/state/columns.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/twins.hpp"

namespace clientele::sim {

namespace {

std::uint32_t word(std::uint32_t at, std::uint32_t tag) { return philox(Counter{at, 0, 0, tag}, Key{42, 0})[0]; }

/// Numbers of orders: many zeros, some large, unsorted.
std::vector<std::int32_t> orders_of(std::size_t customers, std::uint32_t tag, std::uint32_t most) {
  std::vector<std::int32_t> count(rounded_up(customers));
  for (std::size_t i = 0; i < customers; ++i) {
    const std::uint32_t w = word(static_cast<std::uint32_t>(i), tag);
    count[i] = (w & 3U) == 0 ? 0 : static_cast<std::int32_t>((w >> 8) % (most + 1));
  }
  return count;
}

struct Listing {
  OrderShape shape;
  std::vector<std::uint32_t> low, high, slots, customers;
  std::vector<std::uint16_t> present;
};

Listing list_of(std::span<const std::int32_t> count) {
  Listing l;
  shape_orders(count, l.shape);
  std::vector<std::uint32_t> id_low(count.size()), id_high(count.size());
  for (std::uint32_t i = 0; i < count.size(); ++i) id_low[i] = 1000 + i, id_high[i] = 7 * i;
  for (auto* column : {&l.low, &l.high, &l.slots, &l.customers}) column->resize(l.shape.listed + chunk_size);
  l.present.resize(l.shape.spread / 16 + 1);
  list_orders(l.shape, count, id_low.data(), id_high.data(), 5,
              {l.low.data(), l.high.data(), l.slots.data(), l.customers.data(), l.present.data()});
  return l;
}

}  // namespace

TEST_CASE("orders are listed slot by slot without gaps, with the address of each") {
  for (const std::size_t customers : {1U, 7U, 64U, 256U, 257U, 1024U}) {
    const auto count = orders_of(customers, 1, 9);
    const auto plain = plain_list(count);
    const Listing l = list_of(count);
    REQUIRE(l.shape.listed == plain.size());
    for (std::size_t q = 0; q < plain.size(); ++q) {
      REQUIRE(l.low[q] == 1000 + plain[q].customer);
      REQUIRE(l.high[q] == 7 * plain[q].customer);
      REQUIRE(l.customers[q] == plain[q].customer);
      REQUIRE(l.slots[q] == (5U | static_cast<std::uint32_t>(plain[q].slot) << 12));
    }
    for (std::size_t q = plain.size(); q < rounded_up(plain.size()); ++q) {
      REQUIRE(l.customers[q] == 0);
      REQUIRE(slot_of(l.slots[q]) == (1 << slot_bits) - 1);
    }
  }
}

TEST_CASE("places are listed where a value is not zero") {
  for (const std::size_t n : {64U, 128U, 1024U}) {
    const auto values = orders_of(n - 1, 3, 4);
    std::vector<std::uint32_t> plain, places(n + chunk_size);
    for (std::uint32_t q = 0; q < n; ++q)
      if (values[q] != 0) plain.push_back(q);
    for (const std::size_t few : {n, n - 37}) {
      std::erase_if(plain, [&](std::uint32_t q) { return q >= few; });
      const std::size_t found = list_places(std::span(values).first(few), places.data());
      REQUIRE(std::vector(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(found)) == plain);
      for (std::size_t k = found; k < whole_registers(found); ++k) REQUIRE(places[k] == 0);
    }
  }
}

TEST_CASE("values that are kept move to the front and zeros follow") {
  for (const std::size_t n : {64U, 128U, 1024U}) {
    for (const std::uint32_t most : {0U, 1U, 4U}) {
      const auto kept = orders_of(n, 3, most);
      std::vector<std::uint32_t> column(n), plain;
      for (std::uint32_t i = 0; i < n; ++i) column[i] = word(i, 5);
      for (std::size_t i = 0; i < n; ++i)
        if (kept[i] != 0) plain.push_back(column[i]);
      plain.resize(n);
      keep_only(kept, column);
      REQUIRE(column == plain);
    }
  }
}

TEST_CASE("sums and counts over the first orders equal plain loops") {
  for (const std::size_t customers : {1U, 7U, 64U, 256U, 257U}) {
    const auto count = orders_of(customers, 2, 7);
    const auto plain = plain_list(count);
    const Listing l = list_of(count);
    std::vector<float> value(plain.size() + chunk_size), limit(count.size());
    std::vector<std::int32_t> bits(plain.size() + chunk_size), bit_limit(count.size());
    for (std::size_t q = 0; q < value.size(); ++q) {
      value[q] = static_cast<float>(word(static_cast<std::uint32_t>(q), 3) >> 8) * 1e-3F;
      bits[q] = static_cast<std::int32_t>(word(static_cast<std::uint32_t>(q), 4) >> 1);
    }
    std::vector<std::int32_t> placed(count.size()), below(count.size()), above(count.size()), bit_sum(count.size());
    std::vector<std::int32_t> happening(count.size());
    for (std::size_t i = 0; i < count.size(); ++i) {
      placed[i] = count[i] - static_cast<std::int32_t>(word(static_cast<std::uint32_t>(i), 5) % 3);
      limit[i] = 8000.F;
      bit_limit[i] = 1 << (30 - i % 3);
    }
    std::vector<std::uint32_t> spread(l.shape.spread + chunk_size), spread_bits(l.shape.spread + chunk_size);
    spread_orders(l.shape, l.present.data(), reinterpret_cast<const std::uint32_t*>(value.data()), spread.data());
    spread_orders(l.shape, l.present.data(), reinterpret_cast<const std::uint32_t*>(bits.data()), spread_bits.data());
    std::vector<float> sum(count.size());
    const auto* spread_value = reinterpret_cast<const float*>(spread.data());
    const auto* spread_ints = reinterpret_cast<const std::int32_t*>(spread_bits.data());
    sum_first(l.shape, placed, spread_value, sum.data());
    count_above(l.shape, placed, spread_value, limit.data(), above.data());
    count_below(l.shape, placed, spread_ints, bit_limit.data(), below.data());
    const auto n = rounded_up(l.shape.listed);
    const std::span whose(reinterpret_cast<const std::int32_t*>(l.customers.data()), n);
    std::vector<std::uint32_t> words(n);
    for (std::uint32_t q = 0; q < n; ++q) words[q] = word(q, 8);
    if (!plain.empty())
      words[plain.size() / 2] = static_cast<std::uint32_t>(bit_limit[plain[plain.size() / 2].customer]) << 1;
    count_happening(whose, std::span(l.slots).first(n), placed, words.data(), bit_limit, happening.data());
    for (auto& b : bits) b &= 1023;
    spread_orders(l.shape, l.present.data(), reinterpret_cast<const std::uint32_t*>(bits.data()), spread_bits.data());
    sum_first(l.shape, placed, spread_ints, bit_sum.data());
    for (std::size_t i = 0; i < count.size(); ++i) {
      std::vector<std::int32_t> is_above(plain.size()), is_below(plain.size()), happens_to(plain.size());
      for (std::size_t q = 0; q < plain.size(); ++q) {
        is_above[q] = value[q] > limit[i] ? 1 : 0;
        is_below[q] = static_cast<std::int32_t>(word(static_cast<std::uint32_t>(q), 4) >> 1) < bit_limit[i] ? 1 : 0;
        happens_to[q] = happens(chance_bits(words[q]), bit_limit[i]) ? 1 : 0;
      }
      REQUIRE(sum[i] == plain_sum_first<float>(plain, value, i, placed[i]));
      REQUIRE(bit_sum[i] == plain_sum_first<std::int32_t>(plain, bits, i, placed[i]));
      REQUIRE(above[i] == plain_sum_first<std::int32_t>(plain, is_above, i, placed[i]));
      REQUIRE(below[i] == plain_sum_first<std::int32_t>(plain, is_below, i, placed[i]));
      REQUIRE(happening[i] == plain_sum_first<std::int32_t>(plain, happens_to, i, placed[i]));
    }
  }
}

TEST_CASE("one customer with thousands of orders is listed like any other") {
  std::vector<std::int32_t> count(128);
  count[70] = 5000;
  count[3] = 2;
  const auto plain = plain_list(count);
  const Listing l = list_of(count);
  REQUIRE(l.shape.listed == plain.size());
  REQUIRE(l.low[plain.size() - 1] == 1070);
  REQUIRE(l.slots[plain.size() - 1] >> 12 == 4999);
  count[70] = 1 << 20;
  OrderShape shape;
  count[70] = (1 << 20) + 1;
  REQUIRE_THROWS_AS(shape_orders(count, shape), UserError);
}

TEST_CASE("the tally equals a plain loop, for small and large values, any number of tiers and of columns") {
  for (const std::size_t tiers : {1U, 2U, 3U, 4U, 5U, 8U})
    for (const std::size_t n : {1U, 2U, 3U, 4U, 7U})
      for (const bool small : {true, false}) {
        CAPTURE(tiers, n, small);
        std::vector<std::int32_t> tier(1024);
        for (std::uint32_t i = 0; i < 1024; ++i) tier[i] = static_cast<std::int32_t>(word(i, 6) % (tiers + 1)) - 1;
        std::vector<std::vector<std::int32_t>> values(n, std::vector<std::int32_t>(1024));
        std::vector<std::vector<std::int64_t>> cells(n, std::vector<std::int64_t>(tiers * 3));
        std::vector<TallyColumn> columns;
        for (std::uint32_t c = 0; c < n; ++c) {
          for (std::uint32_t i = 0; i < 1024; ++i)
            values[c][i] = static_cast<std::int32_t>(word(i, 7 + c)) >> (small ? 7 : 1);
          columns.push_back({values[c].data(), cells[c].data()});
        }
        REQUIRE(add_by_tier(tier, columns, tiers, 3) == n);
        if (small)
          add_small_by_tier(tier, columns, tiers, 3);
        else
          REQUIRE(add_by_tier(tier, columns, tiers, 3) == n);
        for (std::size_t c = 0; c < n; ++c) {
          const auto plain = plain_tally(tier, values[c], tiers);
          for (std::size_t k = 0; k < tiers; ++k) REQUIRE(cells[c][k * 3] == 2 * plain[k]);
        }
      }
}

TEST_CASE("the tally of customers who hold a few of the tiers, or none, equals a plain loop") {
  for (const std::int32_t lowest : {-1, 0, 2, 3, 6})
    for (const std::int32_t highest : {-1, 0, 3, 4, 6}) {
      if (highest < lowest) continue;
      CAPTURE(lowest, highest);
      std::vector<std::int32_t> tier(128, -1), values(128);
      for (std::uint32_t i = 0; i < 128; ++i) values[i] = static_cast<std::int32_t>(word(i, 6) >> 9);
      tier[5] = tier[127] = lowest;
      tier[64] = highest;
      std::vector<std::int64_t> cells(7), small(7);
      const TallyColumn column{values.data(), cells.data()}, small_column{values.data(), small.data()};
      REQUIRE(add_by_tier(tier, {&column, 1}, 7, 1) == 1);
      REQUIRE(add_small_by_tier(tier, {&small_column, 1}, 7, 1) == 1);
      REQUIRE(cells == plain_tally(tier, values, 7));
      REQUIRE(small == cells);
    }
}

TEST_CASE("a lane holds as many of the largest values as it takes") {
  std::vector<std::int32_t> tier(1024, 0);
  for (const std::int32_t value : {(1 << 24) - 1, -(1 << 24), (1 << 30) - 1, -(1 << 30), 0xffff, -0xffff}) {
    const std::vector<std::int32_t> values(1024, value);
    std::int64_t cell = 0, small = 0;
    const TallyColumn column{values.data(), &cell}, small_column{values.data(), &small};
    REQUIRE(add_by_tier(tier, {&column, 1}, 1, 1) == 1);
    REQUIRE(cell == std::int64_t{1024} * value);
    if (value < -(1 << 24) || value > 1 << 24) continue;
    add_small_by_tier(tier, {&small_column, 1}, 1, 1);
    REQUIRE(small == cell);
  }
}

TEST_CASE("a counted value of 2^30 is refused, and one of somebody who is gone is not") {
  for (const std::int32_t tiers : {1, 3}) {
    std::vector<std::int32_t> tier(64, tiers - 1), value(64, 0), other(64, 1);
    std::vector<std::int64_t> cells(9);
    const TallyColumn columns[] = {{other.data(), &cells[0]}, {value.data(), &cells[1]}, {other.data(), &cells[2]}};
    value[9] = (1 << 30) - 1;
    const auto all = static_cast<std::size_t>(tiers), held = 3 * (all - 1) + 1;
    REQUIRE(add_by_tier(tier, columns, all, 3) == 3);
    REQUIRE(cells[held] == (1 << 30) - 1);
    for (const std::int32_t large : {1 << 30, -(1 << 30) - 1, INT32_MAX, INT32_MIN}) {
      value[9] = large;
      tier[9] = 0;
      REQUIRE(add_by_tier(tier, columns, all, 3) == 1);
      cells[held] = 0;
      tier[9] = -1;
      REQUIRE(add_by_tier(tier, columns, all, 3) == 3);
      REQUIRE(cells[held] == 0);
    }
  }
}

TEST_CASE("a look-up takes the customer's own entry") {
  std::vector<std::int32_t> index(128);
  for (std::size_t i = 0; i < index.size(); ++i) index[i] = static_cast<std::int32_t>(i % 5);
  const std::vector<std::uint32_t> table = {10, 11, 12, 13, 14};
  std::vector<std::uint32_t> out(128);
  look_up(index, table, out.data());
  for (std::size_t i = 0; i < index.size(); ++i) REQUIRE(out[i] == 10 + i % 5);
  look_up(index, std::vector<std::uint32_t>{10, 10, 12, 10, 14}, out.data());
  for (std::size_t i = 0; i < index.size(); ++i) REQUIRE(out[i] == (i % 5 == 2 ? 12U : i % 5 == 4 ? 14U : 10U));
}

}  // namespace clientele::sim
