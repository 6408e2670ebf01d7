// Counts become KPIs by rules that a hand can follow, and cells become statistics in whatever order they come.
#include "sim/sink.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Cell;
using sim::CellOutcome;
using sim::InternalFault;
using sim::KpiInfo;
using sim::KpiRule;
using sim::MemorySink;
using sim::MetricUnit;
using sim::OutcomeInfo;
using sim::StatisticsSink;
using sim::Term;

namespace {

/// Three months, two tiers, one group; sales (money) and visits (count).
OutcomeInfo small_info() {
  OutcomeInfo info;
  info.metrics = {{"sales", "", MetricUnit::money, 1},
                  {"visits", "", MetricUnit::count, 1},
                  {"halves", "", MetricUnit::count, 0.5},
                  {"costs", "", MetricUnit::money, 1}};
  info.months = 3;
  info.tiers = 2;
  info.groups = 1;
  return info;
}

/// [month][tier][metric]. Sales by month: 300, 700, 500; visits: 3, 0, 10; halves: 4, 2, 2; costs: 100, 300, 100.
const std::vector<std::int64_t> counts{100, 1, 3, 50,  200, 2, 1, 50,   //
                                       300, 0, 0, 0,   400, 0, 2, 300,  //
                                       500, 4, 1, 100, 0,   6, 1, 0};

double value(KpiRule rule, std::vector<Term> above, std::vector<Term> below = {}, double factor = 1,
             double parameter = 0) {
  KpiInfo kpi;
  kpi.rule = rule;
  kpi.numerator = std::move(above);
  kpi.denominator = std::move(below);
  kpi.factor = factor;
  kpi.parameter = parameter;
  return evaluate(kpi, small_info(), 0.25, {{}, counts, {}, {}, {}});
}

CellOutcome with_counts(const Cell& cell, std::int64_t sales) {
  std::vector<std::int64_t> sold(24, 0);
  sold[0] = sales;
  return {cell, sold, {}};
}

OutcomeInfo info_with_total() {
  OutcomeInfo info = small_info();
  KpiInfo total;
  total.name = "sales";
  total.numerator = {{"sales"}};
  info.kpis = {total};
  return info;
}

}  // namespace

TEST_CASE("the month of the highest value is the first of equals, and of the horizon") {
  CHECK(value(KpiRule::month_of_highest, {{"sales"}}) == 1);                // 300, 700, 500
  CHECK(value(KpiRule::month_of_highest, {{"visits"}}) == 2);               // 3, 0, 10
  CHECK(value(KpiRule::month_of_highest, {{"halves"}}) == 0);               // 4, 2, 2
  CHECK(value(KpiRule::month_of_highest, {{"costs"}}) == 1);                // 100, 300, 100
  CHECK(value(KpiRule::month_of_highest, {{"sales"}}, {{"visits"}}) == 0);  // 100, missing, 50
}

TEST_CASE("a total adds months, tiers and groups, money times its quantum") {
  CHECK(value(KpiRule::total, {{"sales"}}) == 1500 * 0.25);
  CHECK(value(KpiRule::total, {{"visits"}}) == 13);
  CHECK(value(KpiRule::total, {{"halves"}}) == 4);
  CHECK(value(KpiRule::total, {{"sales"}, {"costs", -2}}, {}, 10) == 10 * 0.25 * (1500 - 2 * 500));
}

TEST_CASE("a KPI can be of a tier: ratios of its own counts, totals that add up to that of all customers") {
  const auto of_tier = [](KpiRule rule, std::vector<Term> below, std::optional<std::size_t> tier) {
    KpiInfo kpi;
    kpi.rule = rule;
    kpi.numerator = {{"sales"}};
    kpi.denominator = std::move(below);
    return evaluate(kpi, small_info(), 0.25, {{}, counts, {}, {}, {}}, {.tier = tier});
  };
  CHECK(of_tier(KpiRule::total, {}, 0) == 0.25 * 900);
  CHECK(of_tier(KpiRule::total, {}, 0) + of_tier(KpiRule::total, {}, 1) == of_tier(KpiRule::total, {}, {}));
  CHECK(of_tier(KpiRule::ratio, {{"costs"}}, 0) == 6);
  CHECK(of_tier(KpiRule::highest, {}, 1) == 0.25 * 400);
}

TEST_CASE("a ratio divides totals; money over money needs no quantum") {
  CHECK(value(KpiRule::ratio, {{"sales"}}, {{"visits"}}, 2) == 2 * (0.25 * 1500) / 13);
  CHECK(value(KpiRule::ratio, {{"costs"}}, {{"sales"}}) == 500.0 / 1500);
  CHECK(value(KpiRule::ratio, {{"visits"}}, {{"sales"}}) == 13 / (0.25 * 1500));
}

TEST_CASE("a ratio to nothing is missing") {
  CHECK(std::isnan(value(KpiRule::ratio, {{"sales"}}, {{"visits"}, {"visits", -1}})));
}

TEST_CASE("a discounted total counts month 0 in full") {
  CHECK(value(KpiRule::discounted_total, {{"sales"}}, {}, 1, 0) == 375);
  CHECK(value(KpiRule::discounted_total, {{"sales"}}, {}, 2, 1) == 2 * 0.25 * (300 + 700 / 2.0 + 500 / 4.0));
}

TEST_CASE("highest, lowest and last speak of months") {
  CHECK(value(KpiRule::highest, {{"sales"}}) == 0.25 * 700);
  CHECK(value(KpiRule::lowest, {{"sales"}}) == 0.25 * 300);
  CHECK(value(KpiRule::last, {{"sales"}}) == 0.25 * 500);
}

TEST_CASE("with a denominator, months without one are left out") {
  CHECK(value(KpiRule::highest, {{"sales"}}, {{"visits"}}) == 0.25 * 300 / 3);
  CHECK(value(KpiRule::lowest, {{"sales"}}, {{"visits"}}) == 0.25 * 500 / 10);
  CHECK(value(KpiRule::last, {{"visits"}}, {{"halves"}}) == 10);
  CHECK(std::isnan(value(KpiRule::highest, {{"sales"}}, {{"visits"}, {"visits", -1}})));
}

TEST_CASE("the first month above a bound is counted from 0, and missing if there is none") {
  CHECK(value(KpiRule::first_month_above, {{"sales"}}, {}, 1, 0.25 * 300) == 1);
  CHECK(value(KpiRule::first_month_above, {{"visits"}}, {}, 1, 2) == 0);
  CHECK(value(KpiRule::first_month_above, {{"visits"}}, {}, 0.5, 2) == 2);
  CHECK(std::isnan(value(KpiRule::first_month_above, {{"visits"}}, {}, 1, 10)));
}

TEST_CASE("a run-off adds to totals and to nothing else") {
  OutcomeInfo info = small_info();
  info.run_off = 1;  // the last of three months: sales 300, 700, 500; visits 3, 0, 10
  const auto of = [&](KpiRule rule, std::vector<Term> above, std::vector<Term> below = {}, double parameter = 0) {
    KpiInfo kpi;
    kpi.rule = rule, kpi.numerator = std::move(above), kpi.denominator = std::move(below), kpi.parameter = parameter;
    return evaluate(kpi, info, 1, {{}, counts, {}, {}, {}});
  };
  CHECK(of(KpiRule::total, {{"sales"}}) == 1500);
  CHECK(of(KpiRule::discounted_total, {{"sales"}}, {}, 1.0) == 300 + 350);
  CHECK(of(KpiRule::ratio, {{"sales"}}, {{"costs"}}) == 1000.0 / 400);
  CHECK(of(KpiRule::last, {{"sales"}}) == 700);
  CHECK(of(KpiRule::highest, {{"visits"}}) == 3);
  CHECK(of(KpiRule::lowest, {{"halves"}}) == 1);
  CHECK(std::isnan(of(KpiRule::first_month_above, {{"visits"}}, {}, 5)));
}

namespace {

/// Of a month: what has been sold less what it cost, so far; missing in months without a visit.
sim::MonthlyRule earned_so_far() {
  sim::MonthlyRule rule;
  rule.inputs = {{{"sales"}, {"costs", -1}}, {{"visits"}}};
  rule.function = [](const std::vector<sim::Series>& of) {
    sim::Series series;
    double sum = 0;
    for (std::size_t t = 0; t < of[0].size(); ++t) {
      sum += of[0][t];
      series.push_back(of[1][t] == 0 ? std::numeric_limits<double>::quiet_NaN() : sum);
    }
    return series;
  };
  return rule;
}

}  // namespace

TEST_CASE("a KPI by a monthly rule looks at a series that is made of whole series, money in currency") {
  OutcomeInfo info = small_info();
  KpiInfo kpi;
  kpi.monthly = earned_so_far();
  const auto of = [&](KpiRule rule, double parameter = 0) {
    kpi.rule = rule, kpi.parameter = parameter;
    return evaluate(kpi, info, 0.25, {{}, counts, {}, {}, {}});
  };
  // Sales less costs: 200, 400, 400 quanta; so far 50, 150, 250 of the currency; nobody visits in month 1.
  CHECK(of(KpiRule::last) == 250);
  CHECK(of(KpiRule::highest) == 250);
  CHECK(of(KpiRule::lowest) == 50);
  CHECK(of(KpiRule::month_of_highest) == 2);
  CHECK(of(KpiRule::first_month_above, 60) == 2);
  CHECK(std::isnan(of(KpiRule::first_month_above, 250)));
  const sim::Series series = evaluate_by_month(kpi, info, 0.25, {{}, counts, {}, {}, {}});
  REQUIRE(series.size() == 3);
  CHECK(series[0] == 50);
  CHECK(std::isnan(series[1]));
  CHECK(series[2] == 250);
  // Of tier 1 alone: 150, 100 and 0 quanta; visits 2, 0, 6.
  CHECK(evaluate_by_month(kpi, info, 0.25, {{}, counts, {}, {}, {}}, {.tier = 1})[2] == 0.25 * 250);
  info.run_off = 1;
  CHECK(std::isnan(of(KpiRule::last)));
  CHECK(of(KpiRule::highest) == 50);
}

TEST_CASE("a series of months is what a rule of single months looks at without a monthly rule, too") {
  KpiInfo kpi;
  kpi.rule = KpiRule::highest;
  kpi.numerator = {{"sales"}};
  const CellOutcome outcome{{}, counts, {}, {}, {}};
  CHECK(evaluate_by_month(kpi, small_info(), 0.25, outcome) == sim::Series{75, 175, 125});
  kpi.denominator = {{"visits"}};
  CHECK(std::isnan(evaluate_by_month(kpi, small_info(), 0.25, outcome)[1]));
  kpi.rule = KpiRule::ratio;
  CHECK_THROWS_AS(evaluate_by_month(kpi, small_info(), 0.25, outcome), InternalFault);
}

TEST_CASE("what a monthly rule gives is neither added up nor multiplied, and has a value for every month") {
  const CellOutcome outcome{{}, counts, {}, {}, {}};
  const auto fails = [&](const KpiInfo& kpi) {
    CHECK_THROWS_AS(evaluate(kpi, small_info(), 1, outcome), InternalFault);
  };
  KpiInfo kpi;
  kpi.monthly = earned_so_far();
  for (const KpiRule rule : {KpiRule::total, KpiRule::ratio, KpiRule::discounted_total}) {
    kpi.rule = rule;
    fails(kpi);
  }
  kpi.rule = KpiRule::last;
  kpi.factor = 2;
  fails(kpi);
  kpi.factor = 1;
  kpi.monthly->inputs = {{{"sales"}, {"visits"}}, {{"visits"}}};
  fails(kpi);
  kpi.monthly = earned_so_far();
  kpi.monthly->function = [](const std::vector<sim::Series>&) { return sim::Series{1, 2}; };
  fails(kpi);
}

TEST_CASE("KPIs that look at one series keep it once, and those without a name for it not at all") {
  OutcomeInfo info = small_info();
  KpiInfo plain, unnamed, low, high;
  unnamed.monthly = low.monthly = high.monthly = earned_so_far();
  low.monthly->series = high.monthly->series = "earned";
  info.kpis = {plain, unnamed, low, high};
  CHECK(info.series() == std::vector<std::size_t>{2});
}

TEST_CASE("a discounted total charges balances at r / (1 + r) and goes on beyond the horizon") {
  OutcomeInfo info = small_info();
  info.metrics[0].months = sim::MonthsOf::also_beyond;  // sales
  info.metrics[3].months = sim::MonthsOf::also_beyond;  // costs, as a balance
  info.closed = 2;
  info.months_beyond = 3;
  const CellOutcome outcome{{}, counts, {}, {}, {80, 10, 0, 0, 160, 0, 0, 20, 0, 16, 0, 0}};  // sales, costs by tier
  KpiInfo kpi;
  kpi.rule = KpiRule::discounted_total, kpi.parameter = 1;
  kpi.numerator = kpi.beyond = {{"sales"}};
  kpi.balances = kpi.balances_beyond = {{"costs"}};
  const double within = (300 - 50) + (700 - 150) / 2.0 + (500 - 50) / 4.0;
  CHECK(evaluate(kpi, info, 1, outcome) == within + (80 - 5) / 8.0 + (160 - 10) / 16.0 - 8 / 32.0);
  kpi.reach = sim::Reach::half;
  CHECK(evaluate(kpi, info, 1, outcome) == within + (80 - 5) / 8.0);
  kpi.parameter_of_draw = {0, 1};
  CHECK(evaluate(kpi, info, 1, outcome) == 1500 + 80);
  kpi.beyond = {{"visits"}};
  CHECK_THROWS_AS(evaluate(kpi, info, 1, outcome), InternalFault);
}

TEST_CASE("a formula over a metric that is not there, or over money and counts at once, stops the program") {
  CHECK_THROWS_AS(value(KpiRule::total, {{"salez"}}), InternalFault);
  CHECK_THROWS_AS(value(KpiRule::total, {{"sales"}, {"visits"}}), InternalFault);
}

TEST_CASE("totals are exact where doubles are not") {
  OutcomeInfo info = small_info();
  info.months = 1;
  info.tiers = 3;
  info.metrics.resize(1);
  info.metrics[0].unit = MetricUnit::count;
  KpiInfo kpi;
  kpi.numerator = {{"sales"}};
  const std::int64_t huge = std::int64_t{1} << 60;
  CHECK(evaluate(kpi, info, 1, {{}, {huge, 1, -huge}, {}, {}, {}}) == 1);
}

TEST_CASE("running statistics do not see the order in which cells come") {
  const std::array<std::int64_t, 4> sales{4, 8, 12, 40};
  StatisticsSink forward(info_with_total(), 0.25), backward(info_with_total(), 0.25);
  for (std::uint32_t r = 0; r < 4; ++r) {
    forward.accept(with_counts({0, 1, 0, r}, sales[r]));
    backward.accept(with_counts({0, 1, 0, 3 - r}, sales[3 - r]));
  }
  forward.accept(with_counts({0, 1, 1, 0}, 1000));  // another draw
  forward.accept(with_counts({1, 1, 0, 0}, 1000));  // another scenario
  const auto summary = forward.summary(0, 0, 1, 0), other = backward.summary(0, 0, 1, 0);
  CHECK(summary.cells == 4);
  CHECK(summary.mean == 4);  // of 1, 2, 3 and 10
  CHECK(summary.variance == Approx((9 + 4 + 1 + 36) / 3.0));
  CHECK(other.mean == summary.mean);
  CHECK(other.variance == summary.variance);
}

TEST_CASE("statistics of too few cells are missing") {
  StatisticsSink sink(info_with_total(), 0.25);
  CHECK(sink.summary(0, 0, 0, 0).cells == 0);
  CHECK(std::isnan(sink.summary(0, 0, 0, 0).mean));
  sink.accept(with_counts({0, 0, 0, 0}, 4));
  CHECK(sink.summary(0, 0, 0, 0).mean == 1);
  CHECK(std::isnan(sink.summary(0, 0, 0, 0).variance));
}

TEST_CASE("a memory sink keeps cells in their order") {
  MemorySink sink;
  sink.accept(with_counts({0, 0, 0, 1}, 2));
  sink.accept(with_counts({0, 0, 0, 0}, 1));
  REQUIRE(sink.outcomes().size() == 2);
  CHECK(sink.outcomes().begin()->second.counts[0] == 1);
}

}  // namespace clientele::tests
