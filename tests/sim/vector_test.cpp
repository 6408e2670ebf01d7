// Vector operations do to each lane what the plain operation does.
#include "sim/core/vector.hpp"

#include <array>
#include <bit>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::all_floats;
using sim::all_ints;
using sim::any;
using sim::bits_of;
using sim::choose;
using sim::compress;
using sim::expand;
using sim::fused;
using sim::Ints;
using sim::keep;
using sim::lanes;
using sim::load_floats;
using sim::load_words;
using sim::mask_of;
using sim::maximum;
using sim::minimum;
using sim::square_root;
using sim::store;
using sim::sum64;
using sim::to_ints;

namespace {

constexpr std::size_t width = lanes;
constexpr std::uint32_t all_lanes = lanes == 32 ? ~0U : (1U << lanes) - 1;

std::array<std::uint32_t, width> some_words() {
  std::array<std::uint32_t, width> words;
  for (std::uint32_t i = 0; i < width; ++i) words[i] = 0x9e3779b9U * (i + 1);
  return words;
}

}  // namespace

TEST_CASE("compress moves the kept lanes to the front and expand puts them back") {
  const auto words = some_words();
  std::uint32_t step = lanes == 16 ? 13 : 1;
  for (std::uint32_t bits = 0; bits <= all_lanes; bits += step) {
    std::array<std::uint32_t, width> packed, spread;
    store(packed.data(), compress(load_words(words.data()), bits));
    store(spread.data(), expand(load_words(packed.data()), bits));
    std::size_t kept = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const bool here = (bits >> i & 1U) != 0;
      REQUIRE(spread[i] == (here ? words[i] : 0));
      if (here) REQUIRE(packed[kept++] == words[i]);
    }
  }
}

TEST_CASE("masks are bits and bits are masks") {
  for (std::uint32_t bits = 0; bits <= all_lanes; bits += 7) {
    REQUIRE(bits_of(mask_of(bits)) == bits);
    REQUIRE(any(mask_of(bits)) == (bits != 0));
  }
}

TEST_CASE("a product and a sum are rounded once") {
  std::array<float, width> result;
  store(result.data(), fused(all_floats(0x1.000002p0F), all_floats(0x1.000002p0F), all_floats(-0x1.000004p0F)));
  for (const float x : result) REQUIRE(x == 0x1p-46F);
}

TEST_CASE("floats round to the nearest integer, halves to even, and saturate below") {
  const std::array<std::pair<float, std::int32_t>, 7> cases{{{0.5F, 0},
                                                             {1.5F, 2},
                                                             {-2.5F, -2},
                                                             {2.4F, 2},
                                                             {3e9F, INT32_MIN},
                                                             {-3e9F, INT32_MIN},
                                                             {std::nanf(""), INT32_MIN}}};
  for (const auto& [from, to] : cases) {
    std::array<std::int32_t, width> result;
    store(result.data(), to_ints(all_floats(from)));
    for (const std::int32_t x : result) REQUIRE(x == to);
  }
}

TEST_CASE("the sum of lanes does not overflow") {
  REQUIRE(sum64(all_ints(INT32_MAX)) == std::int64_t{INT32_MAX} * lanes);
  REQUIRE(sum64(all_ints(INT32_MIN)) == std::int64_t{INT32_MIN} * lanes);
}

TEST_CASE("choosing, roots, and the lesser and greater of two") {
  const Ints odd = mask_of(0xAAAAAAAAU & all_lanes);
  std::array<float, width> chosen, kept, root, least, most;
  store(chosen.data(), choose(odd, all_floats(4), all_floats(9)));
  store(kept.data(), keep(odd, all_floats(4)));
  store(root.data(), square_root(load_floats(chosen.data())));
  store(least.data(), minimum(all_floats(std::nanf("")), all_floats(2)));
  store(most.data(), maximum(load_floats(chosen.data()), all_floats(5)));
  for (std::size_t i = 0; i < width; ++i) {
    REQUIRE(chosen[i] == (i % 2 ? 4 : 9));
    REQUIRE(kept[i] == (i % 2 ? 4 : 0));
    REQUIRE(root[i] == (i % 2 ? 2 : 3));
    REQUIRE(least[i] == 2);
    REQUIRE(most[i] == (i % 2 ? 5 : 9));
  }
  std::array<float, width> zero;
  store(zero.data(), all_floats(-0.F));
  REQUIRE(std::bit_cast<std::uint32_t>(zero[0]) == 0x80000000U);
}

}  // namespace clientele::tests
