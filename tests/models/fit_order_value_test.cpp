// Laws of order values, fitted: published figures of CDNOW, and bases whose truth is known.
#include <algorithm>
#include <cmath>
#include <random>

#include "models/fit/order_value.hpp"
#include "tests/support/buying_of_cdnow.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_files.hpp"

namespace clientele::tests {
namespace {

struct InventedBase {
  models::BuyingHistory history;
  models::ValueHistory values;
};

/// Rates Gamma(r, alpha) over `time`, nobody leaves; log values normal, their customers' part correlated with the rate.
InventedBase invented_values(double correlation, std::size_t customers, unsigned seed) {
  std::mt19937_64 luck(seed);
  std::normal_distribution<double> normal;
  InventedBase base;
  for (std::size_t i = 0; i < customers; ++i) {
    const double score = normal(luck), u = 0.5 * std::erfc(-score / std::sqrt(2.0));
    double low = 0, high = 60;  // the quantile of Gamma(2, 1) by bisection: 1 - (1 + x) exp(-x)
    for (int k = 0; k < 60; ++k)
      ((1 - (1 + (low + high) / 2) * std::exp(-(low + high) / 2)) < u ? low : high) = (low + high) / 2;
    const double rate = low / 2;
    std::poisson_distribution<int> orders(rate * 6);
    const int x = orders(luck);
    const double own = 4 + 0.8 * (correlation * score + std::sqrt(1 - correlation * correlation) * normal(luck));
    std::vector<double> values;
    for (int j = 0; j <= x; ++j) values.push_back(std::exp(own + 0.5 * normal(luck)));
    base.values.add(values);
    base.history.repeat.push_back(x), base.history.last.push_back(x > 0 ? 5 : 0), base.history.seen.push_back(6);
  }
  return base;
}

bool holds(const models::Estimate& estimate, double truth) { return estimate.low < truth && truth < estimate.high; }

}  // namespace

TEST_CASE("values of CDNOW have the published gamma-gamma") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "cdnow/CDNOW_sample.txt");
  if (!path) return;
  const CdnowBase base = read_cdnow(*path);
  models::ValueHistory repeaters, all;
  for (const auto& values : base.values) {
    std::vector<double> paid;
    for (const double value : values)
      if (value > 0) paid.push_back(value);
    if (!values.empty()) {
      double sum = 0;
      for (const double value : values) sum += value;
      repeaters.orders.push_back(static_cast<double>(values.size())), repeaters.sum.push_back(sum);
      repeaters.mean_log.push_back(std::log(sum / static_cast<double>(values.size()))), repeaters.squares.push_back(0);
    }
    all.add(paid);
  }
  REQUIRE(repeaters.rows() == 946);
  for (std::size_t i = 0; i < repeaters.rows(); ++i) repeaters.squares[i] = 0.1 * (repeaters.orders[i] - 1);
  const models::Fitted gamma = models::fit_gamma_gamma(repeaters);
  REQUIRE(gamma.is_found());
  CHECK(gamma.log_likelihood == Approx(-4055.918).margin(0.005));
  CHECK(gamma.values[0] == Approx(6.25).margin(0.01));
  CHECK(gamma.values[1] == Approx(3.74).margin(0.005));
  CHECK(gamma.values[2] == Approx(15.44).margin(0.03));

  const models::ValueChoice choice = models::choose_value(all);
  INFO(choice.told);
  REQUIRE(choice.lognormal.is_found());
  REQUIRE(choice.gamma_gamma.is_found());
  const models::Fitted pareto = models::fit_buying(base.history, models::BuyingModel::pareto_nbd);
  const models::Fitted with_rate =
      models::fit_value_with_rate(all, base.history, models::BuyingModel::pareto_nbd, pareto.values, choice.lognormal);
  REQUIRE(with_rate.is_found());
  const models::Estimate& c = with_rate.estimates[0];
  INFO("between " << choice.lognormal.values[1] << " within " << choice.lognormal.values[2] << " correlation "
                  << c.value << " [" << c.low << ", " << c.high << "]");
  CHECK(std::fabs(c.value) < 0.4);
  CHECK(c.se < 0.1);
}

TEST_CASE("intervals of the lognormal law and of the correlation hold the truth") {
  int between = 0, within = 0, correlation = 0, mean = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const InventedBase base = invented_values(0.5, 400, seed);
    const models::Fitted buying = models::fit_buying(base.history, models::BuyingModel::nbd);
    const models::Fitted values = models::fit_lognormal(base.values);
    REQUIRE(values.is_found());
    const models::Fitted both =
        models::fit_value_with_rate(base.values, base.history, models::BuyingModel::nbd, buying.values, values);
    REQUIRE(both.is_found());
    between += holds(values.estimates[1], 0.8), within += holds(values.estimates[2], 0.5);
    mean += holds(values.estimates[0], 4), correlation += holds(both.estimates[0], 0.5);
  }
  CHECK(between >= 17);
  CHECK(within >= 17);
  CHECK(mean >= 17);
  CHECK(correlation >= 17);
}

TEST_CASE("rows of values add up to the likelihood, and later orders tell which law they are of") {
  const InventedBase base = invented_values(0, 500, 7);
  const models::Fitted lognormal = models::fit_lognormal(base.values),
                       gamma = models::fit_gamma_gamma_by_order(base.values);
  double rows = 0, rows_of_gamma = 0;
  models::ValueHistory earlier = base.values;
  for (std::size_t i = 0; i < base.values.rows(); ++i) {
    rows += models::log_chance_of_values(models::ValueLaw::lognormal, lognormal.values, base.values, i);
    rows_of_gamma += models::log_chance_of_values(models::ValueLaw::gamma_gamma, gamma.values, base.values, i);
  }
  CHECK(rows == Approx(lognormal.log_likelihood));
  CHECK(rows_of_gamma == Approx(gamma.log_likelihood));

  const auto foretold = [](bool is_gamma) {
    std::mt19937_64 luck(8);
    std::normal_distribution<double> normal;
    models::ValueHistory first, all;
    for (int i = 0; i < 500; ++i) {
      std::gamma_distribution<double> of_rates(3, 1 / 30.0);
      const double rate = of_rates(luck), typical = 3 + .6 * normal(luck);
      std::gamma_distribution<double> of_values(1.2, 1 / rate);
      std::vector<double> values(6);
      for (double& value : values) value = is_gamma ? of_values(luck) : std::exp(typical + .7 * normal(luck));
      all.add(values);
      values.resize(static_cast<std::size_t>(i % 5));  // some were not there before
      first.add(values);
    }
    return models::foretell_values(first, all);
  };
  const models::ValueForetold of_gammas = foretold(true), of_lognormals = foretold(false);
  CHECK(of_gammas.gain < -2 * of_gammas.gain_se);
  CHECK(of_lognormals.gain > 2 * of_lognormals.gain_se);
  CHECK(of_gammas.orders == 2000);
  models::ValueHistory none = earlier;
  for (double& orders : none.orders) orders = 0;
  CHECK_THAT(models::foretell_values(none, earlier).why_not, contains("only 0 customers have two orders"));
  CHECK_THAT(models::foretell_values(earlier, earlier).why_not, contains("fewer than two customers ordered later"));
}

TEST_CASE("the likelihood of single orders tells gamma-gamma from lognormal") {
  std::mt19937_64 luck(4);
  models::ValueHistory gamma;
  for (int i = 0; i < 600; ++i) {
    std::gamma_distribution<double> of_rates(3, 1 / 30.0);
    std::gamma_distribution<double> of_values(1.2, 1 / of_rates(luck));
    std::vector<double> values(4);
    for (double& value : values) value = of_values(luck);
    gamma.add(values);
  }
  const models::ValueChoice choice = models::choose_value(gamma);
  CHECK_FALSE(choice.is_lognormal);
  CHECK(holds(choice.gamma_gamma.estimates[0], 1.2));
  CHECK(holds(choice.gamma_gamma.estimates[1], 3));
  CHECK(models::choose_value(invented_values(0, 600, 2).values).is_lognormal);
}

TEST_CASE("a fit of values that cannot be says why") {
  models::ValueHistory few;
  for (int i = 0; i < 9; ++i) few.add({10, 20});
  few.add({5});
  CHECK_THAT(models::fit_lognormal(few).why_not, contains("only 9 customers have two orders or more"));
  models::ValueHistory alike;
  for (int i = 0; i < 30; ++i) alike.add({10, 20});
  CHECK_THAT(models::fit_lognormal(alike).why_not, contains("nothing varies between customers"));
  models::ValueHistory flat;
  for (int i = 0; i < 30; ++i) flat.add({10.0 + i, 10.0 + i});
  CHECK_THAT(models::fit_gamma_gamma(flat).why_not, contains("nothing varies within customers"));
  std::mt19937_64 luck(3);
  std::normal_distribution<double> normal;
  models::ValueHistory same;
  for (int i = 0; i < 30; ++i) same.add({std::exp(normal(luck)), std::exp(normal(luck)), std::exp(normal(luck))});
  const models::Fitted fit = models::fit_lognormal(same);
  if (!fit.is_found()) CHECK_THAT(fit.why_not, contains("no more than luck"));
}

}  // namespace clientele::tests
