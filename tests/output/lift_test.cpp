// What a program must add and what it adds, of programs whose figures are known.
#include "output/comparison/lift.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/invented_program.hpp"

namespace clientele::tests {

using output::ComparisonInput;
using output::Lift;
using output::lifts_of;
using output::ProgramTerms;
using output::Question;

namespace {

Question question() {
  Question question;
  question.scenarios = {0};
  question.policies = {0, 1};
  question.kpis = {"npv"};
  question.program = {.sales = "revenue",
                      .member_sales = "member_sales",
                      .rewards = {{"reward_cost"}},
                      .rewards_ahead = {{"points_of_horizon"}},
                      .fixed = {{"administration_cost"}},
                      .kpis = {"liability_at_end", "redeemed_share", "of another model"},
                      .balance = "owed",
                      .settled = {{"paid"}},
                      .running = "administration_cost"};
  return question;
}

Lift lift_of(const InventedProgram& program, std::size_t futures = 20) {
  const std::vector<Lift> lifts = lifts_of(invented_input(program, futures), question());
  REQUIRE(lifts.size() == 1);
  return lifts.front();
}

}  // namespace

TEST_CASE("where no member reacts the lift is exactly 0, and breaks even at the cost share over what a sale leaves") {
  const Lift lift = lift_of({.margin = 0.4, .cost = 0.01});
  CHECK(lift.implied.mean == 0);
  CHECK(lift.implied.half_width == 0);
  CHECK(lift.implied_in_future.low == 0);
  CHECK(lift.implied_in_future.high == 0);
  CHECK(lift.break_even.mean == Approx(0.01 / (0.4 - 0.01)));
  CHECK(lift.break_even.half_width < 1e-12);
  CHECK(lift.margin.mean == Approx(0.39));
  CHECK(lift.lead.mean == Approx(-0.01 / 0.39));
  CHECK_FALSE(lift.is_against_program);
  CHECK(lift.policy == 1);
}

TEST_CASE("the lift at which a program breaks even is the same however members react") {
  for (const double reaction : {-0.02, 0.0, 0.005, 0.01 / 0.39, 0.1}) {
    INFO(reaction);
    const Lift lift = lift_of({.lifts = {reaction}});
    CHECK(lift.implied.mean == Approx(reaction));
    CHECK(lift.break_even.mean == Approx(0.01 / 0.39));
  }
  const Lift even = lift_of({.lifts = {0.01 / 0.39}});
  CHECK(std::fabs(even.lead.mean) < 1e-12);  // worth as much as the baseline
}

TEST_CASE("lifts are ratios of averages over futures, and the range is of single futures") {
  const Lift lift = lift_of({.lifts = {0.01, 0.03}, .sizes = {1, 3}});
  CHECK(lift.implied.mean == Approx((0.01 + 3 * 0.03) / 4));
  CHECK(lift.break_even.mean == Approx(0.01 / 0.39));
  CHECK(lift.implied.half_width > 0.001);
  CHECK(lift.break_even.half_width < 1e-3);
  CHECK(lift.implied_in_future.low == Approx(0.01));
  CHECK(lift.implied_in_future.high == Approx(0.03));
  CHECK(lift.break_even_in_future.middle == Approx(0.01 / 0.39));
}

TEST_CASE("points that stay open are a cost of the program") {
  // 25 of the 5,000 for which members buy in ten months.
  const Lift lift = lift_of({.rate = 0, .months = 10, .closed = 1, .open = 25});
  CHECK(lift.margin.mean == Approx(0.4 - 0.015));
  CHECK(lift.break_even.mean == Approx(0.01 / 0.385));  // customer equity of all months has no charge for the horizon's
}

TEST_CASE("without time beyond the horizon it is npv that breaks even") {
  const Lift lift = lift_of({.cost = 0.02, .lifts = {0.01}, .closed = 0});
  CHECK(lift.implied.mean == Approx(0.01));
  CHECK(lift.break_even.mean == Approx(0.02 / 0.38));
}

TEST_CASE("where a sale earns nothing after rewards no lift pays, and none is told") {
  const Lift lift = lift_of({.margin = 0.01, .cost = 0.02, .lifts = {0.03}});
  CHECK(lift.implied.mean == Approx(0.03));
  CHECK(lift.margin.mean == Approx(-0.01));
  CHECK(std::isnan(lift.break_even.mean));
  CHECK(std::isnan(lift.lead.mean));
  CHECK_FALSE(lift.break_even.why_missing.empty());
}

TEST_CASE("a lift over a baseline with members is over what its program does") {
  const Lift lift = lift_of({.lifts = {0.02}, .baseline_has_members = true});
  CHECK(lift.is_against_program);
  CHECK(lift.implied.mean == Approx(0.02));
}

TEST_CASE("what cannot be told is not told: across scenarios, without months, without terms, without members") {
  const ComparisonInput input = invented_input({}, 20);
  Question across = question();
  across.across = Question::Across::scenarios;
  CHECK(lifts_of(input, across).empty());
  Question nothing = question();
  nothing.program = {};
  CHECK(lifts_of(input, nothing).empty());
  ComparisonInput summed = input;
  summed.by_month = [](const std::string&, std::size_t, std::size_t) { return std::vector<double>(); };
  CHECK(lifts_of(summed, question()).empty());
  ComparisonInput lacks_one = input;
  lacks_one.by_month_of_horizon = [all = input.by_month_of_horizon](const std::string& metric, std::size_t s,
                                                                    std::size_t p) {
    return metric == "administration_cost" ? std::vector<double>() : all(metric, s, p);
  };
  CHECK(lifts_of(lacks_one, question()).empty());
  Question other_way = question();
  other_way.baseline = 1;  // "today" sells to no member
  CHECK(lifts_of(input, other_way).empty());
}

TEST_CASE("KPIs of a program are told of the arms that sell to members, with their own quantiles") {
  const ComparisonInput input = invented_input({}, 100);
  const output::Comparison c = output::compare(input, question());
  REQUIRE(c.lifts.size() == 1);
  REQUIRE(c.of_program.size() == 2);  // what the cube does not hold is left out
  REQUIRE(c.of_program[0].arms.size() == 1);
  const output::ComparedArm& arm = c.of_program[0].arms.front();
  CHECK(arm.policy == 1);
  CHECK(arm.mean() == Approx(149.5));
  REQUIRE(arm.levels.quantiles.size() == 2);
  CHECK(arm.levels.quantiles[0].value == Approx(179.6).epsilon(0.01));
  CHECK(arm.levels.quantiles[1].value == Approx(195).epsilon(0.01));
  CHECK(arm.levels.quantiles[1].low < arm.levels.quantiles[1].value);
  const Lift& lift = c.lifts.front();
  CHECK_FALSE(lift.costs_to_run);  // 100 a month, as the baseline does
  REQUIRE(lift.payback);
  CHECK(lift.payback->never == 100);
}

}  // namespace clientele::tests
