// Weights of a scorecard by least squares without negative ones.
#include <cmath>
#include <random>

#include "models/fit/scorecard_weights.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

models::ScorecardHistory scores(std::size_t customers, unsigned seed) {
  std::mt19937_64 luck(seed);
  std::normal_distribution<double> normal;
  models::ScorecardHistory history{{"volume", "payment", "growth", "noise"}, {{}, {}, {}, {}}, {}};
  for (std::size_t i = 0; i < customers; ++i) {
    const double a = normal(luck), b = normal(luck), c = 0.6 * a + 0.8 * normal(luck), d = normal(luck);
    history.numbers[0].push_back(1000 + 300 * a), history.numbers[1].push_back(80 + 5 * b);
    history.numbers[2].push_back(c), history.numbers[3].push_back(d);
    history.margin.push_back(500 + 60 * a + 30 * b + 10 * c - 20 * d + 40 * std::exp(0.3 * a) * normal(luck));
  }
  return history;
}

}  // namespace

TEST_CASE("least squares without negative coefficients meet the conditions of their minimum") {
  const std::vector<double> g = {2, 1, 0.5, 1, 3, -0.4, 0.5, -0.4, 1}, c = {1, -2, 0.8};
  const std::vector<double> x = models::non_negative_least_squares(g, c);
  for (std::size_t i = 0; i < 3; ++i) {
    double slope = c[i];
    for (std::size_t j = 0; j < 3; ++j) slope -= g[3 * i + j] * x[j];
    CHECK(x[i] >= 0);
    CHECK(slope <= 1e-12);
    CHECK(std::fabs(slope * x[i]) < 1e-12);
  }
  CHECK(x[1] == 0);
}

TEST_CASE("weights add up to 1, are 0 where a number speaks against, and their intervals hold the truth") {
  int volume = 0, payment = 0;
  for (unsigned seed = 1; seed <= 30; ++seed) {
    const models::WeightsFit fit = models::fit_scorecard_weights(scores(600, seed));
    REQUIRE(fit.is_found());
    double sum = 0;
    for (const models::Estimate& weight : fit.weights) sum += weight.value;
    CHECK(sum == Approx(1));
    CHECK(fit.weights[3].value == 0);
    volume += fit.weights[0].low < 0.6 && 0.6 < fit.weights[0].high;
    payment += fit.weights[1].low < 0.3 && 0.3 < fit.weights[1].high;
    CHECK(fit.explained > 0.5);
  }
  CHECK(volume >= 26);
  CHECK(payment >= 26);
  const models::ScorecardHistory history = scores(300, 1);
  CHECK(models::fit_scorecard_weights(history).weights[0].low == models::fit_scorecard_weights(history).weights[0].low);
}

TEST_CASE("weights of points are those that a score adds up, however much each number varies") {
  std::mt19937_64 luck(5);
  std::uniform_real_distribution<double> points(0, 100), narrow(45, 55);
  models::ScorecardHistory history{
      .names = {"volume", "payment"}, .numbers = {{}, {}}, .margin = {}, .are_points = true};
  for (int i = 0; i < 400; ++i) {
    history.numbers[0].push_back(points(luck)), history.numbers[1].push_back(narrow(luck));
    history.margin.push_back(2 * history.numbers[0].back() + 6 * history.numbers[1].back() + points(luck) / 5);
  }
  const models::WeightsFit fit = models::fit_scorecard_weights(history);
  CHECK(fit.weights[0].value == Approx(.25).margin(.02));
  CHECK(fit.weights[0].low < .25);
  CHECK(fit.weights[0].high > .25);
  history.are_points = false;
  CHECK(models::fit_scorecard_weights(history).weights[0].value > .7);
}

TEST_CASE("weights that cannot be found say why") {
  CHECK_THAT(models::fit_scorecard_weights(scores(39, 1)).why_not, contains("only 39 customers for 4 numbers"));
  models::ScorecardHistory history = scores(100, 1);
  history.numbers[2] = history.numbers[0];
  CHECK_THAT(models::fit_scorecard_weights(history).why_not, contains("two of the numbers say the same"));
  history.numbers[2].assign(100, 3);
  CHECK(models::fit_scorecard_weights(history).why_not == "growth is the same of all customers");
  models::ScorecardHistory against = scores(200, 1);
  against.names.resize(1), against.numbers.resize(1);
  for (double& margin : against.margin) margin = -margin;
  CHECK_THAT(models::fit_scorecard_weights(against).why_not, contains("none of the numbers goes with"));
}

}  // namespace clientele::tests
