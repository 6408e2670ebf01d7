// The slope of orders by satisfaction: found where it is, apart from what sets customers apart, and not known of few.
#include <cmath>
#include <random>

#include "models/fit/satisfaction.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

/// Customers with rates Gamma(1.5), answers around their own mood; `mood` ties the mood to the rate beyond the slope.
models::SurveyHistory surveys(double slope, double mood, std::size_t customers, unsigned seed) {
  std::mt19937_64 luck(seed);
  std::normal_distribution<double> normal;
  models::SurveyHistory history;
  for (std::size_t i = 0; i < customers; ++i) {
    const double own = normal(luck), frailty = std::gamma_distribution<double>(1.5, 1 / 1.5)(luck);
    for (int j = 0; j < 3; ++j) {
      const double points = 75 + 7 * own + 9 * normal(luck), months = 2 + j;
      const double mean = 0.8 * months * frailty * std::exp(slope * (points - 75) / 10 + mood * own);
      history.customer.push_back(i), history.points.push_back(points), history.exposure.push_back(months);
      history.orders.push_back(std::poisson_distribution<int>(mean)(luck));
    }
  }
  return history;
}

}  // namespace

TEST_CASE("intervals of the slope hold the truth, and within customers also where the content buy more anyway") {
  int between = 0, within = 0, confounded = 0, unmoved = 0, shape = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const models::SatisfactionFit fit = models::fit_satisfaction(surveys(0.08, 0, 500, seed));
    REQUIRE(fit.between.is_found());
    REQUIRE(fit.within.is_found());
    const auto holds = [](const models::Estimate& one, double truth) { return one.low < truth && truth < one.high; };
    between += holds(fit.between.estimates[1], 0.08), within += holds(fit.within.estimates[0], 0.08);
    shape += holds(fit.between.estimates[2], 1.5);
    const models::SatisfactionFit tied = models::fit_satisfaction(surveys(0.08, 0.4, 500, seed));
    confounded += tied.between.values[1] > 0.08 + 2 * tied.between.estimates[1].se;
    unmoved += holds(tied.within.estimates[0], 0.08);
  }
  CHECK(between >= 17);
  CHECK(within >= 17);
  CHECK(shape >= 17);
  CHECK(confounded >= 17);
  CHECK(unmoved >= 17);
}

TEST_CASE("customers who leave between answers make the error of a slope as large as it is") {
  int held = 0;
  double squares = 0, errors = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    models::SurveyHistory history = surveys(0, 0, 200, seed);
    std::mt19937_64 luck(1000 + seed);
    for (std::size_t i = 0; i < history.rows(); i += 3) {
      const auto stays = luck() % 4;  // answers after which it still orders
      for (std::size_t j = stays; j < 3; ++j) history.orders[i + j] = 0;
      for (std::size_t j = 0; j < 3; ++j) history.orders[i + j] *= 4;  // in clusters of four
    }
    const models::Estimate slope = models::fit_satisfaction(history).within.estimates[0];
    held += slope.low < 0 && 0 < slope.high;
    squares += slope.value * slope.value / 40, errors += slope.se / 40;
  }
  CHECK(held >= 34);
  CHECK(errors == Approx(std::sqrt(squares)).epsilon(.35));
}

TEST_CASE("a slope from few answers is not known") {
  CHECK_THAT(models::fit_satisfaction(surveys(0.08, 0, 29, 1)).between.why_not, contains("only 29 customers"));
  models::SurveyHistory same = surveys(0, 0, 60, 1);
  for (double& points : same.points) points = 80;
  CHECK_THAT(models::fit_satisfaction(same).between.why_not, contains("all answers are the same"));
  CHECK_THAT(models::fit_satisfaction(same).within.why_not, contains("have answers that differ"));
  models::SurveyHistory idle = surveys(0, 0, 60, 1);
  for (double& orders : idle.orders) orders = 0;
  CHECK_THAT(models::fit_satisfaction(idle).between.why_not, contains("only 0 orders"));
}

}  // namespace clientele::tests
