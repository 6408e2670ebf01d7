// The same of 200 firms, which tell a range that is too wide, too.
#include <cstdio>

#include "tests/properties/fitted_coverage.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

// 168 to 192 of 200 are 84 to 96 %: a coverage of 90 % lies outside of them in 6 of 1,000 such tests. What is ordered
// in all hangs on how much customers differ in leaving, which a year does not tell: it is drawn from a wide prior (a
// guess: between 1/3 and 3), of which these firms are one value (0.5). Ranges of totals are as wide as that
// asks, and may hold more than nine in ten firms of one kind: 197 of 200 at most.
TEST_CASE("of 200 invented firms the half-year after a fitted year lies in its range in 84 to 96 %") {
  for (const Covered& of : covered_in(200, 200, 20261201)) {
    std::printf("%s: %d of 200 inside, %d above, foretold %+.1f %%\n", of.figure.c_str(), of.inside, of.above,
                100 * of.off);
    CAPTURE(of.figure, of.inside, of.above, of.off);
    CHECK(of.inside >= 168);
    CHECK(of.inside <= (of.figure == "orders" || of.figure == "revenue" ? 197 : 192));
  }
}

}  // namespace clientele::tests
