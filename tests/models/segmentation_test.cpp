// Segmentations: when they review, whom they put where, exactly, and that they hear of past months only.
#include <cmath>

#include "models/segmentation/best_response.hpp"
#include "models/segmentation/by_value.hpp"
#include "models/segmentation/everyone.hpp"
#include "models/segmentation/rank.hpp"
#include "models/segmentation/spend.hpp"
#include "models/segmentation/true_value.hpp"
#include "models/survey.hpp"
#include "models/theory/lorenz.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/core/money.hpp"
#include "sim/pilots.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("reviews fall on multiples of their interval, before month 0 too") {
  CHECK(models::review_due(0, 3));
  CHECK(models::review_due(-6, 3));
  CHECK_FALSE(models::review_due(4, 3));
  CHECK_FALSE(models::review_due(-4, 3));
}

TEST_CASE("a short past compares with a long one by its months") {
  CHECK(models::mean_of_month(300, models::months_known(3, 12)) == models::mean_of_month(1'200, 12));
  CHECK(models::mean_of_month(300, models::months_known(50, 12)) == models::mean_of_month(300, 12));
}

// Whole numbers over 1 to 24 months: as near as 1 / (23 x 24) to each other, and as large as 24 months of 2^30 quanta.
TEST_CASE("monthly sales stand in the order of their fractions, however near, and equal ones are equal") {
  for (const std::int64_t near : {0LL, 7LL, 1'999LL, (1LL << 30) - 50})
    for (std::int64_t m = 1; m <= 24; ++m)
      for (std::int64_t n = 1; n <= 24; ++n)
        for (std::int64_t more = -1; more <= 1; ++more) {
          const std::int64_t a = near * m + m / 2, b = a * n / m + more;
          const double one = models::mean_of_month(static_cast<double>(a), static_cast<std::int32_t>(m));
          const double other = models::mean_of_month(static_cast<double>(b), static_cast<std::int32_t>(n));
          REQUIRE((one < other) == (a * n < b * m));
          REQUIRE((one == other) == (a * n == b * m));
          REQUIRE((sim::ordered_key(one) < sim::ordered_key(other)) == (one < other));
        }
}

TEST_CASE("a bound is the fewest quanta that reach it, whatever a quotient's last bits say") {
  CHECK(sim::least_quanta(99.95, 0.01) == 9'995);
  CHECK(sim::least_quanta(99.945, 0.01) == 9'995);
  CHECK(sim::least_quanta(99.951, 0.01) == 9'996);
  CHECK(sim::least_quanta(0.3, 0.1) == 3);
  CHECK(sim::least_quanta(-0.5, 1) == 0);
  for (int cents = 1; cents < 200'000; cents += 7) REQUIRE(sim::least_quanta(cents / 100.0, 0.01) == cents);
}

sim::Policy tiered(const sim::Catalogue& catalogue, std::string_view key, std::vector<sim::Tier> tiers) {
  const std::uint32_t number = segmentation_number(catalogue, key);
  const auto entry = static_cast<std::uint32_t>(tiers.size() - 1);
  return {std::string(key), number, catalogue.segmentations()[number].fields.standards(), std::move(tiers), entry};
}

std::int64_t customers_in(const Outcome& outcome, int month, std::size_t tier, std::uint32_t policy) {
  return outcome.in_tier("customers", month, tier, {0, policy, 0, 0});
}

TEST_CASE("ranks fill their quotas exactly at every review and keep them until somebody leaves") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'111, 13);
  study.policies.push_back(tiered(catalogue, "rank", {{"A", 0.2, {}, {}}, {"B", 0.3, {}, {}}, {"C", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  CHECK(customers_in(outcome, 0, 2, 1) == 1'111);  // nobody has a past yet: the tier of entry
  for (const int month : {3, 6, 9, 12}) {
    const auto all = static_cast<double>(outcome.count("customers", month, {0, 1, 0, 0}));
    const auto upto_a = static_cast<std::int64_t>(std::floor(0.2 * all + 0.5));
    const auto upto_b = static_cast<std::int64_t>(std::floor((0.2 + 0.3) * all + 0.5));
    CHECK(customers_in(outcome, month, 0, 1) == upto_a);
    CHECK(customers_in(outcome, month, 1, 1) == upto_b - upto_a);
  }
}

TEST_CASE("the best fifth by past sales sells several times its share") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 3'000, 24);
  study.policies.push_back(tiered(catalogue, "rank", {{"A", 0.2, {}, {}}, {"B", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  const sim::Cell ranked{0, 1, 0, 0};
  double best = 0, all = 0;
  for (int month = 12; month < 24; ++month) {
    best += static_cast<double>(outcome.in_tier("revenue", month, 0, ranked));
    all += static_cast<double>(outcome.count("revenue", month, ranked));
  }
  CHECK(best / all > 0.5);
  CHECK(best / all < 0.9);
}

// Values lognormal between customers, many orders each, so that a year's rank is nearly that of the value. Standard
// error of the share: sqrt(.56 / customers) = .0053; at 4.5 of them a spread of .9 or 1.1 (share .52 or .60) is found
// with a power of 95 %. Ranking by a year of 360 orders, not by the value itself, costs .0005.
TEST_CASE("the best fifth sells the share that the Lorenz curve of a lognormal base says") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 20'000, 13);
  set(study, catalogue, "purchasing", "orders_per_month", {30.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {250, 1.0, 0});
  set(study, catalogue, "churn", "base_hazard", {0});
  study.policies.push_back(tiered(catalogue, "rank", {{"A", 0.2, {}, {}}, {"B", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  const sim::Cell ranked{0, 1, 0, 0};
  const double share = static_cast<double>(outcome.in_tier("revenue", 12, 0, ranked)) /
                       static_cast<double>(outcome.count("revenue", 12, ranked));
  CHECK(std::abs(share - models::top_share_of_lognormal(0.2, 1.0)) < 4.5 * 0.0053 + 0.0005);
}

TEST_CASE("spend tiers: who orders a known amount stands where the amount says, one month of it being enough") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 2'000, 4);
  set(study, catalogue, "purchasing", "orders_per_month", {3.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {100}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  sim::Policy policy = tiered(
      catalogue, "spend", {{"five orders", {}, 12 * 500.0, {}}, {"three", {}, 12 * 300.0, {}}, {"fewer", {}, {}, {}}});
  policy.values[0] = {0, {1}};  // reviewed each month
  study.policies.push_back(policy);
  const Outcome outcome(study, catalogue);
  // At month 1 only month 0 is known: times 12 it is 1,200 a year per order. P(N >= 5), P(3 <= N < 5) for Poisson(3).
  const double n = 2'000, five = 0.184737, three = 0.392073;
  const auto near = [n](std::int64_t found, double p) {
    return std::abs(static_cast<double>(found) - n * p) < 4.5 * std::sqrt(n * p * (1 - p));
  };
  CHECK(customers_in(outcome, 0, 2, 1) == 2'000);
  CHECK(near(customers_in(outcome, 1, 0, 1), five));
  CHECK(near(customers_in(outcome, 1, 1, 1), three));
  // At month 3 three months count: Poisson(9) >= 15 orders, and >= 9.
  CHECK(near(customers_in(outcome, 3, 0, 1), 0.041466));
  CHECK(near(customers_in(outcome, 3, 1, 1), 0.544347 - 0.041466));
}

TEST_CASE("a value comes back from its key") {
  for (const double value : {0.0, 1.0, 3.0, 9'995.0, 1e12 + 1, -1.0, -123'456.0, 0x1p50})
    CHECK(sim::value_of_key(sim::ordered_key(value)) == value);
}

// The top q of a lognormal base sell Phi(s - z), z the quantile of 1 - q: with s = 1 those who sell .8 are Phi(.8416 -
// 1) = .437 of all. Standard error with 20,000 customers: .0035.
TEST_CASE("those who sell the first four fifths are as many as the Lorenz curve of a lognormal base says") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 20'000, 13);
  set(study, catalogue, "purchasing", "orders_per_month", {30.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {250, 1.0, 0});
  set(study, catalogue, "churn", "base_hazard", {0});
  study.policies.push_back(tiered(catalogue, "abc", {{"A", 0.8, {}, {}}, {"B", 0.15, {}, {}}, {"C", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  CHECK(customers_in(outcome, 0, 2, 1) == 20'000);  // nobody has bought anything yet
  const double found = static_cast<double>(customers_in(outcome, 12, 0, 1)) / 20'000;
  CHECK(std::abs(models::top_share_of_lognormal(found, 1.0) - 0.8) < 0.01);
  const double both = found + static_cast<double>(customers_in(outcome, 12, 1, 1)) / 20'000;
  CHECK(std::abs(models::top_share_of_lognormal(both, 1.0) - 0.95) < 0.01);
}

/// How many stand in the first of two tiers by spend in a month, where everything has one price.
std::int64_t reach(double from, double price, int month, double quantum, int warmup) {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'500, month + 1);
  study.money_quantum = quantum;
  study.horizon.warmup = warmup;
  set(study, catalogue, "purchasing", "orders_per_month", {0.5}, 2);
  set(study, catalogue, "purchasing", "order_value", {price}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  study.policies.push_back(tiered(catalogue, "spend", {{"gold", {}, from, {}}, {"rest", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  return customers_in(outcome, month, 0, 1);
}

TEST_CASE("who spent exactly the amount is in the tier, and who spent a quantum less is not") {
  const auto [price, orders, quantum] = GENERATE(table<double, int, double>({{19.99, 5, 0.01},
                                                                             {10.10, 6, 0.01},
                                                                             {33.10, 6, 0.01},
                                                                             {49.90, 7, 0.01},
                                                                             {0.07, 6, 0.01},
                                                                             {1234.56, 6, 0.01},
                                                                             {7, 6, 1},
                                                                             {0.35, 7, 0.05}}));
  const double amount = price * orders;
  const std::int64_t at = reach(amount, price, 0, quantum, 12);
  CHECK(at > 0);
  CHECK(at == reach(amount - quantum / 2, price, 0, quantum, 12));
  CHECK(at > reach(amount + quantum, price, 0, quantum, 12));
}

TEST_CASE("a past of three months reaches a year's amount with a quarter of it, exactly") {
  const std::int64_t at = reach(4 * 3 * 19.99, 19.99, 3, 0.01, 0);  // three orders in three months
  CHECK(at > 0);
  CHECK(at == reach(4 * 3 * 19.99 - 0.005, 19.99, 3, 0.01, 0));
  CHECK(at > reach(4 * 3 * 19.99 + 0.01, 19.99, 3, 0.01, 0));
}

// Every customer sells the same, so that a fifth by chance sells a fifth. Orders of a month: 5,000 x 30; the standard
// error of a tier's part of them is sqrt(.2 x .8 / 150,000) = .001.
TEST_CASE("a fifth by chance is a fifth of everything, and the same customers at every review") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 5'000, 13);
  set(study, catalogue, "purchasing", "orders_per_month", {30.0}, 2);
  set(study, catalogue, "churn", "base_hazard", {0});
  study.policies.push_back(tiered(catalogue, "random", {{"A", 0.2, {}, {}}, {"B", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  const sim::Cell by_chance{0, 1, 0, 0};
  CHECK(customers_in(outcome, 0, 0, 1) == 1'000);  // chance needs no past
  CHECK(std::abs(static_cast<double>(outcome.in_tier("orders", 12, 0, by_chance)) /
                     static_cast<double>(outcome.count("orders", 12, by_chance)) -
                 0.2) < 4.5 * 0.001);
  for (const auto& flow : outcome.cells().at(by_chance).flows) CHECK((flow == 0 || flow == 1'000 || flow == 4'000));
}

// Everybody sells the same, so that the contribution of a customer is normal with the mean and spread of its margin.
// Standard error of the peak with 20,000 customers: about .007; the next month's sales add less.
TEST_CASE("customers who pay their way earn what the whale curve of a normal margin peaks at") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 20'000, 13);
  set(study, catalogue, "purchasing", "orders_per_month", {100.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {250}, 1);
  set(study, catalogue, "accounting", "gross_margin", {0.1, 0.15});
  set(study, catalogue, "churn", "base_hazard", {0});
  for (const char* cost : {"shipping", "per_km", "handling"}) set(study, catalogue, "logistics", cost, {0});
  study.policies.push_back(tiered(catalogue, "profit", {{"earns", {}, 0.0, {}}, {"costs", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  const sim::Cell sorted{0, 1, 0, 0};
  const models::WhaleOfNormal whale{0.1, 0.15};
  const double share = static_cast<double>(customers_in(outcome, 12, 0, 1)) / 20'000;
  CHECK(std::abs(share - whale.profitable()) < 4.5 * std::sqrt(0.75 * 0.25 / 20'000));
  const double peak = static_cast<double>(outcome.in_tier("contribution", 12, 0, sorted)) /
                      static_cast<double>(outcome.count("contribution", 12, sorted));
  CHECK(std::abs(peak - whale.peak()) < 4.5 * 0.008);
}

sim::Tier taking(const char* name, models::Number number, std::optional<double> at_least, std::optional<double> below) {
  sim::Tier tier{name, {}, {}, {}};
  tier.when = sim::Condition{.of = sim::Condition::Of::number,
                             .number = static_cast<std::uint32_t>(number),
                             .at_least = at_least,
                             .below = below};
  return tier;
}

// Half an order a month of everybody: no order in k months has the chance exp(-k / 2), orders of a year are Poisson(6),
// and months with an order binomial (12, 1 - exp(-1 / 2)).
TEST_CASE("conditions over recency, orders and months with an order take the customers that their laws say") {
  const sim::Catalogue catalogue = models::catalogue();
  const double n = 20'000;
  sim::Study study = default_study(catalogue, 20'000, 13);
  set(study, catalogue, "purchasing", "orders_per_month", {0.5}, 2);
  set(study, catalogue, "purchasing", "order_value", {100}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  using models::Number;
  const auto add = [&](std::vector<sim::Tier> tiers) {
    tiers.push_back({"rest", {}, {}, {}});
    study.policies.push_back(tiered(catalogue, "rules", std::move(tiers)));
  };
  add({taking("just now", Number::recency, {}, 2), taking("lost", Number::recency, 13, {})});
  add({taking("often", Number::orders, 8, {}), taking("some", Number::orders, 4, 8)});
  add({taking("steady", Number::buying_months, 6, {})});
  add({taking("large", Number::sales, 800, {})});
  const Outcome outcome(study, catalogue);
  const auto is_near = [&](std::uint32_t policy, std::size_t tier, double p) {
    return std::abs(static_cast<double>(customers_in(outcome, 12, tier, policy)) - n * p) <
           4.5 * std::sqrt(n * p * (1 - p));
  };
  CHECK(is_near(1, 0, 1 - std::exp(-0.5)));
  CHECK(is_near(1, 1, std::exp(-6.0)));
  CHECK(is_near(2, 0, 0.256020));
  CHECK(is_near(2, 1, 0.592776));
  CHECK(is_near(3, 0, 0.317640));
  CHECK(customers_in(outcome, 12, 0, 4) == customers_in(outcome, 12, 0, 2));  // eight orders of 100 are 800
  CHECK(customers_in(outcome, 0, 2, 1) == 20'000);  // nobody has a past yet: the tier of entry
}

TEST_CASE("tiers by attribute hold their groups, from the first review on") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'000, 4);
  set(study, catalogue, "churn", "base_hazard", {0});
  study.population.groups = {{"a", 0.2, {}}, {"b", 0.3, {}}, {"c", 0.5, {}}};
  std::vector<sim::Tier> tiers{{"first", {}, {}, {}}, {"rest", {}, {}, {}}};
  tiers[0].when = sim::Condition{.of = sim::Condition::Of::groups, .groups = {0, 2}};
  study.policies.push_back(tiered(catalogue, "attribute", tiers));
  const Outcome outcome(study, catalogue);
  CHECK(customers_in(outcome, 0, 0, 1) == 700);
  CHECK(customers_in(outcome, 3, 1, 1) == 300);
}

// By hand: 2, 2, 2, 2 and 4, 0, 4, 0 orders in four months.
TEST_CASE("orders are as stable as they vary little, and of a short or empty past nothing is known") {
  CHECK(models::stability_of(4, 12, 8, 16) == 1);
  CHECK(models::stability_of(4, 12, 8, 32) == 0);
  CHECK(models::stability_of(24, 24, 1, 1) == Approx(1 - std::sqrt(23.0)));
  CHECK(models::stability_of(24, 24, 1, 1) > models::least_stable);
  CHECK(models::stability_of(12, 12, 0, 0) == models::least_stable);
  CHECK(models::stability_of(2, 12, 4, 8) == models::least_stable);
  CHECK(models::stability_of(2, 2, 4, 8) == 1);
}

TEST_CASE("growth is that of a month's sales from the older half to the recent one") {
  CHECK(models::growth_of(6, 300, 100) == 3);
  CHECK(models::growth_of(5, 200, 300) == 1);  // two months of 100 after three of 100
  CHECK(models::growth_of(12, 0, 0) == 0);
  CHECK(models::growth_of(12, 0, 500) == 0);
  CHECK(models::growth_of(12, 500, 0) == models::most_growth);
  CHECK(models::growth_of(12, 5e6, 1) == models::most_growth);
  CHECK(models::growth_of(1, 0, 500) == 1);
}

TEST_CASE("a share of late invoices ranks the higher, the less there are, and is stated without its minus") {
  using models::Number;
  CHECK(models::late_share(1, 4) == -0.25);
  CHECK(models::late_share(0, 4) > models::late_share(1, 4));
  CHECK(models::late_share(0, 0) < models::late_share(4, 4));
  CHECK(models::as_stated(Number::late_otherwise, models::late_share(1, 4)) == 0.25);
  CHECK(models::as_stated(Number::late_by_administration, models::late_share(0, 0)) == -1);
  CHECK(models::as_stated(Number::recency, -2) == 2);
  CHECK(models::as_stated(Number::growth, 2) == 2);
}

// Orders of a month are Poisson(3); four months of them have a mean variance of 3, and 20,000 customers a growth whose
// median is 1. Both numbers look at past months alone.
TEST_CASE("steady customers are told from others by their orders, and growing ones by their sales") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 4'000, 13);
  set(study, catalogue, "purchasing", "orders_per_month", {3.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {100}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  using models::Number;
  study.policies.push_back(tiered(catalogue, "rules",
                                  {taking("steady", Number::order_stability, 0.6, {}),
                                   taking("wild", Number::order_stability, {}, 0.2),
                                   {"rest", {}, {}, {}}}));
  study.policies.push_back(tiered(catalogue, "rules", {taking("up", Number::growth, 1.0, {}), {"down", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  // 1 - cv of twelve months: cv^2 is near 1 / 3 with a relative sd of sqrt(2 / 11), so that a cv of .577 has one of
  // .13.
  CHECK(customers_in(outcome, 12, 0, 1) / 4'000.0 == Approx(0.06).margin(0.06));
  CHECK(customers_in(outcome, 12, 1, 1) / 4'000.0 == Approx(0.04).margin(0.04));
  // Both halves are Poisson(18): at least as many in the recent one with chance (1 + P(equal)) / 2 = .533.
  CHECK(std::abs(customers_in(outcome, 12, 0, 2) / 4'000.0 - 0.533) < 4.5 * std::sqrt(0.25 / 4'000));
}

TEST_CASE("a survey is asked in the last month of a quarter, and the unhappy answer less") {
  for (const int month : {-4, -1, 2, 5}) CHECK(models::is_surveyed(month, 3));
  for (const int month : {-3, -2, 0, 1, 3}) CHECK_FALSE(models::is_surveyed(month, 3));
  models::SurveyParameters p{3, 0.25F, 0.3F, 12};
  CHECK(models::chance_to_answer(p, 0) == Approx(0.25));
  CHECK(models::chance_to_answer(p, -1) == Approx(0.1980364));  // odds exp(-.3) / 3
  p.response = 1;
  CHECK(models::chance_to_answer(p, -5) == 1);
  CHECK(models::said_in_survey(74, 12, 1) == 86);
  CHECK(models::said_in_survey(74, 12, 3) == 100);
  CHECK(models::said_in_survey(20, 12, -3) == 0);
}

// Satisfaction of everybody stays at 74 (no orders): what is said is N(74, 12), above 86 with chance .1587.
TEST_CASE("a quarter answers each quarter, with an error, and an answer stands until the next") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 10'000, 8);
  set(study, catalogue, "purchasing", "orders_per_month", {0}, 2);
  set(study, catalogue, "satisfaction", "start_spread", {0});
  set(study, catalogue, "churn", "base_hazard", {0});
  using models::Number;
  study.policies.push_back(tiered(catalogue, "rules",
                                  {taking("content", Number::satisfaction, 86, {}),
                                   taking("others", Number::satisfaction, 0, 86),
                                   {"silent", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  const auto is_near = [&](int month, std::size_t tier, double p) {
    return std::abs(static_cast<double>(customers_in(outcome, month, tier, 1)) - 10'000 * p) <
           4.5 * std::sqrt(10'000 * p * (1 - p));
  };
  CHECK(is_near(3, 2, 0.75));
  CHECK(is_near(3, 0, 0.25 * 0.15866));
  CHECK(is_near(6, 2, 0.5625));
  CHECK(is_near(6, 0, 0.4375 * 0.15866));
}

TEST_CASE("a band below a bound is a part of it, of a loss too") {
  CHECK(models::kept_from(100, 0.1F) == 90);
  CHECK(models::kept_from(99.95, 0.2F) == Approx(79.96).epsilon(1e-15));
  CHECK(models::kept_from(-20, 0.25F) == -25);
  CHECK(models::kept_from(5, 0) == 5);
}

// Who needs nothing to stay never goes down, and who needs nearly all goes down more often.
TEST_CASE("who holds a tier by spend leaves it only where it falls short by the band") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 2'000, 25);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "purchasing", "orders_per_month", {1}, 2);
  set(study, catalogue, "purchasing", "order_value", {100}, 1);
  for (const double band : {0.0, 0.25, 1.0}) {
    study.policies.push_back(tiered(catalogue, "spend", {{"gold", {}, 400.0, {}}, {"rest", {}, {}, {}}}));
    study.policies.back().name += std::to_string(band);
    study.policies.back().values = {{0, {3}}, {0, {3}}, {0, {band}}};
  }
  const Outcome outcome(study, catalogue);
  for (int month = 3; month < 24; month += 3) {
    const std::int64_t strict = customers_in(outcome, month, 0, 1), eased = customers_in(outcome, month, 0, 2);
    REQUIRE(customers_in(outcome, month, 0, 3) >= customers_in(outcome, month - 1, 0, 3));
    if (month == 3)  // nobody held it: four orders of three months, Poisson(3)
      REQUIRE(strict == eased);
    else
      REQUIRE(strict < eased);
    REQUIRE(std::abs(static_cast<double>(strict) - 2'000 * 0.352768) < 4.5 * std::sqrt(2'000 * 0.352768 * 0.647232));
  }
  // Who stands there by Poisson(3) >= 4, or >= 3 while it is held: p' = p P(>= 3) + (1 - p) P(>= 4) tends to .452.
  CHECK(std::abs(static_cast<double>(customers_in(outcome, 23, 0, 2)) / 2'000 - 0.4546) < 4.5 * 0.0112);
}

sim::Tier of_value(const char* name, std::uint32_t attribute, std::vector<std::uint32_t> values) {
  sim::Tier tier{name, {}, {}, {}};
  tier.when = sim::Condition{.of = sim::Condition::Of::groups, .groups = std::move(values), .attribute = attribute};
  return tier;
}

// The scale of values goes with the log of worth, which is normal here with sd 1: those in the upper fifth of it sell
// Phi(c - .8416), .3663 at c = .5. Standard error of that share with 20,000 customers: about .007.
TEST_CASE("attributes have their shares, and what they are worth by their correlation; newcomers have them too") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 20'000, 5);
  study.horizon.warmup = 1;
  set(study, catalogue, "purchasing", "orders_per_month", {30.0}, 2);
  set(study, catalogue, "purchasing", "order_value", {250, 1.0, 0});
  set(study, catalogue, "accounting", "gross_margin", {0.25}, 1);
  set(study, catalogue, "churn", "base_hazard", {0});
  study.population.groups[0].arrivals = 2'000;
  study.population.arrivals = sim::Arrivals::by_number;
  study.population.attributes = {{"region", {"north", "east", "south"}, {0.2, 0.3, 0.5}},
                                 {"size", {"small", "large"}, {0.8, 0.2}, 0.5},
                                 {"unread", {"a", "b"}, {0.5, 0.5}}};
  study.policies.push_back(
      tiered(catalogue, "attribute", {of_value("far", 0, {0}), of_value("near", 0, {2}), {"rest", {}, {}, {}}}));
  study.policies.push_back(tiered(catalogue, "rules", {of_value("large", 1, {1}), {"small", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  const auto is_near = [&](int month, std::size_t tier, std::uint32_t policy, double p) {
    const auto n = static_cast<double>(outcome.count("customers", month, {0, policy, 0, 0}));
    return std::abs(static_cast<double>(customers_in(outcome, month, tier, policy)) - n * p) <
           4.5 * std::sqrt(n * p * (1 - p));
  };
  CHECK(is_near(0, 0, 1, 0.2));
  CHECK(is_near(0, 1, 1, 0.5));
  CHECK(is_near(0, 0, 2, 0.2));
  const double share = static_cast<double>(outcome.in_tier("revenue", 0, 0, {0, 2, 0, 0})) /
                       static_cast<double>(outcome.count("revenue", 0, {0, 2, 0, 0}));
  CHECK(std::abs(share - 0.3663) < 4.5 * 0.007);
  CHECK(outcome.count("customers", 3, {0, 1, 0, 0}) > 24'000);
  const auto sorted = static_cast<double>(outcome.count("customers", 2, {0, 1, 0, 0}));  // who came before the review
  CHECK(std::abs(static_cast<double>(customers_in(outcome, 3, 0, 1)) - 0.2 * sorted) < 4.5 * std::sqrt(0.16 * sorted));
  for (const sim::MetricInfo& metric : outcome.info().metrics)  // what a customer is changes nothing of what it does
    REQUIRE(outcome.count(metric.name, 4, {0, 1, 0, 0}) == outcome.count(metric.name, 4));
}

TEST_CASE("tenure counts from the month in which a customer came") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 500, 16);
  set(study, catalogue, "churn", "base_hazard", {0});
  study.population.groups[0].arrivals = 20;
  study.population.arrivals = sim::Arrivals::by_number;
  study.policies.push_back(tiered(catalogue, "tenure", {{"old", {}, 6.0, {}}, {"young", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  CHECK(customers_in(outcome, 3, 0, 1) == 0);
  CHECK(customers_in(outcome, 6, 0, 1) == 500);
  CHECK(outcome.count("customers", 12, {0, 1, 0, 0}) > 650);
  CHECK(customers_in(outcome, 12, 0, 1) == outcome.count("customers", 6, {0, 1, 0, 0}));
}

TEST_CASE("a tier's name has no effect: equal levers give equal outcomes under any segmentation") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'000, 18);
  study.horizon.warmup = 6;
  study.policies.push_back(tiered(catalogue, "rank", {{"gold", 0.2, {}, {}}, {"rest", {}, {}, {}}}));
  study.policies.push_back(tiered(catalogue, "spend", {{"gold", {}, 30'000.0, {}}, {"rest", {}, {}, {}}}));
  const Outcome outcome(study, catalogue);
  for (const sim::MetricInfo& metric : outcome.info().metrics)
    for (int month = 0; month < 18; ++month)
      for (const std::uint32_t policy : {1U, 2U})
        REQUIRE(outcome.count(metric.name, month, {0, policy, 0, 0}) == outcome.count(metric.name, month));
}

TEST_CASE("outcomes do not depend on block size, threads or company") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 900, 16);
  study.horizon.warmup = 4;
  study.horizon.run_off = 3;
  study.scenarios.push_back({"slow",
                             {{driver_number(catalogue, "days_late"), 5.0, 2, 6, 2, {}},
                              {driver_number(catalogue, "churn_hazard"), 3.0, 2, 6, 2, {}}}});
  sim::Policy ranked = tiered(catalogue, "rank", {{"A", 0.2, {}, {}}, {"B", {}, {}, {}}});
  ranked.tiers[0].levers = {{field_ref(catalogue, "payment", "terms_days"), 75.0},
                            {field_ref(catalogue, "purchasing", "discount"), 0.04}};
  study.policies.push_back(ranked);
  study.replications = 2;
  const Outcome first(study, catalogue, {.threads = 1, .block_size = 64});
  for (const sim::RunOptions& options : {sim::RunOptions{.threads = 2, .block_size = 512},
                                         sim::RunOptions{.threads = 2, .block_size = 1024, .arms_together = 2},
                                         sim::RunOptions{.threads = 1, .block_size = 128, .in_step = true}}) {
    const Outcome other(study, catalogue, options);
    REQUIRE(other.cells().size() == first.cells().size());
    for (const auto& [cell, outcome] : first.cells()) REQUIRE(other.cells().at(cell).counts == outcome.counts);
  }
}

TEST_CASE("months that a customer is there for are the mean of its survival, with all of the last one or a part") {
  using Catch::Matchers::WithinRel;
  const auto months = [](float hazard, models::Leaving leaving) {
    return static_cast<double>(models::expected_months(hazard, 12, leaving));
  };
  CHECK(months(0, models::Leaving::within_the_month) == 12);
  CHECK(months(0, models::Leaving::month_end) == 12);
  CHECK_THAT(months(0.1F, models::Leaving::within_the_month), WithinRel(6.988058, 1e-5));  // (1 - e^-1.2) / .1
  CHECK_THAT(months(0.1F, models::Leaving::month_end), WithinRel(7.343288, 1e-5));         // 1 + e^-.1 + ... + e^-1.1
}

TEST_CASE("classes are fifths of margin, then of frailty, then of orders; equal gains have one place") {
  CHECK(models::class_of_gain(0, 0, 0) == 0);
  CHECK(models::class_of_gain(0, 0, 20) == 1);
  CHECK(models::class_of_gain(0, 20, 0) == 5);
  CHECK(models::class_of_gain(19.9F, 0, 0) == 0);
  CHECK(models::class_of_gain(20, 39, 100) == 25 + 5 + 4);
  CHECK(models::class_of_gain(100, 100, 100) == sim::classes_of_gain - 1);
  CHECK(models::places_by_gain({3, -1, 3, 0}) == std::vector<std::int32_t>{2, 0, 2, 1});
}

TEST_CASE("who is no benchmark is handed nothing latent") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const auto& segmentation : catalogue.segmentations())
    CHECK(segmentation.is_benchmark == (segmentation.key == "true_value" || segmentation.key == "best_response"));
  sim::Wiring wiring(catalogue);
  sim::Observed firm(wiring, "rank"), benchmark(wiring, "true_value", true);
  CHECK_THROWS_WITH(firm.true_trait<float>("order rate"), Catch::Contains("benchmarks alone"));
  CHECK_NOTHROW(benchmark.true_trait<float>("order rate"));
}

/// All buy alike, and care keeps customers, which pays for those who leave most easily, and for nobody else.
sim::Study study_of_frailty(const sim::Catalogue& catalogue) {
  sim::Study study = default_study(catalogue, 1'000, 18);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  set(study, catalogue, "purchasing", "order_value", {1'800}, 1);
  set(study, catalogue, "accounting", "gross_margin", {0.25}, 1);
  set(study, catalogue, "churn", "base_hazard", {0.03});
  set(study, catalogue, "churn", "frailty_variance", {1});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "service", "care_hazard", {-1});
  set(study, catalogue, "service", "care_points", {0});
  set(study, catalogue, "service", "care_exponent", {0});
  const sim::Tier care{"A", 0.2, {}, {{field_ref(catalogue, "service", "care"), 50}}};
  for (const char* rule : {"best_response", "random", "rank", "true_value"})
    study.policies.push_back(tiered(catalogue, rule, {care, {"B", {}, {}, {}}}));
  study.replications = 4;
  return study;
}

TEST_CASE("best response looks after those of whom pilot worlds show that it pays, and earns more than the others do") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of_frailty(catalogue);
  const std::vector<double> gains = sim::with_gains(study, catalogue)->policies[1].gains;
  REQUIRE(gains.size() == sim::classes_of_gain);
  const auto gain = [&](float frailty) { return gains[models::class_of_gain(50, frailty, 50)]; };  // of who is alike
  CHECK(gain(0) < 0);
  CHECK(gain(20) < gain(60));
  CHECK(gain(60) < gain(80));
  CHECK(gain(80) > 500);
  CHECK(gains.front() > gain(0));  // of nobody: as of all
  CHECK(gains.front() < gain(80));

  const Outcome outcome(study, catalogue);
  const auto npv = [&](std::uint32_t policy) {
    double sum = 0;
    for (std::uint32_t world = 0; world < study.replications; ++world)
      sum += outcome.kpi("npv", {0, policy, 0, world}) / study.replications;
    return sum;
  };
  CHECK(npv(1) > npv(0) + 50'000);  // 200 customers, about 1,000 each
  CHECK(npv(1) > npv(2) + 50'000);
  CHECK(npv(1) > npv(3) + 50'000);
  CHECK(npv(1) > npv(4) + 50'000);  // who is worth most stays anyhow
  CHECK(customers_in(outcome, 0, 0, 1) == 200);
}

TEST_CASE("best response is no baseline, and a study whose first and last tier get the same is warned") {
  const auto read = [](const std::string& tiers, const std::string& baseline) {
    return scenarios::read_study_text(
        "[population]\ncustomers = 100\n[[policy]]\nname = \"today\"\n"
        "segmentation = \"everyone\"\n[[policy]]\nname = \"best\"\n"
        "segmentation = \"best_response\"\n" +
            tiers + "[experiment]\nbaseline = \"" + baseline + "\"\n",
        "a.toml", ".", models::catalogue());
  };
  const std::string differ = "tier = [ { name = \"A\", share = 0.2, care = 50 }, { name = \"B\" } ]\n";
  const std::string alike = "tier = [ { name = \"A\", share = 0.2, care = 0 }, { name = \"B\" } ]\n";
  using Catch::Contains;
  CHECK(read(differ, "today").warnings.empty());
  CHECK_THROWS_WITH(read(differ, "best"), Contains("a.toml:8:1: policy \"best\": best_response cannot be the "
                                                   "baseline (its pilot worlds begin with a warm-up"));
  const auto warnings = read(alike, "today").warnings;
  REQUIRE(warnings.size() == 1);
  CHECK_THAT(warnings.front(), Contains("its first and its last tier get the same"));
  const sim::Catalogue catalogue = models::catalogue();
  for (const auto& [policy, is_said] : {std::pair(0U, false), std::pair(1U, true)})
    CHECK((sim::Plan(read(differ, "today").study, catalogue)
               .info()
               .texts.policy_rules.at(policy)
               .find(sim::said_of_benchmarks) != std::string::npos) == is_said);
}

TEST_CASE("gains and what benchmarks decide are the same bits however worlds are simulated, and whoever is exchanged") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of_frailty(catalogue);
  study.population.customers = 300;
  study.horizon.months = 7;
  study.replications = 1;
  set(study, catalogue, "purchasing", "orders_per_month", {2, 2});
  const sim::RunOptions alone{.threads = 1, .block_size = 64}, others{.threads = 3, .block_size = 512};
  const auto gains = [&](const sim::RunOptions& options) {
    return sim::with_gains(study, catalogue, options)->policies[1].gains;
  };
  CHECK(gains(alone) == gains(others));
  const Outcome reference(study, catalogue, alone);
  require_same(reference, Outcome(study, catalogue, others));
  sim::RunOptions exchanged = alone;
  exchanged.latent_in_reviews = sim::LatentInReviews::exchanged;
  require_same(reference, Outcome(study, catalogue, exchanged));
  CHECK(sim::study_of_pilots(study, catalogue).seed != study.seed);
  const std::vector<double> before = gains(alone);
  study.seed += 1;
  CHECK(gains(alone) != before);
}

}  // namespace
}  // namespace clientele::tests
