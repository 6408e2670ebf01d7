// Intervals hold the truth as often as they say, through the whole path: 2,000 studies.
#include "tests/properties/macro_runs.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

// 95 % of 2,000 has a standard error of 0.49 points: 93.5 to 96.5 is three of them either way. Normal instead of
// Student quantiles would cover 92.4 % (12 draws), lives taken as independent about two thirds.
TEST_CASE("intervals of 95 percent cover a known truth in 93.5 to 96.5 percent of 2,000 studies, from cells to JSON") {
  const Coverage coverage = coverage_of(2000, 100000);
  CAPTURE(coverage.covered, coverage.covered_if_futures_were_independent, coverage.share_of_parameters);
  CHECK(coverage.share_of_parameters > 0.7);
  CHECK(coverage.covered >= 1870);
  CHECK(coverage.covered <= 1930);
  CHECK(coverage.covered_if_futures_were_independent < 1500);
}

}  // namespace clientele::tests
