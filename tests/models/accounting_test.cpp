// Accounting: rules by hand, the identity of contribution, and what a discount costs.
#include "models/accounting.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a share of an amount is rounded once, halves to even") {
  CHECK(models::share_of(1000, 0.25F) == 250);
  CHECK(models::share_of(10, 0.25F) == 2);
  CHECK(models::share_of(-10, 0.25F) == -2);
}

TEST_CASE("present value falls by the discount rate each month and not before month 0") {
  CHECK(models::discount_factor(0.008F, 0) == 1.F);
  CHECK(models::discount_factor(0.008F, -5) == 1.F);
  CHECK(models::discount_factor(0.008F, 12) == Approx(std::pow(1.008, -12)).epsilon(1e-6));
}

TEST_CASE("contribution is gross margin less discount less all costs, to the quantum") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'000, 24);
  study.horizon.run_off = 6;
  study.policies[0].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.03},
                                       {field_ref(catalogue, "service", "care"), 20},
                                       {field_ref(catalogue, "service", "expedite"), 0.3}};
  const Outcome outcome(study, catalogue);
  for (int month = 0; month < outcome.months(); ++month)
    REQUIRE(outcome.count("contribution", month) ==
            outcome.count("gross_margin", month) - outcome.count("discount_given", month) -
                outcome.count("logistics_cost", month) - outcome.count("care_cost", month) -
                outcome.count("expedite_cost", month) - outcome.count("capital_cost", month));
  CHECK(outcome.total("capital_cost") > 0);
}

TEST_CASE("winning a customer costs once, in the month of joining, and comes off contribution to the quantum") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 400, 12);
  study.horizon.warmup = 2;
  study.population.arrivals = sim::Arrivals::by_number;
  study.population.groups[0].arrivals = 12;
  set(study, catalogue, "acquisition", "cost_per_customer", {250.5});
  const Outcome dear(study, catalogue);
  set(study, catalogue, "acquisition", "cost_per_customer", {0});
  const Outcome free(study, catalogue);
  CHECK(dear.count("customers_new", 0) == 0);
  CHECK(dear.count("acquisition_cost", 0) == 0);
  for (int month = 1; month < 12; ++month) {
    CHECK(dear.count("acquisition_cost", month) == 25'050 * dear.count("arrivals", month));
    CHECK(free.count("contribution", month) - dear.count("contribution", month) ==
          dear.count("acquisition_cost", month));
    CHECK(dear.count("customers_new", month) >= dear.count("arrivals", month));
  }
  CHECK(dear.count("customers_new", 1) == dear.count("arrivals", 1));
  CHECK(dear.count("customers_new", 11) > 100);
  CHECK(dear.count("revenue_new", 11) > 0);
  CHECK(dear.count("revenue_new", 11) < dear.count("revenue", 11) / 2);
  CHECK(free.total("acquisition_cost") == 0);
}

TEST_CASE("npv is the discounted sum of contribution") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = default_study(catalogue, 1'000, 36);
  const Outcome outcome(study, catalogue);
  double expected = 0;
  for (int month = 0; month < 36; ++month)
    expected += 0.01 * static_cast<double>(outcome.count("contribution", month)) * std::pow(1.008, -month);
  CHECK(outcome.kpi("npv") == Approx(expected).epsilon(1e-6));  // customers are rounded one by one
}

/// Like customers who earn a steady margin; nobody's past matters for his future.
sim::Study steady(const sim::Catalogue& catalogue, int months) {
  sim::Study study = default_study(catalogue, 20'000, months);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  set(study, catalogue, "purchasing", "order_value", {1000, 0, 0});
  set(study, catalogue, "accounting", "gross_margin", {0.25}, 1);
  set(study, catalogue, "accounting", "capital_cost", {0});
  set(study, catalogue, "logistics", "distance", {0}, 1);
  set(study, catalogue, "churn", "base_hazard", {0.02});
  set(study, catalogue, "churn", "tenure_slope", {0});
  return study;
}

TEST_CASE("customer equity of like customers is the geometric lifetime value") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = steady(catalogue, 24);
  set(study, catalogue, "churn", "frailty_variance", {0});
  set(study, catalogue, "accounting", "terminal_months", {600});
  const Outcome outcome(study, catalogue);
  const double monthly = 2 * (1000 * 0.25 - 78), stays = 0.98 / 1.008;
  const double value = 20'000 * monthly / (1 - stays);
  // Orders of 470,000 customer-months vary by 0.1 %, lifetimes by 0.5 %.
  CHECK(outcome.kpi("customer_equity") == Approx(value).epsilon(0.02));
  CHECK(outcome.kpi("npv") == Approx(value * (1 - std::pow(stays, 24))).epsilon(0.02));
}

TEST_CASE("customer equity with frailty is that of the survival law, wherever the horizon ends") {
  const sim::Catalogue catalogue = models::catalogue();
  const double monthly = 2 * (1000 * 0.25 - 78), v = 0.5, hazard = -std::log(0.98);
  for (const int months : {6, 36}) {
    sim::Study study = steady(catalogue, months);
    set(study, catalogue, "accounting", "terminal_months", {600});
    double value = 0;
    for (int t = 0; t < months + 600; ++t)
      value += std::pow(1 + v * hazard * t, -1 / v) * std::pow(1.008, -t) * monthly * 20'000;
    CHECK(Outcome(study, catalogue).kpi("customer_equity") == Approx(value).epsilon(0.02));
  }
}

TEST_CASE("months to come add up as a geometric series") {
  CHECK(models::months_to_come(0.5F, 2.F) == Approx(0.75).epsilon(1e-5));
  CHECK(models::months_to_come(1.F, 60.F) == 60.F);
  CHECK(models::months_to_come(0.97F, 600.F) == Approx(0.97 / 0.03).epsilon(1e-3));
  CHECK(models::months_to_come(0.F, 60.F) == 0.F);
  CHECK(models::months_to_come(0.9F, 0.F) == 0.F);
}

TEST_CASE("margin and capital cost are the stated shares") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 5'000, 24);
  set(study, catalogue, "accounting", "gross_margin", {0.3}, 1);
  const Outcome outcome(study, catalogue);
  CHECK(static_cast<double>(outcome.total("gross_margin")) / static_cast<double>(outcome.total("list_sales")) ==
        Approx(0.3).epsilon(1e-5));
  CHECK(static_cast<double>(outcome.total("capital_cost")) / static_cast<double>(outcome.total("receivables")) ==
        Approx(0.08 / 12).epsilon(1e-4));
}

TEST_CASE("five per cent off for everybody cannot repay a fifth of the margin") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 4'000, 12);
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "discount";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.05}};
  set(study, catalogue, "accounting", "capital_cost", {0});
  for (const char* cost : {"shipping", "per_km", "handling"}) set(study, catalogue, "logistics", cost, {0});
  const Outcome outcome(study, catalogue);
  const double volume = std::pow(0.95, -2.62), expected = volume * (0.25 - 0.05) / 0.25;
  const double found = static_cast<double>(outcome.total("contribution", {0, 1, 0, 0})) /
                       static_cast<double>(outcome.total("contribution"));
  CHECK(found == Approx(expected).margin(0.03));  // margins differ between customers, so the ratio of two sums does
  CHECK(found < 1);
}

}  // namespace
}  // namespace clientele::tests
