// Kinds come by their shares, in their order, and whoever gets more share loses nobody.
#include "sim/random/categorical.hpp"

#include <vector>

#include "sim/random/philox.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Categorical;
using sim::InternalFault;

namespace {

constexpr std::uint32_t n = 1U << 16;

}  // namespace

// Chi-square of up to 15 degrees of freedom at 1e-6 stays below 58; of 2^16 draws, a share of .1 that is off by .012 is
// found with a power of 95 %.
TEST_CASE("kinds come by their shares") {
  for (const std::vector<double>& shares : {std::vector<double>{1},
                                            {0.5, 0.5},
                                            {0.5, 0.27, 0.23},
                                            {3, 0, 1, 6},
                                            {0.001, 0.999},
                                            std::vector<double>(16, 1)}) {
    const Categorical kinds(shares);
    double sum = 0, statistic = 0;
    for (const double share : shares) sum += share;
    std::vector<double> seen(shares.size());
    for (std::uint32_t i = 0; i < n / 4; ++i)
      for (const std::uint32_t word : sim::philox(sim::Counter{i, 0, 0, 0}, sim::Key{19, 0}))
        seen.at(static_cast<std::size_t>(kinds.of(word))) += 1;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      const double expected = n * shares[k] / sum;
      if (expected == 0) REQUIRE(seen[k] == 0);
      if (expected > 0) statistic += (seen[k] - expected) * (seen[k] - expected) / expected;
    }
    CHECK(statistic < 58);
  }
}

TEST_CASE("kinds stand in their order, at the cuts too, and the last takes the rest") {
  const Categorical kinds(std::vector<double>{0.1, 0.2, 0.7, 0.0});  // .1 + .2 + .7 rounds to below 1
  CHECK(kinds.of(0) == 0);
  CHECK(kinds.of(0xffffffffU) == 2);
  for (const double cut : {0.1, 0.1 + 0.2}) {
    const auto word = static_cast<std::uint32_t>(cut * 0x1p32);
    CHECK(kinds.of(word - 4) + 1 == kinds.of(word + 4));
  }
  std::int32_t before = 0;
  for (std::uint32_t word = 0; word < 0xfff00000U; word += 0xfffff) {
    REQUIRE(kinds.of(word) >= before);
    before = kinds.of(word);
  }
  CHECK(Categorical(std::vector<double>{0, 0, 5, 0}).of(0) == 2);
  CHECK(Categorical(std::vector<double>{0, 0, 5, 0}).of(0xffffffffU) == 2);
  REQUIRE_THROWS_AS(Categorical(std::vector<double>{}), InternalFault);
  REQUIRE_THROWS_AS(Categorical(std::vector<double>{0, 0}), InternalFault);
  REQUIRE_THROWS_AS(Categorical(std::vector<double>{-1, 3}), InternalFault);
  REQUIRE_THROWS_AS(Categorical(std::vector<double>(17, 1)), InternalFault);
}

TEST_CASE("share that moves to a later kind makes nobody's kind earlier") {
  const auto words = [] {
    std::vector<std::uint32_t> list;
    for (std::uint32_t i = 0; i < 4096; ++i) list.push_back(i * 1048573U);
    return list;
  }();
  std::vector<std::int32_t> before(words.size(), 0);
  for (int step = 0; step <= 100; ++step) {
    const Categorical kinds(std::vector<double>{0.6 - 0.006 * step, 0.3, 0.1 + 0.006 * step});
    for (std::size_t i = 0; i < words.size(); ++i) {
      REQUIRE(kinds.of(words[i]) >= before[i]);
      before[i] = kinds.of(words[i]);
    }
  }
}

}  // namespace clientele::tests
