// An interval is as wide as what is independent allows, covers the truth as often as it says, and where a few customers
// decide it says so or is not there.
#include "output/statistics/averages.hpp"

#include <cmath>

#include "tests/output/normals.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Futures;
using output::Interval;
using output::interval_of;
using output::interval_over;
using sim::People;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> one_and_zero(std::size_t n) {
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; i += 2) values[i] = 1;
  return values;
}

}  // namespace

TEST_CASE("an interval agrees with one that was computed by hand") {
  const Interval interval = interval_of(std::vector<double>{1, 2, 3, 4});
  CHECK(interval.mean == 2.5);
  CHECK(interval.half_width == Approx(2.054260).epsilon(1e-6));  // t 3.182446, sd 1.290994, root of 4
  CHECK(interval.values == 4);
  CHECK(interval.why_missing.empty());
  CHECK(interval.low() == Approx(0.445740).epsilon(1e-5));
  CHECK(interval_of(std::vector<double>{1, 2, 3, 4}, 0.90).half_width == Approx(1.519083).epsilon(1e-5));  // t 2.353363
}

TEST_CASE("fewer than two values have no interval, and say so") {
  const Interval one = interval_of(std::vector<double>{7});
  CHECK(one.mean == 7);
  CHECK(std::isnan(one.half_width));
  CHECK_THAT(one.why_missing, contains("only one independent value"));
  const Interval none = interval_of(std::vector<double>{missing});
  CHECK(std::isnan(none.mean));
  CHECK_THAT(none.why_missing, contains("no value"));
}

TEST_CASE("two futures of one population are one value, and so are all of a draw") {
  const Interval paired = interval_over(Futures{1, 5, People::paired, {1, 3, 5, 7, 20}});
  const Interval by_hand = interval_of(std::vector<double>{2, 6, 20});
  CHECK(paired.mean == by_hand.mean);
  CHECK(paired.half_width == by_hand.half_width);
  CHECK(paired.values == 3);
  const Interval drawn = interval_over(Futures{2, 3, People::redrawn, {1, 2, 3, 11, missing, 13}});
  CHECK(drawn.values == 2);
  CHECK(drawn.mean == 7);
}

TEST_CASE("too few say what is needed") {
  const auto why = [](const Futures& futures) { return interval_over(futures).why_missing; };
  CHECK_THAT(why({2, 2, People::redrawn, {1, 2, missing, missing}}), contains("only one draw has values"));
  CHECK_THAT(why({1, 2, People::paired, {1, 2}}), contains("4 replications"));
  CHECK_THAT(why({1, 4, People::paired, {1, 2, missing, missing}}), contains("only one population has values"));
  CHECK_THAT(why({1, 2, People::redrawn, {1, missing}}), contains("only one future has a value"));
  CHECK_THAT(why({1, 1, People::redrawn, {1}}), contains("only one future"));
  CHECK_THAT(why({1, 1, People::redrawn, {missing}}), contains("no value"));
  CHECK(why({1, 2, People::redrawn, {1, 2}}).empty());
}

TEST_CASE("where the ten largest decide, the interval is not there below 1,000 futures") {
  const Interval few = interval_of(one_and_zero(999), 0.95, 0.4);
  CHECK(std::isnan(few.half_width));
  CHECK_THAT(few.why_missing, contains("the ten largest are expected to have 40 % of sales): an interval needs 1,000"));
  CHECK(interval_of(one_and_zero(1000), 0.95, 0.4).half_width > 0);
  CHECK(interval_of(std::vector<double>(10, 2.0), 0.95, 0.4).half_width == 0);  // what never varies is known
}

TEST_CASE("an interval of fewer than five says so") {
  CHECK_THAT(interval_of(std::vector<double>{1, 2, 3, 4}).caution, contains("fewer than five"));
  CHECK(interval_of(std::vector<double>{1, 2, 3, 4, 5}).caution.empty());
}

TEST_CASE("where they matter, an interval of few futures says what it is worth") {
  CHECK_THAT(interval_of(one_and_zero(99), 0.95, 0.2).caution, contains("about 9 in 10"));
  CHECK(interval_of(one_and_zero(100), 0.95, 0.2).caution.empty());
  CHECK(interval_of(one_and_zero(20), 0.95, 0.05).caution.empty());
  CHECK(interval_of(one_and_zero(20)).caution.empty());
  CHECK(interval_of(one_and_zero(20), 0.95, 0.2).half_width == interval_of(one_and_zero(20)).half_width);
}

// Normal values: over 4,000 runs a coverage of 95 % has a standard error of 0.34 points, so 93.6 is 4 of them away. A
// normal quantile in place of t would cover 87.8 % with five values.
TEST_CASE("an interval of five normal values holds the truth as often as it says") {
  Normals normals(20270206);
  int covered = 0;
  for (int run = 0; run < 4000; ++run) {
    std::vector<double> values(5);
    for (double& value : values) value = 3 + normals.next();
    const Interval interval = interval_of(values);
    covered += interval.low() <= 3 && 3 <= interval.high() ? 1 : 0;
  }
  CHECK(covered > 0.936 * 4000);
  CHECK(covered < 0.964 * 4000);
}

}  // namespace clientele::tests
