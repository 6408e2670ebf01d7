// A block's luck is what its addresses say: by month parity, by slot, by tag, and never by who asks first.
#include "sim/state/variates.hpp"

#include <bit>
#include <cmath>
#include <numeric>

#include "sim/core/math.hpp"
#include "sim/random/philox.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Address;
using sim::BirthLuck;
using sim::Family;
using sim::Key;
using sim::Law;
using sim::Layout;
using sim::month_of_traits;
using sim::MonthLuck;
using sim::normal_pair;
using sim::OrderLuck;
using sim::Per;
using sim::philox;
using sim::Variates;
using sim::when_word;
using sim::WorldLuck;

namespace {

constexpr std::size_t customers = 128, orders = 192;

/// Entries 0 to 3: per birth, month, two months and order; tags on both sides of 16.
struct Bench {
  std::vector<std::uint32_t> low, high, order_low, order_high, slots;
  WorldLuck luck{{7, 1}, {7, 2}, 11, 13};
  Variates variates;

  static Layout layout() {
    Layout layout;
    layout.luck = {{300, Per::birth, 15}, {21, Per::month, 1}, {5, Per::two_months, 3}, {3, Per::order, 7}};
    return layout;
  }
  Bench() : low(customers), high(customers), order_low(orders), order_high(orders), slots(orders), variates(layout()) {
    for (std::uint32_t i = 0; i < customers; ++i) low[i] = 977 * i + 1, high[i] = i % 3 << 16;
    for (std::uint32_t i = 0; i < orders; ++i)
      order_low[i] = low[i / 2], order_high[i] = high[i / 2], slots[i] = when_word(i % 2, 4);
    variates.enter_world(luck);
    variates.enter_block(low, high);
  }
  std::uint32_t word(std::size_t i, Key key, std::uint32_t replication, int month, std::uint32_t tag, int which) const {
    const Address at{std::uint64_t{high[i]} << 32 | low[i], month, 0, tag, 0, replication};
    return philox(at.counter(), key)[static_cast<std::size_t>(which)];
  }
};

}  // namespace

TEST_CASE("words stand at their addresses") {
  Bench bench;
  for (std::size_t i = 0; i < customers; ++i) {
    REQUIRE(bench.variates.words(BirthLuck{0, 2})[i] ==
            bench.word(i, bench.luck.birth_key, 13, month_of_traits, 300, 2));
    for (const int month : {-3, 0, 4}) {
      bench.variates.enter_month(month);
      REQUIRE(bench.variates.words(MonthLuck{1, 0})[i] == bench.word(i, bench.luck.key, 11, month, 21, 0));
    }
  }
}

TEST_CASE("two months share a block of four words, before the fork too") {
  Bench bench;
  for (const auto& [month, block] : {std::pair{-3, -4}, {-4, -4}, {6, 6}, {7, 6}}) {
    bench.variates.enter_month(month);
    const auto words = bench.variates.words(MonthLuck{2, 1});
    for (std::size_t i = 0; i < customers; ++i)
      REQUIRE(words[i] == bench.word(i, bench.luck.key, 11, block, 5, month == block ? 1 : 3));
  }
  REQUIRE(bench.variates.philox_blocks() == 2 * customers);
}

TEST_CASE("an order's words and normals follow its customer and slot") {
  Bench bench;
  bench.variates.enter_month(4);
  bench.variates.enter_orders(bench.order_low, bench.order_high, bench.slots);
  const auto third = bench.variates.words(OrderLuck{3, 2});
  const auto first_normal = bench.variates.normals(OrderLuck{3, 0}),
             second_normal = bench.variates.normals(OrderLuck{3, 1});
  for (std::uint32_t i = 0; i < orders; ++i) {
    const Address at{std::uint64_t{bench.order_high[i]} << 32 | bench.order_low[i], 4, i % 2, 3, 0, 11};
    const auto words = philox(at.counter(), bench.luck.key);
    REQUIRE(third[i] == words[2]);
    REQUIRE(std::bit_cast<std::uint32_t>(first_normal[i]) ==
            std::bit_cast<std::uint32_t>(normal_pair(words[0], words[1]).first));
    REQUIRE(std::bit_cast<std::uint32_t>(second_normal[i]) ==
            std::bit_cast<std::uint32_t>(normal_pair(words[0], words[1]).second));
  }
  REQUIRE(bench.variates.philox_blocks() == orders);
  REQUIRE(bench.variates.words_read() == 3 * orders);
}

TEST_CASE("luck changes with the world and stays when it is asked for again") {
  Bench bench;
  bench.variates.enter_month(1);
  const auto words = bench.variates.words(MonthLuck{1, 0});
  const std::vector<std::uint32_t> before(words.begin(), words.end());
  bench.variates.words(MonthLuck{1, 0});
  REQUIRE(bench.variates.philox_blocks() == customers);
  bench.luck.replication = 12;
  bench.variates.enter_world(bench.luck);
  const auto after = bench.variates.words(MonthLuck{1, 0});
  REQUIRE(after[0] != before[0]);
}

TEST_CASE("a draw does not depend on who else is in the block") {
  Bench bench, other;
  std::vector<std::uint32_t> low(bench.low.rbegin(), bench.low.rend()), high(bench.high.rbegin(), bench.high.rend());
  other.variates.enter_block(low, high);
  for (const Law& law :
       {Law{Family::gamma, {4, 2, 0}}, Law{Family::gamma, {4, 0.05F, 0}}, Law{Family::beta, {0.2F, 1, 0}},
        Law{Family::weibull, {7, 1.4F, 0}}, Law{Family::lognormal, {3, 1, 0}}}) {
    std::vector<float> values(customers), reversed(customers);
    bench.variates.draw(law, {0, 0}, values);
    other.variates.draw(law, {0, 0}, reversed);
    for (std::size_t i = 0; i < customers; ++i)
      REQUIRE(std::bit_cast<std::uint32_t>(values[i]) == std::bit_cast<std::uint32_t>(reversed[customers - 1 - i]));
  }
}

}  // namespace clientele::tests
