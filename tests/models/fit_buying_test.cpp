// Laws of buying and leaving, fitted: published figures of CDNOW, and bases whose truth is known.
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "models/fit/buying.hpp"
#include "models/theory/bg_nbd.hpp"
#include "models/theory/pareto_nbd_likelihood.hpp"
#include "tests/support/buying_of_cdnow.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_files.hpp"

namespace clientele::tests {
namespace {

using models::BuyingModel;

struct LawOfLeavers {
  double r, alpha, s, beta;
};

/// A base that buys and leaves by Pareto/NBD, in days; newcomers come over the first third of the time.
models::BuyingHistory invented(const LawOfLeavers& law, std::size_t customers, double days, unsigned seed,
                               bool in_whole_days) {
  std::mt19937_64 luck(seed);
  std::gamma_distribution<double> rate(law.r, 1 / law.alpha), hazard(law.s, 1 / law.beta);
  std::exponential_distribution<double> unit(1);
  models::BuyingHistory history;
  for (std::size_t i = 0; i < customers; ++i) {
    double seen = days * (1 - static_cast<double>(i) / (3.0 * static_cast<double>(customers)));
    if (in_whole_days) seen = std::floor(seen);
    const double orders = rate(luck), end = std::min(seen, unit(luck) / hazard(luck));
    double t = 0, x = 0, last = 0;
    while ((t += unit(luck) / orders) < end) {
      const double day = in_whole_days ? std::floor(t) : t;
      if (day > last) x += 1, last = day;
    }
    history.repeat.push_back(x), history.last.push_back(last), history.seen.push_back(seen);
  }
  return history;
}

bool covers(const models::Estimate& estimate, double truth) { return estimate.low < truth && truth < estimate.high; }

}  // namespace

TEST_CASE("the closed form of Pareto/NBD is the integral over the moment of leaving") {
  const models::ParetoNbd laws[] = {{.553, 10.578, .606, 11.669}, {2, 30, 1.5, 4}, {.3, 4, .4, 90}, {1, 5, .7, 5}};
  for (const auto& law : laws)
    for (const double x : {0.0, 1.0, 7.0, 60.0})
      for (const double last : {0.5, 20.0, 38.5}) {
        const double t = x > 0 ? last : 0;
        CHECK(models::log_likelihood_of(law, x, t, 39) == Approx(law.log_likelihood(x, t, 39)).epsilon(1e-11));
        CHECK(models::alive_of(law, x, t, 39) == Approx(law.alive(x, t, 39)).epsilon(1e-9));
      }
  const models::ParetoNbd law = laws[0];
  CHECK(models::log_likelihood_of(law, 3, 39, 39) == Approx(law.log_likelihood(3, 39, 39)).epsilon(1e-12));
  CHECK(std::isfinite(models::log_likelihood_of({.5, 1, .6, 10}, 1000, 20, 2000)));
}

TEST_CASE("chances of later orders add up to 1 and have the mean that theory gives") {
  const std::vector<double> values = {.553, 10.578, .606, 11.669};
  const models::ParetoNbd law{.553, 10.578, .606, 11.669};
  for (const BuyingModel model : {BuyingModel::pareto_nbd, BuyingModel::bg_nbd, BuyingModel::mbg_nbd, BuyingModel::nbd})
    for (const double x : {0.0, 4.0}) {
      double sum = 0, mean = 0;
      for (int y = 0; y < 300; ++y) {
        const double p = std::exp(models::log_chance_of_later(model, values, x, x > 0 ? 30 : 0, 39, 26, y));
        sum += p, mean += y * p;
      }
      INFO(models::name_of(model) << " " << x);
      CHECK(sum == Approx(1).epsilon(1e-7));
      if (model == BuyingModel::pareto_nbd)
        CHECK(mean == Approx(law.expected_later(x, x > 0 ? 30 : 0, 39, 26)).epsilon(1e-6));
      if (model == BuyingModel::nbd) CHECK(mean == Approx((.553 + x) / (10.578 + 39) * 26).epsilon(1e-6));
    }
}

TEST_CASE("buying of CDNOW has the published parameters, likelihoods and standard errors") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "cdnow/CDNOW_sample.txt");
  if (!path) return;
  const CdnowBase base = read_cdnow(*path);
  REQUIRE(base.history.rows() == 2357);

  const models::Fitted pareto = models::fit_buying(base.history, BuyingModel::pareto_nbd);
  REQUIRE(pareto.is_found());
  CHECK(pareto.log_likelihood == Approx(-9594.976).margin(0.005));
  CHECK(pareto.values[0] == Approx(.553).margin(0.002));
  CHECK(pareto.values[1] == Approx(10.578).margin(0.02));
  CHECK(pareto.values[2] == Approx(.606).margin(0.003));
  CHECK(pareto.values[3] == Approx(11.669).margin(0.05));
  CHECK(pareto.estimates[0].se == Approx(.048).margin(0.001));
  CHECK(pareto.estimates[1].se == Approx(.843).margin(0.01));
  CHECK(pareto.estimates[2].se == Approx(.187).margin(0.003));
  CHECK(pareto.estimates[3].se == Approx(6.21).margin(0.1));
  CHECK(!pareto.estimates[0].is_flat);
  CHECK(pareto.estimates[3].is_flat);  // beta: its log has a standard error of .53
  CHECK(covers(pareto.estimates[3], 11.669));
  CHECK(pareto.estimates[2].is_flat);  // s goes along with it
  CHECK(pareto.estimates[2].high > .606 * std::exp(1.96 * .187 / .606));

  // What these parameters foretell: cumulative orders of the base at weeks 39 and 78, and of the 39 weeks in between
  // given what each customer did (Fader, Hardie: 2,524.8 and 4,269.9; 1,666 of the 1,882 that came).
  const models::ParetoNbd law{pareto.values[0], pareto.values[1], pareto.values[2], pareto.values[3]};
  double at_39 = 0, at_78 = 0, conditioned = 0, came = 0;
  for (std::size_t i = 0; i < base.history.rows(); ++i) {
    const double seen = base.history.seen[i];
    at_39 += law.expected(seen), at_78 += law.expected(seen + 39);
    conditioned += law.expected_later(base.history.repeat[i], base.history.last[i], seen, 39);
    came += base.later[i];
  }
  INFO("week 39 " << at_39 << ", week 78 " << at_78 << ", conditioned " << conditioned << ", came " << came);
  CHECK(at_39 == Approx(2524.8).epsilon(1e-4));
  CHECK(at_78 == Approx(4269.9).epsilon(1e-4));
  CHECK(conditioned == Approx(1666).margin(1));
  CHECK(came == 1882);

  const models::Fitted bg = models::fit_buying(base.history, BuyingModel::bg_nbd);
  REQUIRE(bg.is_found());
  CHECK(bg.log_likelihood == Approx(-9582.429).margin(0.005));
  CHECK(bg.values[0] == Approx(.2426).margin(0.0002));
  CHECK(bg.values[1] == Approx(4.4136).margin(0.003));
  CHECK(bg.values[2] == Approx(.7929).margin(0.002));
  CHECK(bg.values[3] == Approx(2.4259).margin(0.01));

  const models::Fitted mbg = models::fit_buying(base.history, BuyingModel::mbg_nbd);
  REQUIRE(mbg.is_found());
  CHECK(mbg.log_likelihood == Approx(-9582.13).margin(0.01));
  CHECK(mbg.values[0] == Approx(.525).margin(0.001));
  CHECK(mbg.values[1] == Approx(6.183).margin(0.005));
  CHECK(mbg.values[2] == Approx(.891).margin(0.003));
  CHECK(mbg.values[3] == Approx(1.614).margin(0.01));

  const models::BuyingChoice choice = models::choose_buying(base.history, base.later, 39);
  INFO(choice.told);
  REQUIRE(choice.scores.size() == 4);
  CHECK(choice.scores.back().model == BuyingModel::nbd);
  CHECK(choice.scores.back().behind > 2 * choice.scores.back().behind_se);
}

TEST_CASE("mean orders to come are the sum over their chances") {
  const std::vector<std::pair<BuyingModel, std::vector<double>>> laws = {{BuyingModel::pareto_nbd, {.8, 9, 1, 40}},
                                                                         {BuyingModel::pareto_nbd, {.8, 9, 2.5, 40}},
                                                                         {BuyingModel::bg_nbd, {.6, 5, .8, 2.5}},
                                                                         {BuyingModel::mbg_nbd, {.6, 5, 1, 1.5}},
                                                                         {BuyingModel::nbd, {.7, 8}}};
  for (const auto& [model, values] : laws)
    for (const auto& [x, last] : {std::pair{0.0, 0.0}, std::pair{3.0, 12.0}, std::pair{40.0, 29.0}}) {
      double mean = 0;
      for (double y = 1; y < 400; ++y)
        mean += y * std::exp(models::log_chance_of_later(model, values, x, last, 30, 10, y));
      CAPTURE(models::name_of(model), x, mean);
      CHECK(models::expected_later(model, values, x, last, 30, 10) == Approx(mean).epsilon(1e-5));
    }
}

TEST_CASE("intervals of buying hold the truth of invented bases about as often as they say") {
  const LawOfLeavers truth{.8, 20, .9, 120};
  int rate = 0, shape = 0, base = 0, all = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const models::Fitted fit = models::fit_buying(invented(truth, 800, 400, seed, false), BuyingModel::pareto_nbd);
    if (!fit.is_found()) continue;
    all += 1;
    shape += covers(fit.estimates[0], truth.r);
    base += covers(fit.estimates[2], truth.s);
    rate += covers(models::estimate_of(fit, [](const auto& v) { return v[0] / v[1]; }), truth.r / truth.alpha);
  }
  CHECK(all == 20);
  CHECK(shape >= 17);
  CHECK(base >= 17);
  CHECK(rate >= 17);
}

TEST_CASE("a base in whole days of twenty thousand customers is fitted") {
  const models::Fitted fit =
      models::fit_buying(invented({.6, 60, .7, 400}, 20'000, 900, 5, true), BuyingModel::pareto_nbd);
  REQUIRE(fit.is_found());
  CHECK(fit.observations == 20'000);
  CHECK(fit.values[0] / fit.values[1] == Approx(.6 / 60).epsilon(0.05));
}

TEST_CASE("a fit of buying that cannot be says why") {
  models::BuyingHistory few = {{1, 0, 2}, {3, 0, 5}, {9, 9, 9}, {}};
  CHECK(models::fit_buying(few, BuyingModel::nbd).why_not == "only 3 customers (20 are needed)");
  models::BuyingHistory idle{std::vector<double>(50, 0), std::vector<double>(50, 0), std::vector<double>(50, 9), {}};
  CHECK_THAT(models::fit_buying(idle, BuyingModel::bg_nbd).why_not, contains("only 0 customers have ordered again"));
  models::BuyingHistory alike{std::vector<double>(50, 6), std::vector<double>(50, 8), std::vector<double>(50, 9), {}};
  const models::Fitted same = models::fit_buying(alike, BuyingModel::nbd);
  CHECK_FALSE(same.is_found());
  CHECK_THAT(same.why_not, contains("without end"));
}

TEST_CASE("where customers leave all alike the law is held near that edge, and says so") {
  std::mt19937_64 luck(8);
  std::exponential_distribution<double> unit(1);
  models::BuyingHistory history;
  for (int i = 0; i < 1000; ++i) {
    const double rate = std::gamma_distribution<double>(1.5, 1 / 15.0)(luck), end = std::min(60.0, 30 * unit(luck));
    double t = 0, x = 0, last = 0;
    while ((t += unit(luck) / rate) < end) x += 1, last = t;
    history.repeat.push_back(x), history.last.push_back(last), history.seen.push_back(60);
  }
  const models::Fitted fit = models::fit_buying(history, BuyingModel::pareto_nbd);
  INFO(fit.why_not << fit.caution << " s " << fit.values[2] << " beta " << fit.values[3]);
  REQUIRE(fit.is_found());
  CHECK(fit.values[2] / fit.values[3] == Approx(1 / 30.0).epsilon(0.15));
  CHECK(fit.values[0] / fit.values[1] == Approx(0.1).epsilon(0.1));
  if (fit.values[2] == 50) CHECK_THAT(fit.caution, contains("differ in leaving no more than luck"));
}

TEST_CASE("rows that are the same count as often as they stand for") {
  const models::BuyingHistory history = invented({.8, 20, .9, 120}, 400, 300, 3, true);
  models::BuyingHistory twice = history;
  twice.weight.assign(400, 2);
  const models::Fitted one = models::fit_buying(history, BuyingModel::bg_nbd);
  const models::Fitted two = models::fit_buying(twice, BuyingModel::bg_nbd);
  CHECK(two.log_likelihood == Approx(2 * one.log_likelihood).epsilon(1e-9));
  CHECK(two.values[0] == Approx(one.values[0]).epsilon(1e-4));
  CHECK(two.estimates[0].se == Approx(one.estimates[0].se / std::sqrt(2.0)).epsilon(1e-3));
}

}  // namespace clientele::tests
