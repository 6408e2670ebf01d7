// A ratio of averages is as sure as the jackknife says, and a plain average as Student says.
#include "output/statistics/of_means.hpp"

#include <cmath>
#include <limits>

#include "tests/output/normals.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Futures;
using output::in_each_future;
using output::Interval;
using output::interval_of_means;
using output::interval_over;
using sim::People;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double first(std::span<const double> means) { return means[0]; }
double ratio(std::span<const double> means) { return means[1] > 0 ? means[0] / means[1] : missing; }

}  // namespace

TEST_CASE("of one number the interval is that of its average") {
  const Futures one{2, 3, People::redrawn, {1, 4, 2, 8, 5, 9}}, flat{1, 5, People::redrawn, {3, 1, 4, 1, 5}};
  for (const Futures& futures : {one, flat}) {
    const Interval plain = interval_over(futures), same = interval_of_means({futures}, first);
    CHECK(same.mean == Approx(plain.mean));
    CHECK(same.half_width == Approx(plain.half_width));
    CHECK(same.values == plain.values);
  }
}

TEST_CASE("a ratio is one of averages, and its interval that of the jackknife") {
  const Futures sales{1, 3, People::redrawn, {1, 2, 6}}, units{1, 3, People::redrawn, {1, 4, 4}};
  const Interval told = interval_of_means({sales, units}, ratio);
  CHECK(told.mean == Approx(1));  // 3 over 3: not the average of 1, 0.5 and 1.5 weighted alike
  // Without one of them: 8/8, 7/5, 3/5; their mean 1; variance 2/3 of the squares 0.16 + 0.16; t(2) 4.302653.
  CHECK(told.half_width == Approx(4.302653 * std::sqrt(2.0 / 3 * 0.32)).epsilon(1e-6));
  CHECK_THAT(told.caution, contains("fewer than five"));
}

TEST_CASE("a ratio that is the same in every future has no width, whatever the denominators") {
  const Futures part{1, 6, People::redrawn, {2, 4, 6, 8, 1, 3}}, whole{1, 6, People::redrawn, {4, 8, 12, 16, 2, 6}};
  const Interval told = interval_of_means({part, whole}, ratio);
  CHECK(told.mean == Approx(0.5));
  CHECK(told.half_width < 1e-12);
}

TEST_CASE("draws are units, and futures that lack a number are left out of all") {
  const Futures sales{2, 2, People::redrawn, {1, missing, 3, 5}}, units{2, 2, People::redrawn, {2, 100, 2, 2}};
  const Interval told = interval_of_means({sales, units}, ratio);
  CHECK(told.values == 2);
  CHECK(told.mean == Approx(2.5 / 2));  // means of draws: 1 and 4 over 2 and 2
  const Futures each = in_each_future({sales, units}, ratio);
  CHECK(each.at(0, 0) == Approx(0.5));
  CHECK(std::isnan(each.at(0, 1)));
  CHECK(each.at(1, 1) == Approx(2.5));
}

TEST_CASE("what is not defined, or hangs on one future alone, has no interval and says why") {
  const Futures none{1, 3, People::redrawn, {0, 0, 0}}, one{1, 3, People::redrawn, {0, 2, 0}};
  CHECK(std::isnan(interval_of_means({one, none}, ratio).mean));
  CHECK_FALSE(interval_of_means({one, none}, ratio).why_missing.empty());
  const Interval told = interval_of_means({none, one}, ratio);
  CHECK(told.mean == 0);
  CHECK(std::isnan(told.half_width));
  CHECK_FALSE(told.why_missing.empty());
  const Futures single{1, 1, People::redrawn, {3}};
  CHECK(interval_of_means({single, single}, ratio).mean == Approx(1));
  CHECK(std::isnan(interval_of_means({single, single}, ratio).half_width));
}

TEST_CASE("an interval of a ratio covers what it says") {
  Normals normals(7);
  constexpr int trials = 2000, futures = 20;
  int covered = 0;
  for (int trial = 0; trial < trials; ++trial) {
    Futures sales{1, futures, People::redrawn, {}}, units = sales;
    for (int f = 0; f < futures; ++f) {
      units.values.push_back(10 + normals.next());
      sales.values.push_back(0.03 * units.values.back() + 0.2 * normals.next());
    }
    const Interval told = interval_of_means({sales, units}, ratio);
    covered += told.low() <= 0.03 && 0.03 <= told.high() ? 1 : 0;
  }
  CHECK(covered > 0.93 * trials);  // 95 %, four standard errors below
  CHECK(covered < 0.97 * trials);
}

}  // namespace clientele::tests
