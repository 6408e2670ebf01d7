// Customers whose past is known: posteriors against closed forms and against brute force, coverage of their intervals,
// and what books tell in place of what was simulated, to the quantum and to the point.
#include "models/known_past.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <random>
#include <vector>

#include "models/conditioning/quantiles.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Dice64 = std::mt19937_64;

double uniform_of(Dice64& dice) { return (static_cast<double>(dice() >> 11) + 0.5) * 0x1p-53; }
double gamma_of(Dice64& dice, double shape, double rate) {
  return std::gamma_distribution<double>(shape, 1 / rate)(dice);
}
double beta_of(Dice64& dice, double a, double b) {
  const double x = gamma_of(dice, a, 1), y = gamma_of(dice, b, 1);
  return x / (x + y);
}

/// An invented base by gamma rates and gamma hazards.
struct Base {
  double mean = 0.6, shape = 0.8;        ///< orders a month
  double hazard = 0.05, variance = 1.2;  ///< of leaving a month, and its frailty
  sim::Law rates() const { return {sim::Family::gamma, {static_cast<float>(mean), static_cast<float>(shape), 0.F}}; }
};
struct Customer {
  double rate = 0, frailty = 0, lifetime = 0;
  models::KnownOrders seen;
  bool is_there() const { return lifetime > seen.seen; }
};

Customer newcomer(const Base& base, double seen, Dice64& dice) {
  Customer who;
  who.rate = gamma_of(dice, base.shape, base.shape / base.mean);
  who.frailty = gamma_of(dice, 1 / base.variance, 1 / base.variance);
  who.lifetime = -std::log(uniform_of(dice)) / (base.hazard * who.frailty);
  who.seen.seen = seen;
  for (double t = -std::log(uniform_of(dice)) / who.rate; t < std::min(seen, who.lifetime);
       t += -std::log(uniform_of(dice)) / who.rate) {
    who.seen.x += 1;
    who.seen.last = t;
  }
  return who;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}
double sd_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}
/// Mean of a law that is given by its quantiles.
double mean_of_quantiles(const std::function<double(double)>& quantile) {
  constexpr int points = 4000;
  double sum = 0;
  for (int k = 0; k < points; ++k) sum += quantile((k + 0.5) / points);
  return sum / points;
}

/// What is simulated against a law: its mean within four standard errors, and its quantiles where as many lie as
/// should, within four of theirs. With a thousand customers a mean that is off by a fifth of a spread fails.
void agrees(const std::vector<double>& simulated, const std::function<double(double)>& quantile) {
  const auto n = static_cast<double>(simulated.size());
  CHECK(std::fabs(mean_of(simulated) - mean_of_quantiles(quantile)) < 4 * sd_of(simulated) / std::sqrt(n));
  for (const double p : {0.1, 0.5, 0.9}) {
    const double cut = quantile(p);
    const auto below = static_cast<double>(std::ranges::count_if(simulated, [&](double v) { return v < cut; }));
    CHECK(std::fabs(below / n - p) < 4 * std::sqrt(p * (1 - p) / n));
  }
}

}  // namespace

TEST_CASE("without a past the posteriors are the laws") {
  const Base base;
  const models::KnownOrders nothing;
  for (const double u : {0.01, 0.3, 0.5, 0.97}) {
    CHECK(models::rate_given_past(base.rates(), nothing, u) ==
          Approx(models::gamma_quantile(static_cast<double>(base.rates().values[1]), u) * 0.6 / 0.8).epsilon(1e-6));
    CHECK(models::frailty_given_past(0.05, 1.25, 0, u) == Approx(models::gamma_quantile(0.8, u) / 0.8));
    CHECK(models::late_chance_given_past({sim::Family::beta, {0.25F, 0.5F, 0.F}}, 0, 0, u) ==
          Approx(models::beta_quantile(0.5, 1.5, u)));
    CHECK(models::value_given_past({sim::Family::lognormal, {200.F, 0.5F, 0.75F}}, {}, u) ==
          Approx(200 * std::exp(-0.125 + 0.5 * models::normal_quantile(u))));
  }
  CHECK(models::alive_given_past(base.rates(), 0.05, 1.2, nothing) == 1);
}

TEST_CASE("means given a past are those of the closed forms") {
  const Base base;
  const double r = static_cast<double>(base.rates().values[1]), alpha = r / static_cast<double>(base.rates().values[0]);
  const models::KnownOrders seen{.x = 7, .last = 10, .seen = 14};
  CHECK(mean_of_quantiles([&](double u) { return models::rate_given_past(base.rates(), seen, u); }) ==
        Approx((r + 7) / (alpha + 14)).epsilon(2e-4));
  CHECK(mean_of_quantiles([&](double u) { return models::frailty_given_past(0.05, 1.25, 14, u); }) ==
        Approx(0.8 / (0.8 + 0.05 * 14)).epsilon(2e-3));
  const sim::Law beta{sim::Family::beta, {0.25F, 0.5F, 0.F}};
  CHECK(mean_of_quantiles([&](double u) { return models::late_chance_given_past(beta, 20, 3, u); }) ==
        Approx(3.5 / 22).epsilon(1e-3));
  // Of a hundred orders the mean is known, of one it is drawn to that of all.
  const sim::Law value{sim::Family::lognormal, {200.F, 0.5F, 0.75F}};
  const double w2 = 0.75 * 0.75, b2 = 0.25;
  for (const double n : {1.0, 100.0}) {
    const double k = n * b2 / (n * b2 + w2), v = b2 * w2 / (n * b2 + w2);
    const double center = std::log(200.0) - (1 - k) * b2 / 2 + k * (std::log(500.0 / 200.0) + w2 / 2);
    CHECK(mean_of_quantiles([&](double u) {
            return models::value_given_past(value, {n, 500}, u);
          }) == Approx(std::exp(center + v / 2)).epsilon(1e-3));
  }
}

TEST_CASE("P(alive), rates and frailties given a past are those of the newcomers who have such a past") {
  const Base base;
  constexpr int newcomers = 200'000;
  Dice64 dice(20260301);
  std::vector<Customer> all;
  for (int i = 0; i < newcomers; ++i) all.push_back(newcomer(base, 12, dice));
  struct Like {
    double x, from, to;
  };
  // t_x lies anywhere in a short window: its middle stands for it.
  for (const Like& like : {Like{0, 0, 0}, Like{1, 4, 5}, Like{3, 7, 8}, Like{3, 11, 12}, Like{9, 9.5, 10.5}}) {
    INFO("x = " << like.x << ", t_x from " << like.from << " to " << like.to);
    std::vector<double> rates, frailties;
    double number = 0, chance = 0;
    for (const Customer& who : all) {
      if (who.seen.x != like.x || who.seen.last < like.from || who.seen.last > like.to) continue;
      number += 1;
      chance += models::alive_given_past(base.rates(), base.hazard, base.variance, who.seen);
      if (!who.is_there()) continue;
      rates.push_back(who.rate);
      frailties.push_back(who.frailty);
    }
    REQUIRE(rates.size() > 400);
    const double share = static_cast<double>(rates.size()) / number;
    CHECK(std::fabs(share - chance / number) < 4 * std::sqrt(share * (1 - share) / number) + 1e-9);
    const models::KnownOrders seen{.x = like.x, .last = (like.from + like.to) / 2, .seen = 12};
    agrees(rates, [&](double u) { return models::rate_given_past(base.rates(), seen, u); });
    agrees(frailties, [&](double u) { return models::frailty_given_past(base.hazard, base.variance, 12, u); });
  }
}

TEST_CASE("known traits of ten thousand conditioned customers lie in their own 90 % intervals") {
  const Base base;
  constexpr int customers = 10'000;
  Dice64 dice(20260302);
  const sim::Law chances{sim::Family::beta, {0.3F, 0.6F, 0.F}}, values{sim::Family::lognormal, {150.F, 0.7F, 0.9F}};
  std::array<int, 4> inside{};
  int there = 0;
  const auto covers = [&](std::size_t trait, double known, const std::function<double(double)>& quantile) {
    inside[trait] += known >= quantile(0.05) && known <= quantile(0.95) ? 1 : 0;
  };
  double expected = 0, variance = 0;
  for (int i = 0; i < customers; ++i) {
    const Customer who = newcomer(base, 2 + 30 * uniform_of(dice), dice);
    const double alive = models::alive_given_past(base.rates(), base.hazard, base.variance, who.seen);
    expected += alive;
    variance += alive * (1 - alive);
    const double chance = beta_of(dice, 0.6, 1.4);
    const int settled = static_cast<int>(40 * uniform_of(dice));
    const int late = std::binomial_distribution<int>(settled, chance)(dice);
    covers(2, chance, [&](double u) { return models::late_chance_given_past(chances, settled, late, u); });
    std::normal_distribution<double> normal;
    const double value = 150 * std::exp(-0.245 + 0.7 * normal(dice));
    const int orders = static_cast<int>(6 * uniform_of(dice));
    double logs = 0;
    for (int k = 0; k < orders; ++k) logs += std::log(value) - 0.405 + 0.9 * normal(dice);
    const models::ValuesSeen seen{.orders = static_cast<double>(orders),
                                  .typical = orders > 0 ? std::exp(logs / orders) : 0};
    covers(3, value, [&](double u) { return models::value_given_past(values, seen, u); });
    if (!who.is_there()) continue;
    ++there;
    covers(0, who.rate, [&](double u) { return models::rate_given_past(base.rates(), who.seen, u); });
    covers(1, who.frailty,
           [&](double u) { return models::frailty_given_past(base.hazard, base.variance, who.seen.seen, u); });
  }
  CHECK(std::fabs(there - expected) < 4 * std::sqrt(variance));
  REQUIRE(there > 4000);
  for (const std::size_t trait : {0U, 1U, 2U, 3U}) {
    const double share = static_cast<double>(inside[trait]) / (trait < 2 ? there : customers);
    INFO("trait " << trait);
    CHECK(share > 0.88);
    CHECK(share < 0.92);
  }
}

TEST_CASE("draws of a customer are coupled: what moves a law moves each customer its way") {
  const models::KnownOrders seen{.x = 3, .last = 8, .seen = 11};
  for (double u = 0.0005; u < 1; u += 0.0101) {
    double rate = 0, frailty = 1e9, chance = 0, value = 0, alive = 1;
    for (int step = 0; step < 12; ++step) {
      const float by = 1.F + 0.001F * static_cast<float>(step);
      const double now = models::rate_given_past({sim::Family::gamma, {0.5F * by, 0.8F, 0.F}}, seen, u);
      const double weak = models::frailty_given_past(0.05 * static_cast<double>(by), 1.2, 11, u);
      const double late = models::late_chance_given_past({sim::Family::beta, {0.3F * by, 0.6F, 0.F}}, 12, 4, u);
      const double worth = models::value_given_past({sim::Family::lognormal, {100.F * by, 0.5F, 0.7F}}, {4, 90}, u);
      const double there =
          models::alive_given_past({sim::Family::gamma, {0.5F, 0.8F, 0.F}}, 0.05 * static_cast<double>(by), 1.2, seen);
      CHECK(now > rate);
      CHECK(weak < frailty);
      CHECK(late > chance);
      CHECK(worth > value);
      CHECK(there < alive);
      rate = now, frailty = weak, chance = late, value = worth, alive = there;
    }
  }
}

TEST_CASE("a payment record is spread evenly, and no month has more late invoices than invoices") {
  for (const models::InvoicesSeen& all : {models::InvoicesSeen{7, 3, 1, 250}, models::InvoicesSeen{1, 1, 0, 8},
                                          models::InvoicesSeen{100, 99, 98, 12345}, models::InvoicesSeen{0, 0, 0, 0}})
    for (const int months : {1, 3, 12, 40}) {
      models::InvoicesSeen before;
      std::int64_t least = 1'000'000, most = 0;
      for (int k = 1; k <= months; ++k) {
        const models::InvoicesSeen upto = models::record_of_first_months(all, k, months);
        const std::int64_t settled = upto.settled - before.settled, late = upto.late - before.late,
                           administrative = upto.administrative - before.administrative;
        CHECK(late >= 0);
        CHECK(late <= settled);
        CHECK(administrative >= 0);
        CHECK(administrative <= late);
        CHECK(upto.eighths_late >= before.eighths_late);
        least = std::min(least, settled), most = std::max(most, settled);
        before = upto;
      }
      CHECK(most - least <= 1);
      CHECK(before.settled == all.settled);
      CHECK(before.late == all.late);
      CHECK(before.administrative == all.administrative);
      CHECK(before.eighths_late == all.eighths_late);
    }
}

}  // namespace clientele::tests
