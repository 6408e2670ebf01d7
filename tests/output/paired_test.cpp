// An interval is as wide as what is independent allows, and covers the truth as often as it says.
#include "output/statistics/paired.hpp"

#include <cmath>

#include "tests/output/normals.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::difference_to;
using output::Interval;
using output::interval_of;
using output::mean_of;
using output::paired_difference;
using sim::People;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

sim::Study study_of(std::uint32_t draws, std::uint32_t replications, People people) {
  sim::Study study;
  study.draws = draws;
  study.replications = replications;
  study.population.people = people;
  return study;
}

}  // namespace

TEST_CASE("an interval agrees with one that was computed by hand") {
  const std::vector<double> policy{11, 22, 33, 44}, baseline{10, 20, 30, 40};
  const Interval interval = paired_difference(policy, baseline, People::redrawn);
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

TEST_CASE("two lives of one population are one value") {
  const std::vector<double> policy{1, 3, 5, 7, 20}, baseline(5, 0);
  const Interval paired = paired_difference(policy, baseline, People::paired);
  const Interval by_hand = interval_of(std::vector<double>{2, 6, 20});
  CHECK(paired.mean == by_hand.mean);
  CHECK(paired.half_width == by_hand.half_width);
  CHECK(paired.values == 3);
  CHECK(std::isnan(paired_difference(std::vector<double>{1, 2}, {{0, 0}}, People::paired).half_width));
}

TEST_CASE("a pair with a missing side is left out") {
  const std::vector<double> policy{1, missing, 3}, baseline{0, 0, 0};
  const Interval interval = paired_difference(policy, baseline, People::redrawn);
  CHECK(interval.mean == 2);
  CHECK(interval.values == 2);
}

TEST_CASE("with one draw, replications are compared; with several, means of draws") {
  output::KpiValues values;
  for (std::uint32_t d = 0; d < 3; ++d)
    for (std::uint32_t r = 0; r < 2; ++r) {
      values[{0, 0, d, r}] = {0, 100.0 * r};
      values[{0, 1, d, r}] = {0, 100.0 * r + 10 * d + r};
    }
  const Interval one = difference_to(values, 1, study_of(1, 2, People::redrawn), 0, 1, 0);
  CHECK(one.mean == 0.5);
  CHECK(one.values == 2);
  const Interval several = difference_to(values, 1, study_of(3, 2, People::paired), 0, 1, 0);
  CHECK(several.mean == 10.5);
  CHECK(several.values == 3);
  CHECK(several.half_width == Approx(interval_of(std::vector<double>{0.5, 10.5, 20.5}).half_width));
  CHECK(mean_of(values, 1, study_of(3, 2, People::paired), 0, 0).mean == 50);
}

TEST_CASE("a cell that was not simulated is missing") {
  output::KpiValues values;
  values[{0, 0, 0, 0}] = {1};
  values[{0, 1, 0, 0}] = {3};
  values[{0, 1, 0, 1}] = {9};
  const Interval interval = difference_to(values, 0, study_of(1, 2, People::redrawn), 0, 1, 0);
  CHECK(interval.mean == 2);
  CHECK(interval.values == 1);
  CHECK(std::isnan(interval.half_width));
}

// 2,000 intervals of 95 % cover 95 % with a standard error of 0.49 points: 93.5 to 96.5 is three of them either way.
// Five values with 1.96 in place of 2.776 would cover 87.8 %, and are noticed for certain.
TEST_CASE("intervals of 95 % cover the true difference 95 times in 100") {
  Normals normals(20270101);
  int covered = 0;
  for (int run = 0; run < 2000; ++run) {
    std::vector<double> policy, baseline;
    for (int r = 0; r < 5; ++r) {
      const double luck = 10 * normals.next();
      baseline.push_back(100 + luck);
      policy.push_back(103 + luck + 2 * normals.next());
    }
    const Interval interval = paired_difference(policy, baseline, People::redrawn);
    covered += interval.low() <= 3 && 3 <= interval.high() ? 1 : 0;
  }
  CHECK(covered >= 1870);
  CHECK(covered <= 1930);
}

// Two lives of a population share most of their luck here: taken as independent, they would cover about 84 %.
TEST_CASE("intervals over paired populations cover as often, and would not if lives were taken for populations") {
  Normals normals(20270102);
  int covered = 0, covered_wrongly = 0;
  for (int run = 0; run < 2000; ++run) {
    std::vector<double> policy;
    for (int population = 0; population < 8; ++population) {
      const double shared = 3 * normals.next();
      for (int life = 0; life < 2; ++life) policy.push_back(3 + shared + normals.next());
    }
    const std::vector<double> baseline(policy.size(), 0);
    const auto covers = [](const Interval& i) { return i.low() <= 3 && 3 <= i.high() ? 1 : 0; };
    covered += covers(paired_difference(policy, baseline, People::paired));
    covered_wrongly += covers(paired_difference(policy, baseline, People::redrawn));
  }
  CHECK(covered >= 1870);
  CHECK(covered <= 1930);
  CHECK(covered_wrongly < 1800);
}

}  // namespace clientele::tests
