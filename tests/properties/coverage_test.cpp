// Intervals hold the truth as often as they say, through the whole path: a small version of the nightly proof.
#include "tests/properties/macro_runs.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

// 120 intervals of 95 % hold the truth 114 times, give or take 2.4; fewer than 106 or all of them come once in 500. If
// futures of a draw were taken as independent, they would hold it in two thirds, and 106 would be 5 standard errors
// away; half widths that are halved are noticed as surely, a third too small 92 times in 100. Finer faults are for the
// nightly version.
TEST_CASE("intervals of 95 percent cover a known truth about as often, from cells to JSON") {
  const Coverage coverage = coverage_of(120, 1000);
  CAPTURE(coverage.covered, coverage.covered_if_futures_were_independent, coverage.share_of_parameters);
  CHECK(coverage.share_of_parameters > 0.7);
  CHECK(coverage.covered >= 106);
  CHECK(coverage.covered < 120);
}

}  // namespace clientele::tests
