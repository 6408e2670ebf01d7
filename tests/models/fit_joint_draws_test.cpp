// Joint draws of fitted parameters: their moments, their addresses, and what the likelihood makes of a ridge.
#include <algorithm>
#include <cmath>

#include "models/fit/joint_draws.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

/// x of n are late, by its log odds: a normal shape where n is large.
models::Fitted normal_pair() {
  models::Question question;
  question.parameters = {{"a"}, {"b", models::Scale::plain}};
  question.starts = {{1.5, 0.5}};
  question.log_likelihood = [](const std::vector<double>& at) {
    const double u = (std::log(at[0]) - std::log(2.0)) / 0.1, v = (at[1] + 3) / 0.5;
    return -(u * u - 1.2 * u * v + v * v) / (2 * (1 - 0.36));
  };
  return models::maximize(question);
}

/// A gamma-shaped likelihood of one positive number: shape 2.
models::Fitted skewed() {
  models::Question question;
  question.parameters = {{"rate"}};
  question.starts = {{1}};
  question.log_likelihood = [](const std::vector<double>& at) { return 2 * std::log(at[0]) - at[0]; };
  return models::maximize(question);
}

}  // namespace

TEST_CASE("a normal likelihood is found with its covariance and drawn with its moments") {
  const models::Fitted fit = normal_pair();
  REQUIRE(fit.is_found());
  CHECK(fit.values[0] == Approx(2).epsilon(1e-6));
  CHECK(fit.values[1] == Approx(-3).epsilon(1e-6));
  CHECK(fit.covariance[0] == Approx(0.01).epsilon(1e-4));
  CHECK(fit.covariance[1] == Approx(0.6 * 0.05).epsilon(1e-4));
  CHECK(fit.covariance[3] == Approx(0.25).epsilon(1e-4));
  CHECK(fit.estimates[0].low == Approx(2 * std::exp(-0.196)).epsilon(1e-3));
  CHECK(fit.estimates[1].high == Approx(-3 + 0.98).epsilon(1e-3));

  const models::JointDraws drawn = models::draw_jointly(fit, 4000, 11);
  REQUIRE(drawn.how == "normal");
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (const auto& values : drawn.values) {
    const double u = std::log(values[0] / 2) / 0.1, v = (values[1] + 3) / 0.5;
    x += u / 4000, y += v / 4000, xx += u * u / 4000, yy += v * v / 4000, xy += u * v / 4000;
  }
  CHECK(x == Approx(0).margin(0.06));
  CHECK(y == Approx(0).margin(0.06));
  CHECK(xx == Approx(1).margin(0.09));
  CHECK(yy == Approx(1).margin(0.09));
  CHECK(xy == Approx(0.6).margin(0.08));
}

TEST_CASE("a draw is the same however many are drawn, and another under another seed") {
  for (const models::Fitted& fit : {normal_pair(), skewed()}) {
    const auto few = models::draw_jointly(fit, 5, 7), many = models::draw_jointly(fit, 50, 7);
    const auto others = models::draw_jointly(fit, 5, 8);
    for (std::size_t d = 0; d < 5; ++d) CHECK(few.values[d] == many.values[d]);
    CHECK(few.values[0] != others.values[0]);
  }
}

TEST_CASE("where curvature says too little draws follow the likelihood") {
  // Under a flat prior of its log the number is Gamma(2, 1): mean 2, median 1.678, a tenth below .532, one above 3.89.
  const models::Fitted fit = skewed();
  REQUIRE(fit.is_found());
  CHECK(fit.estimates[0].is_flat);  // the standard error of the log is .707
  CHECK(fit.estimates[0].how == "profile likelihood");
  // 2 (ln L(2) - ln L(x)) = 3.841 at .3436 and 6.1065 (by bisection).
  const auto fall = [](double x) { return 2 * (2 * std::log(2.0) - 2 - 2 * std::log(x) + x); };
  CHECK(fall(fit.estimates[0].low) == Approx(3.841).margin(0.02));
  CHECK(fall(fit.estimates[0].high) == Approx(3.841).margin(0.02));
  const models::JointDraws drawn = models::draw_jointly(fit, 4000, 3);
  REQUIRE(drawn.how == "importance resampling");
  CHECK(drawn.effective > 2000);
  std::vector<double> values;
  for (const auto& one : drawn.values) values.push_back(one[0]);
  std::ranges::sort(values);
  CHECK(values[400] == Approx(0.532).epsilon(0.1));
  CHECK(values[2000] == Approx(1.678).epsilon(0.06));
  CHECK(values[3600] == Approx(3.890).epsilon(0.06));
}

TEST_CASE("a ridge without end has an interval without end, and a likelihood that rises for ever is no fit") {
  models::Question question;
  question.parameters = {{"a"}, {"b"}};
  question.starts = {{1, 1}};
  question.log_likelihood = [](const std::vector<double>& at) {  // only a b is known, and b hardly at all
    const double u = std::log(at[0] * at[1]) / 0.1, v = std::log(at[1]);
    return -0.5 * u * u - 0.5 * v * v / 25 / (1 + v * v / 10);
  };
  const models::Fitted ridge = models::maximize(question);
  REQUIRE(ridge.is_found());
  CHECK(ridge.estimates[1].is_flat);
  CHECK(std::isinf(ridge.estimates[1].high));
  CHECK_THAT(ridge.estimates[1].how, contains("no lower end and no upper end"));
  question.log_likelihood = [](const std::vector<double>& at) {
    const double u = std::log(at[0]) / 0.1;
    return -0.5 * u * u - 1 / at[1];
  };
  const models::Fitted runs = models::maximize(question);
  CHECK_FALSE(runs.is_found());
  CHECK_THAT(runs.why_not, contains("b grows without end"));
  CHECK(models::draw_jointly(runs, 3, 1).values.empty());
  CHECK_THAT(models::draw_jointly(runs, 3, 1).why_not, contains("b grows"));
}

}  // namespace clientele::tests
