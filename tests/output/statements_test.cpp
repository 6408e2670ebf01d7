// Three statements of one pair, each by its own rule and none for another.
#include "output/statistics/statements.hpp"

#include <cmath>
#include <limits>

#include "tests/output/normals.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::Futures;
using output::Statements;
using output::statements_of;
using output::Unit;
using output::variance_ratio;
using sim::Direction;
using sim::Luck;
using sim::People;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Statements statements(const Futures& policy, const Futures& baseline, const output::Certainty& certainty = {}) {
  return statements_of(policy, baseline, {Direction::higher_is_better, Luck::fresh, missing, certainty});
}

}  // namespace

TEST_CASE("with several draws the average rests on draws, and the range on futures") {
  Futures policy{3, 5, People::redrawn, {}}, baseline = policy;
  for (int d = 0; d < 3; ++d)
    for (int r = 0; r < 5; ++r) {
      baseline.values.push_back(100 * r);
      policy.values.push_back(100 * r + 10 * d + r);  // draw means of the differences: 2, 12, 22
    }
  const Statements all = statements(policy, baseline);
  CHECK(all.unit == Unit::draws);
  CHECK(all.average.mean == Approx(12));
  CHECK(all.average.values == 3);
  CHECK(all.average.half_width == Approx(24.84138).epsilon(1e-6));  // t 4.302653, sd 10, root of 3
  CHECK(all.range.futures == 15);
  CHECK_THAT(all.range.why_missing, contains("here are 3 sets of assumptions"));
  CHECK(all.futures.better == 14);
  CHECK(all.futures.equal == 1);
  CHECK(all.futures.independent == 3);
  CHECK(all.draws.better == 3);
  CHECK(all.pairs == 15);
  CHECK(all.missing == 0);
}

TEST_CASE("with one draw the average rests on replications, or on populations where two futures share one") {
  Futures policy{1, 4, People::redrawn, {1, 3, 5, 11}};
  const Futures nothing{1, 4, People::redrawn, {0, 0, 0, 0}};
  const Statements redrawn = statements(policy, nothing);
  CHECK(redrawn.unit == Unit::replications);
  CHECK(redrawn.average.values == 4);
  CHECK_THAT(redrawn.draws.why_missing, contains("one draw"));
  CHECK(std::isnan(redrawn.draws.share));
  Futures none = nothing;
  policy.people = none.people = People::paired;
  const Statements paired = statements(policy, none);
  CHECK(paired.unit == Unit::populations);
  CHECK(paired.average.values == 2);
  CHECK(paired.average.mean == 5);
  CHECK(paired.average.half_width == Approx(38.11861).epsilon(1e-6));  // values 2 and 8: t 12.7062, sd 4.242641
}

TEST_CASE("a pair with a missing side is left out of everything, and counted") {
  const Futures policy{1, 4, People::redrawn, {3, missing, 5, 100}},
      baseline{1, 4, People::redrawn, {1, 2, 2, missing}};
  const Statements all = statements(policy, baseline);
  CHECK(all.pairs == 2);
  CHECK(all.missing == 2);
  CHECK(all.average.mean == 2.5);
  CHECK(all.futures.better == 2);
  CHECK(all.futures_saved == Approx((2 + 0.5) / 0.5));  // 3, 5 against 1, 2; differences 2, 3
}

TEST_CASE("intervals that hold together are those of Bonferroni") {
  const Futures policy{1, 4, People::redrawn, {1, 2, 3, 4}}, baseline{1, 4, People::redrawn, {0, 0, 0, 0}};
  const Statements all = statements(policy, baseline, {0.95, 10});
  CHECK(all.average.half_width == Approx(2.054260).epsilon(1e-6));
  CHECK(all.half_width_together == Approx(4.811096).epsilon(1e-6));  // t of 0.9975 with 3: 7.453319
  CHECK(statements(policy, baseline, {0.95, 1}).half_width_together == all.average.half_width);
}

TEST_CASE("shared luck saves as many futures as the variances say") {
  const Futures a{1, 4, People::redrawn, {1, 2, 3, 4}}, b{1, 4, People::redrawn, {1, 2, 3, 6}};
  CHECK(variance_ratio(a, b) == Approx((5.0 / 3 + 14.0 / 3) / 1));  // differences 0, 0, 0, -2: variance 1
  const Futures shifted{1, 4, People::redrawn, {2, 3, 4, 5}};
  CHECK(std::isinf(variance_ratio(a, shifted)));
  const Futures one{1, 1, People::redrawn, {1}};
  CHECK(std::isnan(variance_ratio(one, one)));
}

TEST_CASE("draws have no part in what shared luck saves, and one replication a draw does not tell it") {
  // Draws move the policy by 1000; inside them both sides vary by 2 and the difference by 2 (variances 2, 2 and 2).
  const Futures policy{2, 2, People::redrawn, {0, 2, 1000, 1002}}, baseline{2, 2, People::redrawn, {1, 1, 1, 1}};
  CHECK(variance_ratio(policy, baseline) == Approx((2.0 + 0) / 2));
  const Futures single{4, 1, People::redrawn, {1, 2, 3, 4}}, other{4, 1, People::redrawn, {1, 2, 4, 3}};
  CHECK(std::isnan(variance_ratio(single, other)));
}

TEST_CASE("a ratio is told in a digit, since it is no better known") {
  CHECK(output::about(16.5) == "17");
  CHECK(output::about(87.7) == "90");
  CHECK(output::about(123) == "120");
  CHECK(output::about(3.4) == "3");
}

// Ten true differences of 0 that are compared at once: alone, at least one of ten intervals misses in about 40 % of
// runs; together they should miss in at most 5 %. Over 2,000 runs the standard error is 0.5 points.
TEST_CASE("together, all intervals of an answer hold as often as one of them alone") {
  Normals normals(20270204);
  int all_alone = 0, all_together = 0;
  for (int run = 0; run < 2000; ++run) {
    bool alone = true, together = true;
    for (int kpi = 0; kpi < 10; ++kpi) {
      Futures policy{1, 8, People::redrawn, {}};
      for (int r = 0; r < 8; ++r) policy.values.push_back(normals.next());
      const Statements s = statements(policy, {1, 8, People::redrawn, std::vector<double>(8, 0.0)}, {0.95, 10});
      alone = alone && std::fabs(s.average.mean) <= s.average.half_width;
      together = together && std::fabs(s.average.mean) <= s.half_width_together;
    }
    all_alone += alone ? 1 : 0;
    all_together += together ? 1 : 0;
  }
  CHECK(all_together > 0.935 * 2000);
  CHECK(all_together < 0.97 * 2000);
  CHECK(all_alone < 0.70 * 2000);
}

}  // namespace clientele::tests
