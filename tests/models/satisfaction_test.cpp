// Satisfaction: the rules by hand, where it settles, and how it spreads.
#include "models/satisfaction.hpp"

#include <cmath>

#include "models/theory/moving_average.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a surprise moves satisfaction by a fifth, a disappointment by half as much again") {
  CHECK(models::adjusted(74.F, 84.F, 0.2F, 1.5F) == Approx(76));
  CHECK(models::adjusted(74.F, 64.F, 0.2F, 1.5F) == Approx(71));
  CHECK(models::adjusted(74.F, 74.F, 0.2F, 1.5F) == 74.F);
}

TEST_CASE("half of the orders late cost fourteen points, care adds, noise has its size") {
  models::SatisfactionParameters p;
  p.performance = 86, p.late_effect = -28, p.defect_effect = -40, p.noise = 3;
  CHECK(models::perceived_performance(p, 0.5F, 0.F, 0.F, 0.F) == Approx(72));
  CHECK(models::perceived_performance(p, 0.F, 1.F, 2.F, 1.F) == Approx(51));
}

/// Customers who order in nearly every month; nothing fails unless said.
sim::Study busy(const sim::Catalogue& catalogue, int months) {
  sim::Study study = default_study(catalogue, 20'000, months);
  set(study, catalogue, "purchasing", "orders_per_month", {12}, 2);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "service", "late_chance", {0});
  set(study, catalogue, "service", "defect_chance", {0});
  return study;
}

TEST_CASE("without failures and noise everybody closes a fifth of the gap each month") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = busy(catalogue, 12);
  set(study, catalogue, "satisfaction", "noise", {0});
  set(study, catalogue, "satisfaction", "start_spread", {0});
  const Outcome outcome(study, catalogue);
  for (int month = 0; month < 12; ++month)
    CHECK(0.01 * static_cast<double>(outcome.count("satisfaction", month)) / 20'000 ==
          Approx(86 - 12 * std::pow(0.8, month + 1)).margin(0.01));
}

TEST_CASE("with even weights and noise alone the mean is the performance and the variance l / (2 - l) of the noise's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = busy(catalogue, 60);
  set(study, catalogue, "satisfaction", "loss_weight", {1});
  study.population.customers = 400;
  study.replications = 400;
  const Outcome outcome(study, catalogue);
  double sum = 0, squares = 0;
  for (const auto& [cell, unused] : outcome.cells()) {
    const double mean = 0.01 * static_cast<double>(outcome.count("satisfaction", 59, cell)) / 400;
    sum += mean, squares += mean * mean;
  }
  const double n = 400, mean = sum / n, variance = 400 * (squares - n * mean * mean) / (n - 1);
  const double expected = models::MovingAverage{0.2}.variance_ratio() * 9;
  CHECK(std::abs(mean - 86) < 4.5 * std::sqrt(expected / 400 / n) + 0.005);
  // 4.5 standard errors of a variance over 400 replications: one that is off by 42 % is found with a power of 95 %.
  CHECK(std::abs(variance / expected - 1) < 4.5 * std::sqrt(2 / n));
}

TEST_CASE("losses that weigh more pull the mean below the performance") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = busy(catalogue, 48);
  const Outcome outcome(study, catalogue);
  const double mean = 0.01 * static_cast<double>(outcome.count("satisfaction", 47)) / 20'000;
  CHECK(mean < 85.8);
  CHECK(mean > 84);
}

TEST_CASE("who does not order is as content as before") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = busy(catalogue, 3);
  set(study, catalogue, "purchasing", "orders_per_month", {0}, 2);
  const Outcome outcome(study, catalogue);
  CHECK(outcome.count("satisfaction", 0) == outcome.count("satisfaction", 2));
}

TEST_CASE("late deliveries make customers less content, order less and leave sooner") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 6'000, 36);
  study.scenarios.push_back({"strike", {{driver_number(catalogue, "late_deliveries"), 5.0, 0, {}, 0, {}}}});
  const Outcome outcome(study, catalogue);
  const sim::Cell strike{1, 0, 0, 0};
  CHECK(outcome.kpi("satisfaction", strike) < outcome.kpi("satisfaction") - 5);
  CHECK(outcome.total("left", strike) > outcome.total("left"));
  CHECK(outcome.kpi("orders_per_month", strike) < outcome.kpi("orders_per_month"));
}

}  // namespace
}  // namespace clientele::tests
