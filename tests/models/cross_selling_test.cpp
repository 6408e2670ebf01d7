// Cross-selling: one customer's rule, holders against their closed form, and sales added up again.
#include "models/cross_selling.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

constexpr sim::Cell offered{0, 1, 0, 0};

/// Customers who stay and are all alike, half of whom could use the category; the second policy offers it to `offers`
/// of them a month.
sim::Study cross_sold(const sim::Catalogue& catalogue, std::uint64_t customers, double offers) {
  sim::Study study = default_study(catalogue, customers, 24);
  uncouple(study, catalogue);
  set(study, catalogue, "churn", "base_hazard", {1e-6});
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  set(study, catalogue, "accounting", "gross_margin", {0.25}, 1);
  set(study, catalogue, "cross_selling", "useful_to", {0.5});
  set(study, catalogue, "cross_selling", "margin", {0.4});
  set(study, catalogue, "cross_selling", "dropped", {0.1});
  set(study, catalogue, "cross_selling", "uptake", {0.2});
  study.policies.push_back(study.policies.front());
  study.policies.back().name = "offers";
  study.policies.back().tiers[0].levers = {{field_ref(catalogue, "cross_selling", "offers"), offers}};
  return study;
}

double share_of_holders(const Outcome& outcome, int month, const sim::Cell& cell) {
  return static_cast<double>(outcome.count("category_holders", month, cell)) /
         static_cast<double>(outcome.count("customers", month, cell));
}

TEST_CASE("an offer makes nobody drop the category, and who has no use for it never takes it") {
  for (int step = 0; step < 1'000; ++step) {
    const float u = (static_cast<float>(step) + 0.5F) / 1'000;
    for (const std::int32_t holds : {0, 1}) {
      const std::int32_t without = models::holds_next(holds, true, false, 0.02F, 0.3F, 0.1F, u);
      CHECK(models::holds_next(holds, true, true, 0.02F, 0.3F, 0.1F, u) >= without);
    }
    CHECK(models::holds_next(1, true, false, 0.02F, 0.3F, 0.1F, u) >=
          models::holds_next(0, true, false, 0.02F, 0.3F, 0.1F, u));
    CHECK(models::holds_next(0, false, true, 0.02F, 0.3F, 0.1F, u) == 0);
  }
}

// A share s of 20,000 has a standard error of sqrt(s (1 - s) / 20,000), at most .35 %: within four of these.
TEST_CASE("without an offer as many take the category as drop it") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = cross_sold(catalogue, 20'000, 0);
  set(study, catalogue, "cross_selling", "held_share", {0.4});
  const Outcome outcome(study, catalogue);
  for (const int month : {0, 5, 23}) CHECK(std::abs(share_of_holders(outcome, month, {}) - 0.2) < 0.0114);
  CHECK(outcome.total("offers") == 0);
}

TEST_CASE("with offers the share of holders goes to a / (a + d) of those who could use the category") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(cross_sold(catalogue, 20'000, 0.5), catalogue);
  constexpr double a = 0.1, d = 0.1;  // half of them are offered it, and a fifth of these take it
  for (const int month : {0, 1, 4, 23}) {
    CAPTURE(month);
    const double expected = 0.5 * a / (a + d) * (1 - std::pow(1 - a - d, month + 1));
    CHECK(std::abs(share_of_holders(outcome, month, offered) - expected) < 0.0142);
  }
  CHECK(outcome.total("category_holders") == 0);
}

TEST_CASE("every offer costs the same, of use or not, and goes to who does not hold the category") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(cross_sold(catalogue, 2'000, 1), catalogue);
  CHECK(outcome.total("offer_cost", offered) == 4'000 * outcome.total("offers", offered));
  for (const int month : {1, 10}) {
    const std::int64_t held_before = outcome.count("category_holders", month - 1, offered);
    CHECK(outcome.count("offers", month, offered) == outcome.count("customers", month, offered) - held_before);
  }
}

// Amounts are rounded to whole quanta of the customer-month by luck: a few quanta of some hundred thousand each.
TEST_CASE("what is sold of the category earns its own margin, and a part of it was sold before") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = cross_sold(catalogue, 1'000, 1);
  set(study, catalogue, "cross_selling", "size", {0.3});
  set(study, catalogue, "cross_selling", "taken_share", {0.25});
  set(study, catalogue, "cross_selling", "offer_cost", {0});
  set(study, catalogue, "purchasing", "discount", {0.1});
  set(study, catalogue, "purchasing", "elasticity", {0});
  const Outcome outcome(study, catalogue);
  const auto more = [&](const char* metric) {
    return static_cast<double>(outcome.total(metric, offered) - outcome.total(metric));
  };
  const auto sold = static_cast<double>(outcome.total("category_sales", offered));
  CHECK(sold > 0);
  CHECK(more("orders") == 0);
  CHECK(more("list_sales") == Approx(0.75 * sold).epsilon(1e-5));
  CHECK(more("revenue") == Approx(0.9 * 0.75 * sold).epsilon(1e-5));
  CHECK(more("gross_margin") == Approx((0.4 - 0.25 * 0.25) * sold).epsilon(1e-5));
  CHECK(more("contribution") == Approx((0.4 - 0.25 * 0.25 - 0.1 * 0.75) * sold).epsilon(1e-5));
}

}  // namespace
}  // namespace clientele::tests
