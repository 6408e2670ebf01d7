// Bins have fixed edges, are monotone, and are narrow enough to read quantiles from.
#include "sim/state/histogram.hpp"

#include "tests/support/catch.hpp"

namespace clientele::sim {

TEST_CASE("every value lies in its bin, and bins ascend with values") {
  std::int32_t last = bin_of(-5'000'000);
  for (std::int64_t value = -5'000'000; value <= 5'000'000; value += value > -3000 && value < 3000 ? 1 : 997) {
    const std::int32_t bin = bin_of(value);
    REQUIRE(bin >= last);
    last = bin;
    const double magnitude = static_cast<double>(value < 0 ? -value : value);
    const std::int32_t at = bin < 0 ? -bin : bin;
    REQUIRE(magnitude >= bin_start(at));
    REQUIRE(magnitude < bin_start(at + 1));
  }
}

TEST_CASE("a bin is at most a sixteenth of its value wide, and exact below 32") {
  for (std::int64_t value = 0; value < 32; ++value) REQUIRE(bin_start(bin_of(value)) == static_cast<double>(value));
  for (std::int64_t value = 32; value < (std::int64_t{1} << 60); value += value / 4 + 1) {
    const std::int32_t bin = bin_of(value);
    REQUIRE(bin_start(bin + 1) - bin_start(bin) <= bin_start(bin) / 16);
  }
}

}  // namespace clientele::sim
