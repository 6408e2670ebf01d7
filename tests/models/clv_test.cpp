// The value that a firm expects of customers: the table against Pareto/NBD, and predictions against what comes.
#include "models/segmentation/clv.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "models/theory/pareto_nbd.hpp"
#include "scenarios/study_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using Catch::Matchers::WithinAbs;

models::OrdersBelief belief_of(const models::ParetoNbd& law) {
  return {law.r / law.alpha, law.r, law.s / law.beta, 1 / law.s, false};
}

/// The law of who had been a customer for so long.
models::ParetoNbd later(models::ParetoNbd law, double months) {
  law.beta += months;
  return law;
}

double last_of(const models::SeenOrders& seen) {
  return seen.orders == 0 ? 0 : models::moment_of_last_order(seen.months, seen.ago, seen.orders);
}

/// Few and many months, orders and months since, of a window.
std::vector<models::SeenOrders> grid(std::int32_t window) {
  std::vector<models::SeenOrders> all;
  for (const std::int32_t months : {1, 2, 5, 11, 12, 24})
    for (const std::int32_t orders : {0, 1, 2, 3, 7, 20, 64})
      for (const std::int32_t ago : {0, 1, 2, 5, 11, 12, 24})
        for (const std::int32_t years : {0, 1, 7, 20}) {
          if (months > window || ago > months || (ago == 0) != (orders == 0) || (months < window && years > 0))
            continue;
          all.push_back({months, orders, ago, 12 * years});
        }
  return all;
}

// Laws: CDNOW's in months, a distributor's, many orders and more of them, few, hardly any leaving.
const std::vector<models::ParetoNbd> laws{{0.553, 10.578 * 12 / 52, 0.606, 11.669 * 12 / 52},
                                          {2, 1, 2, 124},
                                          {0.5, 0.05, 1.5, 20},
                                          {0.5, 0.005, 1.5, 60},
                                          {6, 30, 0.8, 5},
                                          {1.5, 0.3, 4, 4'000}};

TEST_CASE("P(alive) and the orders expected of the next months are those of Pareto/NBD") {
  for (const models::ParetoNbd& law : laws)
    for (const std::int32_t window : {12, 24}) {
      const models::ExpectedOrders table(belief_of(law), window, 12);
      for (const models::SeenOrders& seen : grid(window)) {
        const models::ParetoNbd own = later(law, seen.months_before);
        const double x = seen.orders, last = last_of(seen), months = seen.months;
        CAPTURE(law.r, law.s, months, x, last, seen.months_before);
        CHECK_THAT(table.alive(seen), WithinAbs(own.alive(x, last, months), 1e-6));
        const double exact = own.expected_later(x, last, months, 12);
        CHECK_THAT(table.later(seen), WithinAbs(exact, 1e-6 * std::max(1.0, exact)));
      }
    }
}

TEST_CASE("customers sorted by the table stand in the order of the exact expectations") {
  const models::ParetoNbd law = laws[0];
  const models::ExpectedOrders table(belief_of(law), 12, 12);
  std::vector<models::SeenOrders> all;
  for (std::int32_t orders = 0; orders <= 12; ++orders)
    for (std::int32_t ago = orders == 0 ? 0 : 1; ago <= (orders == 0 ? 0 : 12); ++ago)
      all.push_back({12, orders, ago, 0});
  std::ranges::sort(all, {}, [&](const models::SeenOrders& seen) { return table.later(seen); });
  double before = 0;
  for (const models::SeenOrders& seen : all) {
    const double exact = law.expected_later(seen.orders, last_of(seen), 12, 12);
    CHECK(exact >= before - 1e-9);
    before = exact;
  }
}

TEST_CASE(
    "laws that tell nobody apart are the limits of those that nearly do not, and a shape of leaving of 1 is none") {
  const double rate = 0.8, hazard = 0.05;
  const models::ExpectedOrders constant({rate, 0, hazard, 0, false}, 12, 9);
  const models::ExpectedOrders nearly({rate, 1e7, hazard, 1e-7, false}, 12, 9);
  for (const models::SeenOrders& seen : grid(12)) {
    if (seen.months_before > 0) continue;
    CHECK_THAT(constant.alive(seen), WithinAbs(nearly.alive(seen), 1e-5));
    CHECK_THAT(constant.later(seen), WithinAbs(nearly.later(seen), 1e-4));
  }
  CHECK(constant.later({12, 0, 0, 0}) == Approx(rate * (1 - std::exp(-hazard * 9)) / hazard /
                                                (1 + hazard / (rate + hazard) * (std::exp((rate + hazard) * 12) - 1))));
  const auto of_shape = [&](double s) {
    return models::ExpectedOrders(belief_of({2, 1, s, 30}), 12, 12).later({12, 3, 4, 24});
  };
  CHECK(of_shape(1) == Approx((of_shape(0.999) + of_shape(1.001)) / 2).epsilon(1e-6));
}

TEST_CASE("who sees its customers leave knows who is there; who loses none expects their rate") {
  models::OrdersBelief belief = belief_of(laws[1]);
  belief.sees_leavers = true;
  const models::ExpectedOrders seen(belief, 12, 12);
  CHECK(seen.alive({12, 0, 0, 0}) == 1);
  CHECK(seen.later({12, 6, 9, 0}) == Approx(8.0 / 13 * 136 * (1 - 136.0 / 148)));  // (r + x) / (alpha + T), s = 2
  const models::ExpectedOrders stay({2, 2, 0, 0.5, false}, 12, 6);
  CHECK(stay.later({12, 6, 9, 0}) == Approx(8.0 / 13 * 6));
}

TEST_CASE("a lognormal law of orders counts by its mean and variance, a constant by its value") {
  models::PurchasingParameters purchasing;
  const models::ChurnParameters churn{};
  purchasing.orders_per_month = {sim::Family::lognormal, {3.F, 0.5F, 0.F}};
  CHECK(models::orders_belief(purchasing, churn).shape == Approx(1 / (std::exp(0.25) - 1)));
  CHECK(models::orders_belief(purchasing, churn).mean_rate == 3);
  purchasing.orders_per_month = {sim::Family::constant, {3.F, 0.F, 0.F}};
  CHECK(models::orders_belief(purchasing, churn).shape == 0);
}

// Twice as much between orders as between customers: two orders count as much as the group's mean.
TEST_CASE("the mean order is drawn to the group's, the less the more orders there are") {
  const models::ValueBelief belief{100, 0.5, 1, 0.25};
  CHECK(models::expected_order_value(0, 0, belief) == 100);
  CHECK(models::expected_order_value(400, 2, belief) == 150);
  CHECK(models::expected_order_value(1'200, 6, belief) == Approx(175));
  CHECK(models::expected_order_value(400, 2, {100, 0, 1, 0.25}) == 100);
  CHECK(models::expected_order_value(400, 2, {100, 0.5, 0, 0.25}) == 200);
  CHECK(models::expected_order_value(0, 0, {100, 0.5, 0, 0.25}) == 100);
  CHECK(models::expected_order_value(400, 2, {100, 0, 0, 0.25}) == 100);
}

TEST_CASE("what is believed of orders is what the lognormal law draws") {
  models::PurchasingParameters purchasing;
  purchasing.order_value = {sim::Family::lognormal, {2'500.F, 1.F, 0.5F}};
  models::AccountingParameters accounting;
  accounting.gross_margin = {sim::Family::normal, {0.25F, 0.07F, 0.F}};
  const models::ValueBelief belief = models::value_belief(purchasing, accounting, 0.01);
  CHECK(belief.mean == Approx(250'000));
  CHECK(belief.between == Approx(std::exp(1.0) - 1));
  CHECK(belief.within == Approx(std::exp(1.0) * (std::exp(0.25) - 1)));
  CHECK(belief.margin == Approx(0.25));
}

/// All orders bring one unit of money, so that a tier starts from so many orders expected of a year. One review, at
/// month 0, after a year that the firm has seen; who is not on its books then is in the last tier.
sim::Study bands_of_expected_orders(const sim::Catalogue& catalogue, const std::vector<double>& from) {
  sim::Study study = default_study(catalogue, 5'000, 12);
  uncouple(study, catalogue);
  study.horizon.warmup = 14;
  study.replications = 40;
  set(study, catalogue, "purchasing", "orders_per_month", {0.5, 0.8});
  set(study, catalogue, "purchasing", "order_value", {1}, 1);
  set(study, catalogue, "accounting", "gross_margin", {1}, 1);
  set(study, catalogue, "churn", "base_hazard", {0.06});
  set(study, catalogue, "churn", "frailty_variance", {0.7});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "churn", "notice", {1});
  set(study, catalogue, "churn", "inactive_after", {12});
  const std::uint32_t number = segmentation_number(catalogue, "clv");
  study.policies.push_back({"clv", number, catalogue.segmentations()[number].fields.standards(), {}, 0});
  sim::Policy& policy = study.policies.back();
  policy.values[*catalogue.segmentations()[number].fields.find("review_every")].numbers = {12};
  for (std::size_t k = 0; k < from.size(); ++k) policy.tiers.push_back({"t" + std::to_string(k), {}, from[k], {}});
  policy.tiers.push_back({"rest", {}, {}, {}});
  policy.entry = from.size();
  return study;
}

/// A year's orders per customer of a tier, and the standard error of it over replications.
struct Mean {
  double mean = 0, error = 0;
};
Mean orders_of_tier(const Outcome& outcome, std::size_t tier) {
  double n = 0, sum = 0, squares = 0;
  for (const auto& [cell, unused] : outcome.cells()) {
    if (cell.policy != 1) continue;
    double orders = 0;
    for (int month = 0; month < 12; ++month)
      orders += static_cast<double>(outcome.in_tier("orders", month, tier, cell));
    const double mean = orders / static_cast<double>(outcome.in_tier("on_books", 0, tier, cell));
    n += 1, sum += mean, squares += mean * mean;
  }
  return {sum / n, std::sqrt((squares / n - sum / n * (sum / n)) / (n - 1))};
}

// Bands are a fifth to a third wide, and means are known within some per cent of them.
TEST_CASE("a year's orders are as many as were expected, in each band of expectations") {
  const std::vector<double> from{9, 7, 5.5, 4.5, 3.6, 2.9, 2.3, 1.8, 1.4, 1.1, 0.8, 0.6, 0.4};
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(bands_of_expected_orders(catalogue, from), catalogue, {.threads = 2});
  for (std::size_t band = 1; band < from.size(); ++band) {
    const auto [mean, error] = orders_of_tier(outcome, band);
    CAPTURE(band, from[band], mean, error);
    CHECK(mean > from[band] - 4.5 * error);
    CHECK(mean < from[band - 1] + 4.5 * error);
    CHECK(error < 0.04 * mean);
  }
}

std::string mistakes(const std::string& tiers) {
  const std::string text = "[population]\ncustomers = 100\n[[policy]]\nname = \"r\"\nsegmentation = \"clv\"\n" + tiers;
  try {
    scenarios::read_study_text(text, "a.toml", ".", models::catalogue(), {});
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

TEST_CASE("tiers start from an amount of money, or are shares, and not both") {
  const std::string by_amount = "[[policy.tier]]\nname = \"A\"\nfrom = 1200.5\n";
  const std::string by_share = "[[policy.tier]]\nname = \"A\"\nshare = 0.2\n";
  const std::string rest = "[[policy.tier]]\nname = \"B\"\n";
  CHECK(mistakes(by_amount + rest) == "none");
  CHECK(mistakes(by_share + rest) == "none");
  CHECK_THAT(mistakes(by_share + "[[policy.tier]]\nname = \"C\"\nfrom = 5\n" + rest),
             contains("from does not go with the segmentation clv"));
}

}  // namespace
}  // namespace clientele::tests
