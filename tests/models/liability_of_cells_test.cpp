// What is owed, from what a cell counts of its points: ages, cohorts, and what a close may know.
#include <cmath>
#include <string>
#include <vector>

#include "models/catalogue.hpp"
#include "models/loyalty/liability.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/sink.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using models::Estimate, models::Liability, models::LiabilityPeriod;
using sim::Series;

/// What a cell counts, made by hand: held, redeemed, broken and earned by validity, [month][metric][age].
struct HandMade {
  std::size_t horizon = 0, closed = 0, ages = 0;
  std::vector<std::int64_t> counts = {};
  double deferred_of_point = 0.007, value = 0.01;
  std::vector<Series> inputs = {};

  std::int64_t& at(std::size_t month, std::size_t metric, std::size_t age) {
    return counts[(month * 4 + metric) * ages + age];
  }
  sim::AgedInputs cell() {
    inputs.assign(7, Series(horizon));
    for (std::size_t t = 0; t < horizon; ++t) {
      for (std::size_t age = 0; age < ages; ++age)
        for (std::size_t metric = 0; metric < 3; ++metric) inputs[metric][t] += static_cast<double>(at(t, metric, age));
      double earned = 0;
      for (std::size_t months = 0; months < ages; ++months) earned += static_cast<double>(at(t, 3, months));
      inputs[3][t] = deferred_of_point * earned;
      inputs[4][t] = inputs[5][t] = value * inputs[0][t];
      inputs[6][t] = 0.85 * inputs[5][t];
    }
    return {.inputs = inputs,
            .by_age = {.months = horizon + closed,
                       .horizon = horizon,
                       .closed = closed,
                       .beyond = horizon,
                       .metrics = 4,
                       .ages = ages,
                       .counts = counts},
            .parameters = {0.8, 0.1, 0, 0.005},
            .money_quantum = 0.01};
  }
};

/// A program that has gone on for long: a month earns 1000 points, and of what is held `redeems` goes each month until
/// it ends at `validity`; from month `cut` on at `shorter`, what is held as well.
HandMade steady(std::size_t horizon, std::size_t closed, std::size_t validity, double redeems, std::size_t cut = 1000,
                std::size_t shorter = 0) {
  HandMade made{.horizon = horizon, .closed = closed, .ages = validity + 1};
  made.counts.resize((horizon + closed) * 4 * made.ages);
  std::vector<std::int64_t> held(made.ages);
  for (std::size_t month = 0; month < 3 * validity + horizon + closed; ++month) {
    const bool is_told = month >= 3 * validity;
    const std::size_t t = month - 3 * validity, ends = is_told && t >= cut ? shorter : validity;
    std::vector<std::int64_t> next(made.ages);
    for (std::size_t age = 1; age < made.ages; ++age) {
      const std::int64_t before = held[age - 1];
      const auto goes = static_cast<std::int64_t>(std::llround(redeems * static_cast<double>(before)));
      const std::size_t told_as = std::min(age, ends);
      if (is_told) made.at(t, 1, told_as) += goes;
      if (age >= ends) {
        if (is_told) made.at(t, 2, told_as) += before - goes;
      } else {
        next[age] = before - goes;
      }
    }
    next[0] = 1000;
    held = next;
    if (!is_told) continue;
    for (std::size_t age = 0; age < made.ages; ++age) made.at(t, 0, age) = held[age];
    made.at(t, 3, ends) = 1000;
  }
  return made;
}

double redeemed_of(double chance, std::size_t validity) {
  return 1 - std::pow(1 - chance, static_cast<double>(validity));
}

/// Rolls forward to the quantum.
void check_roll(const Liability& books) {
  std::int64_t opening = books.periods().front().opening;
  for (const LiabilityPeriod& period : books.periods()) {
    REQUIRE(period.opening == opening);
    REQUIRE(period.closing == opening + period.deferred - period.recognized + period.catch_up);
    REQUIRE(period.closing >= 0);
    opening = period.closing;
  }
}

}  // namespace

TEST_CASE("ages become cohorts: all points of a steady program are where the closed form says") {
  HandMade made = steady(24, 12, 12, 0.1);
  const auto points = models::points_of_cell(made.cell());
  REQUIRE(points);
  CHECK(points->opening == 12);
  CHECK(points->is_over);
  const double truth = redeemed_of(0.1, 12);
  for (std::size_t cohort = points->opening; cohort < points->opening + 24; ++cohort) {
    REQUIRE(points->triangle.issued(cohort) == 1000);
    REQUIRE(static_cast<double>(points->triangle.redeemed_until(cohort, cohort + 12)) ==
            Approx(1000 * truth).margin(6));
    REQUIRE(points->triangle.open(cohort, cohort + 12) == 0);
  }
  CHECK(points->triangle.open(points->opening + 5) == [&] {
    std::int64_t all = 0;
    for (std::size_t age = 0; age < made.ages; ++age) all += made.at(5, 0, age);
    return all;
  }());
  const sim::AgedInputs cell = made.cell();
  const Liability by_truth(cell, Estimate::truth), by_triangle(cell, Estimate::triangle),
      by_prior(cell, Estimate::fixed);
  CHECK(by_truth.redeemed_in_the_end().back() == Approx(truth).margin(0.006));
  CHECK(by_triangle.redeemed_in_the_end().back() == Approx(truth).margin(0.006));
  CHECK(by_triangle.redeemed_in_the_end().front() == Approx(0.8));  // nothing of its own yet: the prior
  for (const Liability* books : {&by_truth, &by_triangle, &by_prior}) check_roll(*books);
  // of 7 a month, the part that is not redeemed yet of what will be, over the ages of what is open
  double owed = 0;
  for (std::size_t age = 0; age < 12; ++age) owed += 7 * (1 - redeemed_of(0.1, age) / truth);
  CHECK(by_truth.contract().back() == Approx(owed).epsilon(0.01));
  CHECK(by_triangle.contract().back() == Approx(owed).epsilon(0.01));
}

TEST_CASE("what was earned before month 0 is developed by what becomes of open points, from the first close on") {
  HandMade made = steady(12, 12, 12, 0.1);
  const sim::AgedInputs cell = made.cell();
  const auto points = models::points_of_cell(cell);
  REQUIRE(points);
  const models::TriangleRule rule{.prior = 0.8, .validity = 12, .open_share = 0.85};
  const std::size_t first = points->opening;
  const models::UltimateRedemption now = triangle_redemption(points->triangle, first, rule);
  const models::UltimateRedemption then = true_redemption(points->triangle, first);
  for (std::size_t cohort = 0; cohort < first; ++cohort) CHECK(now[cohort] == Approx(then[cohort]).margin(6));
}

TEST_CASE("a close knows nothing of what comes after it") {
  HandMade made = steady(24, 12, 12, 0.1), other = steady(24, 12, 12, 0.1);
  for (std::size_t t = 15; t < 36; ++t)  // another course from month 15 on: all that is held is redeemed
    for (std::size_t age = 0; age < 13; ++age) {
      other.at(t, 1, age) = t == 15 && age > 0 ? made.at(14, 0, age - 1) : t > 15 && age == 1 ? 1000 : 0;
      other.at(t, 2, age) = 0;
      other.at(t, 0, age) = age == 0 ? 1000 : 0;
    }
  const sim::AgedInputs one = made.cell(), two = other.cell();
  for (const Estimate estimate : {Estimate::fixed, Estimate::triangle}) {
    const Liability here(one, estimate), there(two, estimate);
    for (std::size_t t = 0; t < 24; ++t) {
      INFO("month " << t);
      const bool is_known = t < 15;
      CHECK((here.contract()[t] == there.contract()[t]) == is_known);
      if (is_known) CHECK(here.expected_cost()[t] == there.expected_cost()[t]);
      if (is_known) CHECK(here.redeemed_in_the_end()[t] == there.redeemed_in_the_end()[t]);
    }
  }
}

TEST_CASE("a cut of validity that ends what is held: every point is redeemed or broken once, and its sale recognized") {
  HandMade made = steady(36, 12, 12, 0.1, 10, 6);
  const sim::AgedInputs cell = made.cell();
  const auto points = models::points_of_cell(cell);
  REQUIRE(points);
  CHECK(points->validity[9] == 12);
  CHECK(points->validity[10] == 6);
  for (std::size_t cohort = 0; cohort < points->opening + 36; ++cohort) {
    std::int64_t redeemed = 0, broken = 0;
    for (std::size_t age = 0; cohort + age < points->triangle.periods(); ++age) {
      REQUIRE(points->triangle.redeemed(cohort, age) >= 0);
      REQUIRE(points->triangle.broken(cohort, age) >= 0);
      redeemed += points->triangle.redeemed(cohort, age);
      broken += points->triangle.broken(cohort, age);
    }
    REQUIRE(redeemed + broken == points->triangle.issued(cohort));
  }
  check_roll(Liability(cell, Estimate::triangle));
  const Liability by_truth(cell, Estimate::truth), by_triangle(cell, Estimate::triangle);
  CHECK(by_triangle.contract().back() == Approx(by_truth.contract().back()).epsilon(0.01));
  CHECK(by_triangle.contract()[9] > 1.5 * by_triangle.contract().back());
}

TEST_CASE("points whose month of issue does not follow from their end have no triangle, and say so") {
  const auto is_missing = [](HandMade made) {
    const sim::AgedInputs cell = made.cell();
    return std::isnan(Liability(cell, Estimate::triangle).contract().back());
  };
  HandMade two_kinds = steady(12, 12, 6, 0.1);
  two_kinds.at(3, 3, 6) = 500;
  two_kinds.at(3, 3, 4) = 500;
  CHECK(is_missing(two_kinds));
  HandMade lost = steady(12, 12, 6, 0.1);
  const sim::AgedInputs whole = lost.cell();
  CHECK_FALSE(std::isnan(Liability(whole, Estimate::triangle).contract().back()));
  lost.inputs[0][4] += 1;  // a point that stands under no age
  CHECK_FALSE(models::points_of_cell({lost.inputs, whole.by_age, whole.parameters, 0.01}).has_value());
  HandMade cut_off = steady(12, 3, 6, 0.1);  // points of the last month are open when all months are over
  const sim::AgedInputs open = cut_off.cell();
  CHECK(std::isnan(Liability(open, Estimate::truth).contract().back()));
  CHECK_FALSE(std::isnan(Liability(open, Estimate::triangle).contract().back()));
}

TEST_CASE("a constraint defers more, and the cost of rewards is discounted to the close") {
  HandMade made = steady(24, 12, 12, 0.1);
  sim::AgedInputs cell = made.cell();
  const Series mean = Liability(cell, Estimate::triangle).contract();
  const Series cost = Liability(cell, Estimate::triangle).expected_cost();
  cell.parameters[2] = 0.9;
  const Series careful = Liability(cell, Estimate::triangle).contract();
  CHECK(careful[3] > mean[3]);     // before redemptions tell: by the standard deviation of the prior
  CHECK(careful[23] >= mean[23]);  // after: by what cohorts differ in, here by rounding
  CHECK(careful[23] < 1.05 * mean[23]);
  cell.parameters[2] = 0;
  cell.parameters[3] = 0;
  const Series undiscounted = Liability(cell, Estimate::triangle).expected_cost();
  for (std::size_t t = 0; t < 24; ++t) CHECK(cost[t] < undiscounted[t]);
  // a tenth of what is held each month, to the end of twelve: half of a year's average of five months at .5 %
  CHECK(cost[23] / undiscounted[23] == Approx(1 - 0.005 * 4.5).margin(0.01));
}

TEST_CASE("a study that counts points by age: its cells say the same as their ledgers") {
  const std::string text = R"(
title = "t"
seed = 5
[horizon]
start = 2027-01-01
months = 30
warmup = 12
[beyond]
months = 16
[population]
customers = 800
[purchasing]
orders_per_month = { dist = "gamma", mean = 0.8, shape = 0.9 }
order_value = { dist = "lognormal", mean = 60, between = 0.5, within = 0.6 }
[returns]
chance = 0.1
[redemption]
block = 50
[count]
triangle = true
[[scenario]]
name = "base"
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ { name = "all", earn = 1, points_valid = 12 } ]
[[policy]]
name = "later"
segmentation = { rule = "earned" }
tier = [ { name = "member", from = 0, earn = 1, points_valid = 12 }, { name = "none", join = 0.3, points_valid = 12 } ]
[[policy]]
name = "two kinds"
segmentation = { rule = "spend" }
tier = [ { name = "a", from = 70, earn = 1, points_valid = 14 }, { name = "b", earn = 1, points_valid = 8 } ]
[[policy]]
name = "none"
segmentation = "everyone"
tier = [ { name = "all" } ]
[experiment]
baseline = "today"
replications = 2
)";
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = scenarios::read_study_text(text, "a.toml", ".", catalogue).study;
  const Outcome outcome(study, catalogue);
  const sim::OutcomeInfo& info = outcome.info();
  const auto kpi = [&](const char* name, const sim::Cell& cell) {
    const auto found = std::ranges::find(info.kpis, name, &sim::KpiInfo::name);
    REQUIRE(found != info.kpis.end());
    return sim::evaluate(*found, info, study.money_quantum, outcome.cells().at(cell));
  };
  REQUIRE(info.aged.size() == 4);
  for (const std::uint32_t policy : {0U, 1U})
    for (const std::uint32_t replication : {0U, 1U}) {
      const sim::Cell cell{0, policy, 0, replication};
      const auto& by_age = outcome.cells().at(cell).by_age;
      for (int month = 0; month < outcome.months(); ++month) {
        std::int64_t held = 0, redeemed = 0, broken = 0;
        for (std::size_t age = 0; age < info.ages; ++age) {
          const std::size_t row = static_cast<std::size_t>(month) * 4 * info.ages + age;
          held += by_age[row];
          redeemed += by_age[row + info.ages];
          broken += by_age[row + 2 * info.ages];
        }
        REQUIRE(held == outcome.count("points", month, cell));
        REQUIRE(redeemed == outcome.count("points_redeemed", month, cell));
        REQUIRE(broken ==
                outcome.count("points_expired", month, cell) + outcome.count("points_forfeited", month, cell));
      }
      const double truth = kpi("true_redemption_at_end", cell), expected = kpi("expected_redemption_at_end", cell);
      CHECK(truth > 0.2);
      CHECK(truth < 0.95);
      CHECK(std::fabs(expected - truth) < 0.06);
      CHECK(kpi("contract_liability_at_end", cell) > 0);
      CHECK(kpi("contract_liability_at_end", cell) ==
            Approx(kpi("contract_liability_true_at_end", cell)).epsilon(0.25));
      CHECK(kpi("points_deferred_to_end", cell) > 0);
      CHECK(kpi("points_recognized_to_end", cell) > kpi("breakage_to_end", cell));
      CHECK(kpi("breakage_to_end", cell) > 0);
    }
  CHECK(std::isnan(kpi("contract_liability_at_end", {0, 2, 0, 0})));
  CHECK(kpi("contract_liability_at_end", {0, 3, 0, 0}) == 0);
}

}  // namespace clientele::tests
