// Philox gives the published words, and whole vectors of counters give the same as one at a time.
#include "sim/random/philox.hpp"

#include <vector>

#include <Random123/philox.h>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Counter;
using sim::Key;
using sim::philox;

TEST_CASE("known answers of the authors") {
  const std::uint32_t ones = 0xffffffffU;
  REQUIRE(philox(Counter{0, 0, 0, 0}, Key{0, 0}) == Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  REQUIRE(philox(Counter{ones, ones, ones, ones}, Key{ones, ones}) ==
          Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  REQUIRE(philox(Counter{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, Key{0xa4093822, 0x299f31d0}) ==
          Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("vectors make the words of Random123") {
  constexpr std::size_t n = 1U << 14, rounds = 64;
  std::vector<std::uint32_t> c0(n), c1(n), c2(n), words[4];
  for (auto& word : words) word.resize(n + 16);
  std::uint32_t* const out[4] = {words[0].data(), words[1].data(), words[2].data(), words[3].data()};
  const Key key{0xdeadbeef, 17};
  for (std::uint32_t round = 0; round < rounds; ++round) {
    for (std::uint32_t i = 0; i < n; ++i) c0[i] = i * 2654435761U + round, c1[i] = ~i, c2[i] = i << 18 ^ round;
    const bool shared = round % 2 == 0;
    if (shared)
      philox(key, n, c0.data(), c1.data(), round, 99, out);
    else
      philox(key, n, c0.data(), c1.data(), c2.data(), 99, out);
    std::size_t differ = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const philox4x32_ctr_t counter = {{c0[i], c1[i], shared ? round : c2[i], 99}};
      const philox4x32_key_t theirs = {{key.seed, key.luck_draw}};
      const philox4x32_ctr_t right = philox4x32(counter, theirs);
      for (std::size_t w = 0; w < 4; ++w) differ += words[w][i] != right.v[w];
    }
    REQUIRE(differ == 0);
  }
}

TEST_CASE("a length within a vector is served too") {
  std::vector<std::uint32_t> c(16, 5), words[4];
  for (auto& word : words) word.resize(16);
  std::uint32_t* const out[4] = {words[0].data(), words[1].data(), words[2].data(), words[3].data()};
  philox(Key{1, 2}, 3, c.data(), c.data(), 7, 8, out);
  for (std::size_t w = 0; w < 4; ++w) REQUIRE(words[w][2] == philox(Counter{5, 5, 7, 8}, Key{1, 2})[w]);
}

}  // namespace clientele::tests
