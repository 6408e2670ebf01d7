// The same of 200 firms, which tell a range that is too wide, too.
#include <cstdio>

#include "tests/properties/fitted_coverage.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

/// Every firm has laws of its own, drawn from what a fit takes for granted: of firms of one kind its ranges may hold
/// more or fewer, of all of them nine in ten.
void expect_covered(int firms, std::uint64_t seed, double least, double most) {
  const auto laws_of = [&](int f) { return laws_as_taken(seed + 1'000'000 + static_cast<std::uint64_t>(f)); };
  for (const Covered& of : covered_in(firms, 200, seed, std::nullopt, laws_of)) {
    std::printf("%s: %d of %d inside, %d above, foretold %+.1f %%\n", of.figure.c_str(), of.inside, firms, of.above,
                100 * of.off);
    CAPTURE(of.figure, of.inside, of.above, of.off);
    CHECK(of.inside >= least * firms);
    CHECK(of.inside <= most * firms);
  }
}

}  // namespace

// A coverage of 90 % lies outside of 84 to 96 % of 200 firms in 6 of 1,000 such tests.
TEST_CASE("of 200 invented firms the half-year after a fitted year lies in its range in 84 to 96 %") {
  expect_covered(200, 20261201, 0.84, 0.96);
}

// Three standard errors of 1,000 firms are 2.8 points. Takes an hour: run by hand, with its name.
TEST_CASE("of 1,000 invented firms it lies in its range in 87 to 93 %", "[.thousand]") {
  expect_covered(1000, 20261203, 0.87, 0.93);
}

}  // namespace clientele::tests
