// Intervals that are printed hold the truth as often as they say, for bases of few customers and of more.
#include "tests/properties/coverage_pool.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

namespace {

constexpr std::uint32_t futures_of_pool = 3000;
constexpr int batches = 2000;

}  // namespace

// The mean of a pool of 3,000 futures is the truth of 2,000 batches that are drawn from it: a coverage of 95 % has a
// standard error of 0.5 points. What is printed without words covers 92 % or more, less two of these by day; normal
// quantiles in place of t would cover 92.6 % of a normal law at 20 futures, and less of these skew ones.
TEST_CASE("of 2,000 customers, an interval of 20 and of 100 futures holds the truth in 92 of 100") {
  const Pool pool = pool_of(2000, 1.1, futures_of_pool);
  CAPTURE(pool.share_of_ten_largest);
  for (const std::size_t futures : {20U, 100U}) {
    const Coverage coverage = coverage_of(pool, futures, batches, 20270217);
    CAPTURE(futures, coverage.of_printed(), coverage.cautious);
    CHECK(coverage.printed == batches);
    CHECK(coverage.of_printed() > (coverage.cautious > 0 ? 0.88 : 0.91));
  }
}

TEST_CASE("of 300 customers, an interval of 20 futures says that it covers about 9 in 10, and does") {
  const Pool pool = pool_of(300, 1.1, futures_of_pool);
  REQUIRE(pool.share_of_ten_largest > output::few_matter);
  REQUIRE(pool.share_of_ten_largest < output::few_decide);
  const Coverage few = coverage_of(pool, 20, batches, 20270218), more = coverage_of(pool, 100, batches, 20270219);
  CAPTURE(pool.share_of_ten_largest, few.of_printed(), more.of_printed());
  CHECK(few.cautious == batches);
  CHECK(few.of_printed() > 0.88);
  CHECK(more.cautious == 0);
  CHECK(more.of_printed() > 0.91);
}

// Ten of 300 customers have two fifths of sales: t would miss the truth more than once in ten where nothing is printed.
TEST_CASE("where few customers decide, t alone would hold the truth too seldom, and no interval is printed") {
  const Pool pool = pool_of(300, 1.5, futures_of_pool);
  REQUIRE(pool.share_of_ten_largest > output::few_decide);
  const Coverage few = coverage_of(pool, 20, batches, 20270220), many = coverage_of(pool, 1000, batches, 20270221);
  CAPTURE(pool.share_of_ten_largest, few.of_t_alone(), many.of_printed());
  CHECK(few.printed == 0);
  CHECK(few.of_t_alone() < 0.92);
  CHECK(many.printed == batches);
  CHECK(many.of_printed() > 0.91);
}

}  // namespace clientele::tests
