// Orders and sales: rules by hand, then runs against the negative binomial law and the compound Poisson law.
#include "models/purchasing.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/chi_squared.hpp>

#include "models/theory/compound_poisson.hpp"
#include "models/theory/lorenz.hpp"
#include "models/theory/nbd.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using models::add_up;

/// Of a price that is usual already, with nothing matched.
float lasting(float discount, float elasticity) {
  const float paid = models::log_price(discount);
  return models::price_effect(paid, paid, elasticity, 1.F, 0.3F, 0.6F);
}

TEST_CASE("a discount of a tenth brings a third more orders at the elasticity of consumers") {
  CHECK(lasting(0.1F, -2.62F) == Approx(std::pow(0.9, -2.62)).epsilon(1e-5));
  CHECK(lasting(0.F, -2.62F) == 1.F);
}

TEST_CASE("what competitors match moves nobody") {
  const float paid = models::log_price(0.1F);
  CHECK(models::price_effect(paid, paid, -2.F, 0.F, 0.3F, 0.6F) == 1.F);
  CHECK(models::price_effect(paid, paid, -2.F, 0.5F, 0.3F, 0.6F) == Approx(std::pow(0.9, -1)).epsilon(1e-5));
}

TEST_CASE("a new discount pleases for a while, and its end hurts more than it had helped") {
  const float paid = models::log_price(0.1F), list = models::log_price(0.F);
  const float helped = models::price_effect(paid, list, -1.F, 1.F, 0.3F, 0.6F) / lasting(0.1F, -1.F);
  const float hurt = models::price_effect(list, paid, -1.F, 1.F, 0.3F, 0.6F);
  CHECK(helped == Approx(std::pow(0.9, -0.3)).epsilon(1e-5));
  CHECK(hurt == Approx(std::pow(0.9, 0.6)).epsilon(1e-5));
  CHECK(std::log(hurt) + std::log(helped) < 0);
  float usual = list;
  for (int month = 0; month < 3; ++month) usual = models::next_usual_price(usual, paid, 0.8F);
  CHECK(usual == Approx(paid * (1 - 0.8 * 0.8 * 0.8)).epsilon(1e-5));
}

TEST_CASE("at an equal past a higher discount never brings an order fewer, and more that is borrowed never one more") {
  for (const float usual : {0.2F, 2.F, 20.F})
    for (const float balance : {-1.F, 0.F, 0.5F, 40.F}) {
      float before = -1;
      for (int step = 0; step <= 90; ++step) {
        const float effect =
            models::price_effect(models::log_price(0.01F * static_cast<float>(step)), -0.05F, -1.3F, 1.F, 0.3F, 0.6F);
        const models::Borrowing now = models::borrow(usual, effect, balance, 0.33F, 0.5F);
        REQUIRE(now.orders >= before);
        REQUIRE(now.orders >= 0.F);
        REQUIRE(models::borrow(usual, effect, balance + 0.3F, 0.33F, 0.5F).orders <= now.orders);
        before = now.orders;
      }
    }
}

TEST_CASE("exactly phi of a bump is paid back, at every size, and of a lasting discount 1 - phi is kept") {
  for (const float usual : {0.2F, 2.F, 20.F})
    for (const float effect : {1.05F, 1.5F, 6.F, 0.7F}) {
      double added = 0;
      float balance = 0;
      for (int month = 0; month < 240; ++month) {
        const models::Borrowing now = models::borrow(usual, month == 0 ? effect : 1.F, balance, 0.33F, 0.5F);
        added += static_cast<double>(now.orders) - static_cast<double>(usual);
        balance = now.balance;
      }
      CHECK(added == Approx((1 - 0.33) * (effect - 1) * usual).epsilon(1e-3));
      models::Borrowing lasting_one;
      for (int month = 0; month < 240; ++month)
        lasting_one = models::borrow(usual, effect, lasting_one.balance, 0.33F, 0.5F);
      CHECK(lasting_one.orders - usual == Approx((1 - 0.33) * (effect - 1) * usual).epsilon(1e-3));
    }
}

// A lasting discount, and one that competitors match in full from month 1 on: a bump of one month.
TEST_CASE("in a run phi of a bump is paid back at rates of .2, 2 and 20 orders a month") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double rate : {0.2, 2.0, 20.0}) {
    sim::Study study = default_study(catalogue, rate < 1 ? 60'000 : 8'000, 30);
    uncouple(study, catalogue);
    set(study, catalogue, "churn", "base_hazard", {0});
    set(study, catalogue, "purchasing", "orders_per_month", {rate}, 2);
    set(study, catalogue, "purchasing", "elasticity", {-4});
    set(study, catalogue, "purchasing", "borrowed_share", {0.33});
    study.policies.push_back(study.policies.front());
    study.policies[1].name = "lasting";
    study.policies[1].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.2}};
    const Outcome outcome(study, catalogue);
    set(study, catalogue, "purchasing", "competitor_matches", {1});
    set(study, catalogue, "purchasing", "matched_after", {1});
    const Outcome matched(study, catalogue);
    const auto more = [](const Outcome& run, int month) {
      return static_cast<double>(run.count("orders", month, {0, 1, 0, 0}) - run.count("orders", month));
    };
    double usual = 0, added = 0, of_bump = 0;
    for (int month = 0; month < 30; ++month) of_bump += more(matched, month);
    for (int month = 18; month < 30; ++month) {
      usual += static_cast<double>(outcome.count("orders", month));
      added += more(outcome, month);
    }
    const double bump = std::pow(0.8, -4) - 1;  // 1.44 of the usual orders
    // Counts of the same luck: the difference varies by about the root of the orders that are added, .3 % and less.
    CHECK(added / usual == Approx((1 - 0.33) * bump).epsilon(0.02));
    CHECK(more(outcome, 0) / static_cast<double>(outcome.count("orders", 0)) == Approx(bump).epsilon(0.05));
    CHECK(of_bump / more(matched, 0) == Approx(1 - 0.33).epsilon(0.02));
  }
}

TEST_CASE("an order's factor has median exp(-w^2 / 2)") {
  models::PurchasingParameters p;
  p.order_value.values = {2500, 1.1F, 0.5F};
  p.finish();
  CHECK(models::order_factor(0.F, p.order_spread, p.order_shift) == Approx(std::exp(-0.125)).epsilon(1e-6));
  CHECK(models::order_factor(1.F, p.order_spread, p.order_shift) == Approx(std::exp(0.375)).epsilon(1e-6));
}

TEST_CASE("an order is rounded once to whole quanta and no sum wraps") {
  CHECK(models::order_quanta(12.34F, 1.F, 100.F) == 1234);
  CHECK(models::order_quanta(1e9F, 10.F, 100.F) == models::max_quanta);
  CHECK(add_up(3, 4) == 7);
  CHECK(add_up(models::max_quanta, models::max_quanta) == models::max_quanta);
  CHECK(add_up(models::max_quanta - 1, 2) == models::max_quanta);
}

/// Nobody leaves, so that every month has all customers.
sim::Study staying(const sim::Catalogue& catalogue, std::uint64_t customers, int months) {
  sim::Study study = default_study(catalogue, customers, months);
  set(study, catalogue, "churn", "base_hazard", {0});
  uncouple(study, catalogue);
  return study;
}

TEST_CASE("orders of a population have the mean and the variance between replications of the negative binomial law") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = staying(catalogue, 64, 3);
  study.replications = 1500;
  const Outcome outcome(study, catalogue);
  double sum = 0, squares = 0;
  for (const auto& [cell, unused] : outcome.cells()) {
    const auto orders = static_cast<double>(outcome.total("orders", cell));
    sum += orders, squares += orders * orders;
  }
  const double n = 1500, mean = sum / n, variance = (squares - n * mean * mean) / (n - 1);
  const models::NegativeBinomial law{2.0, 2.0, 3.0};
  // 4.5 standard errors: a mean that is off by 0.9 % is found with a power of 95 %, a variance by 21 %.
  CHECK(std::abs(mean - 64 * law.mean()) < 4.5 * std::sqrt(64 * law.variance() / n));
  CHECK(std::abs(variance / (64 * law.variance()) - 1) < 4.5 * std::sqrt(2 / n) * 1.05);
}

// One customer in each of many worlds. Chi-square over counts with 20 expected at least, at 1e-6; of 20,000 customers,
// a shape of 1.8 instead of 2 is found with a power of 95 % (it moves the statistic by about 60).
TEST_CASE("orders of a customer have the chances of the negative binomial law") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = staying(catalogue, 1, 3);
  study.replications = 20'000;
  const Outcome outcome(study, catalogue);
  std::vector<double> seen(200);
  for (const auto& [cell, unused] : outcome.cells())
    seen[static_cast<std::size_t>(std::min<std::int64_t>(outcome.total("orders", cell), 199))] += 1;
  const models::NegativeBinomial law{2.0, 2.0, 3.0};
  double statistic = 0, cells = -1, rest_seen = 0, rest_expected = 0;
  for (int x = 0; x < 200; ++x) {
    const double expected = 20'000 * law.chance_of(x);
    if (expected < 20) {
      rest_seen += seen[static_cast<std::size_t>(x)], rest_expected += expected;
      continue;
    }
    statistic += std::pow(seen[static_cast<std::size_t>(x)] - expected, 2) / expected, ++cells;
  }
  statistic += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected, ++cells;
  CAPTURE(statistic, cells);
  CHECK(cells > 15);
  CHECK(boost::math::cdf(complement(boost::math::chi_squared(cells), statistic)) > 1e-6);
}

TEST_CASE("sales of like customers have the moments of the compound Poisson law") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = staying(catalogue, 64, 2);
  set(study, catalogue, "purchasing", "orders_per_month", {2.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {2500, 0, 0.5});
  study.replications = 1500;
  const Outcome outcome(study, catalogue);
  double sum = 0, squares = 0;
  for (const auto& [cell, unused] : outcome.cells()) {
    const double sales = 0.01 * static_cast<double>(outcome.total("revenue", cell));
    sum += sales, squares += sales * sales;
  }
  const double n = 1500, mean = sum / n, variance = (squares - n * mean * mean) / (n - 1);
  const models::CompoundPoisson law{2.0 * 2 * 64, 2500, 0.5};
  CHECK(std::abs(mean - law.mean()) < 4.5 * std::sqrt(law.variance() / n));
  CHECK(std::abs(variance / law.variance() - 1) < 4.5 * std::sqrt(2 / n) * 1.05);
}

TEST_CASE("season, demand and discount move the mean number of orders by their factors") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = staying(catalogue, 20'000, 2);
  set(study, catalogue, "purchasing", "season", {1.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
  study.scenarios.push_back({"boom", {{driver_number(catalogue, "demand"), 2.0, 0, {}, 0, {}}}});
  study.policies.push_back(study.policies.front());
  study.policies.back().name = "discount";
  study.policies.back().tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.1}};
  set(study, catalogue, "purchasing", "elasticity", {-2.62});
  const Outcome outcome(study, catalogue);
  const double base = 20'000 * 2.0;
  const auto near = [](double found, double expected) { return std::abs(found / expected - 1) < 0.03; };
  CHECK(near(static_cast<double>(outcome.count("orders", 0)), base * 1.5));
  CHECK(near(static_cast<double>(outcome.count("orders", 1)), base * 0.5));
  CHECK(near(static_cast<double>(outcome.count("orders", 0, {1, 0, 0, 0})), base * 3));
  const double more = std::pow(0.9, -2.62);
  CHECK(near(
      static_cast<double>(outcome.count("orders", 0, {0, 1, 0, 0})) / static_cast<double>(outcome.count("orders", 0)),
      more));
  const sim::Cell discounted{0, 1, 0, 0};
  CHECK(outcome.total("list_sales", discounted) ==
        outcome.total("revenue", discounted) + outcome.total("discount_given", discounted));
  CHECK(static_cast<double>(outcome.total("discount_given", discounted)) /
            static_cast<double>(outcome.total("list_sales", discounted)) ==
        Approx(0.1).epsilon(1e-4));
  CHECK(outcome.total("discount_given") == 0);
}

// Two orders or so of 60 million a month: 6 x 10^9 hundredths of an order, and a month of 2^30 tenths is usual.
TEST_CASE("sales that do not fit name the smallest quantum in which this customer's do, and it does") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = staying(catalogue, 20, 1);
  set(study, catalogue, "purchasing", "order_value", {60e6}, 1);
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  CHECK_THROWS_WITH(Outcome(study, catalogue), contains("'list_sales' in month 0") &&
                                                   contains("(money_quantum = 0.01)") &&
                                                   contains("Set money_quantum = 1 or more?"));
  study.money_quantum = 0.1;
  CHECK_THROWS_WITH(Outcome(study, catalogue), contains("Set money_quantum = 1 or more?"));
  study.money_quantum = 1;
  CHECK(Outcome(study, catalogue).total("list_sales") % 60'000'000 == 0);
}

TEST_CASE("nobody orders in the run-off") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = staying(catalogue, 500, 2);
  study.horizon.run_off = 3;
  const Outcome outcome(study, catalogue);
  CHECK(outcome.count("orders", 1) > 0);
  for (int month = 2; month < 5; ++month) CHECK(outcome.count("orders", month) + outcome.count("revenue", month) == 0);
}

TEST_CASE("the negative binomial law adds up to one and has its moments") {
  const models::NegativeBinomial law{0.553, 1.3, 4};
  double sum = 0, mean = 0, square = 0;
  for (int x = 0; x < 800; ++x) {
    const double p = law.chance_of(x);
    sum += p, mean += x * p, square += static_cast<double>(x) * x * p;
  }
  CHECK(sum == Approx(1).epsilon(1e-9));
  CHECK(mean == Approx(law.mean()).epsilon(1e-8));
  CHECK(square - mean * mean == Approx(law.variance()).epsilon(1e-6));
}

TEST_CASE("the top fifth of a lognormal population holds what the closed form says") {
  CHECK(models::top_share_of_lognormal(0.2, 1.0) == Approx(0.563).margin(5e-4));
  CHECK(models::top_share_of_lognormal(0.2, 1.5) == Approx(0.745).margin(5e-4));
}

}  // namespace
}  // namespace clientele::tests
