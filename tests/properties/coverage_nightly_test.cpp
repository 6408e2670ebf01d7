// The same for a base as large as firms have.
#include "tests/properties/coverage_pool.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

TEST_CASE("of 20,000 customers, an interval of 20 and of 100 futures holds the truth in 92 of 100") {
  const Pool pool = pool_of(20000, 1.1, 3000);
  for (const std::size_t futures : {20U, 100U}) {
    const Coverage coverage = coverage_of(pool, futures, 2000, 20270222);
    CAPTURE(futures, coverage.of_printed());
    CHECK(coverage.printed == 2000);
    CHECK(coverage.cautious == 0);
    CHECK(coverage.of_printed() > 0.92);
  }
}

}  // namespace clientele::tests
