// Returns: rules by hand, shares by their law, and whole runs in which every quantum that was sold comes back.
#include "models/returns.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("one word says whether an order comes back, and when") {
  CHECK(models::comes_back_after(0.05F, 0.2F, 0.7F) == 1);
  CHECK(models::comes_back_after(0.139F, 0.2F, 0.7F) == 1);
  CHECK(models::comes_back_after(0.141F, 0.2F, 0.7F) == 2);
  CHECK(models::comes_back_after(0.199F, 0.2F, 0.7F) == 2);
  CHECK(models::comes_back_after(0.201F, 0.2F, 0.7F) == 0);
  CHECK(models::comes_back_after(sim::uniform(0), 0.F, 0.7F) == 0);
  CHECK(models::comes_back_after(sim::uniform(0), 0.2F, 0.F) == 2);
}

TEST_CASE("goods are list value less the margin that was booked, and so are those of a further category") {
  CHECK(models::cost_of_goods({1000, 1000}, 0.25F, 0.F, 0.F, 0.5F) == 750);
  // 1,100 of which 200 are of the category at half the price: 225 of margin on 900 and 100 on 200.
  CHECK(models::cost_of_goods({1100, 1000}, 0.25F, 0.2F, 0.5F, 0.5F) == 775);
  CHECK(models::cost_of_goods({0, 0}, 0.25F, 0.2F, 0.5F, 0.5F) == 0);
  CHECK(models::cost_of_returns(3, 1000, 2.5F, 0.9F, 100.F, 0.5F) == 850);
  CHECK(models::cost_of_returns(2, 1000, 0.F, 1.F, 100.F, 0.5F) == 0);
}

/// Customers who are all alike and to whom nothing happens but that they order, pay and send back.
sim::Study sends_back(const sim::Catalogue& catalogue, double chance, int months, std::uint64_t customers = 1'000) {
  sim::Study study = default_study(catalogue, customers, months);
  uncouple(study, catalogue);
  study.horizon.run_off = 24;
  set(study, catalogue, "returns", "chance", {chance});
  return study;
}

void expect_share(std::int64_t found, std::int64_t of, double chance) {
  const auto n = static_cast<double>(of);
  CHECK(std::fabs(static_cast<double>(found) - chance * n) < 4.5 * std::sqrt(n * chance * (1 - chance)));
}

TEST_CASE("over a long run the stated share of orders comes back, and of these the stated share in the next month") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome long_run(sends_back(catalogue, 0.23, 36), catalogue);
  REQUIRE(long_run.total("orders") > 40'000);
  expect_share(long_run.total("orders_returned"), long_run.total("orders"), 0.23);
  sim::Study study = sends_back(catalogue, 0.4, 1, 20'000);
  set(study, catalogue, "returns", "next_month", {0.6});
  const Outcome one_month(study, catalogue);
  expect_share(one_month.count("orders_returned", 1), one_month.count("orders", 0), 0.4 * 0.6);
  expect_share(one_month.count("orders_returned", 2), one_month.count("orders", 0), 0.4 * 0.4);
  CHECK(one_month.count("orders_returned", 1) + one_month.count("orders_returned", 2) ==
        one_month.total("orders_returned"));
}

TEST_CASE("where everything comes back every quantum does: revenue, margin, and what has been paid") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 1, 6);
  set(study, catalogue, "payment", "dispute_chance", {0.3});
  set(study, catalogue, "payment", "credited_share", {0.4});
  set(study, catalogue, "returns", "resold_share", {0.75});
  set(study, catalogue, "returns", "handling", {12.5});
  set(study, catalogue, "cross_selling", "margin", {0.4});
  set(study, catalogue, "cross_selling", "held_share", {0.5});
  study.policies[0].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.07},
                                       {field_ref(catalogue, "surcharge", "surcharge"), 0.2}};
  const Outcome outcome(study, catalogue);
  const auto all = [&](const char* metric) { return outcome.total(metric); };
  REQUIRE(all("orders") > 5'000);
  for (const char* some : {"refunded", "collected", "credited", "category_sales", "surcharges"}) CHECK(all(some) > 0);
  CHECK(all("orders_returned") == all("orders"));
  CHECK(all("returned") + all("credited") == all("revenue"));
  CHECK(all("refunded") == all("collected"));
  CHECK(all("goods_returned") == all("list_sales") - all("gross_margin"));
  CHECK(outcome.count("receivables", outcome.months() - 1) == 0);
  CHECK(all("contribution") == -all("logistics_cost") - all("care_cost") - all("returns_cost"));
  const double cost = 0.25 * static_cast<double>(all("goods_returned")) + 1'250.0 * static_cast<double>(all("orders"));
  CHECK(static_cast<double>(all("returns_cost")) == Approx(cost).epsilon(1e-4));
  std::int64_t within = 0;
  for (int month = 0; month < 6; ++month) within += outcome.count("returned", month);
  CHECK(outcome.kpi("returned_share") == Approx(static_cast<double>(within) / static_cast<double>(all("revenue"))));
  CHECK(outcome.kpi("returns_cost") == Approx(0.01 * static_cast<double>(all("returns_cost"))));
}

TEST_CASE("what is paid at once is refunded, and what is not due when it comes back is never paid") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 1, 3);
  set(study, catalogue, "payment", "late_chance", {0}, 1);
  set(study, catalogue, "payment", "terms_days", {0});
  const Outcome at_once(study, catalogue);
  CHECK(at_once.total("refunded") == at_once.total("revenue"));
  CHECK(at_once.total("receivables") == 0);
  set(study, catalogue, "payment", "terms_days", {120});
  const Outcome later(study, catalogue);
  CHECK(later.total("refunded") + later.total("collected") + later.total("invoices_settled") == 0);
  CHECK(later.total("returned") == later.total("revenue"));
  CHECK(later.count("receivables", 4) == 0);  // two months after the last sale
  CHECK(later.count("receivables", 3) > 0);
}

TEST_CASE("an order that comes back late and unpaid has been overdue until then, and counts as no late invoice") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 1, 4);
  set(study, catalogue, "payment", "terms_days", {0});
  set(study, catalogue, "payment", "late_chance", {1}, 1);
  set(study, catalogue, "payment", "days_late", {3000}, 1);
  set(study, catalogue, "returns", "next_month", {0});
  const Outcome outcome(study, catalogue);
  CHECK(outcome.total("invoices_late") + outcome.total("days_late") + outcome.total("not_due") == 0);
  CHECK(outcome.total("settled_at_limit") == 0);
  CHECK(outcome.count("overdue_1_30", 0) == outcome.count("revenue", 0));
  CHECK(outcome.count("overdue_31_60", 1) == outcome.count("revenue", 0));
  CHECK(outcome.total("overdue_61_90") + outcome.total("overdue_over_90") == 0);
  CHECK(outcome.count("returned", 2) == outcome.count("revenue", 0));
}

TEST_CASE("who has left sends back, who has defaulted does not") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 1, 3);
  set(study, catalogue, "churn", "base_hazard", {0.999});
  set(study, catalogue, "churn", "frailty_variance", {0});
  set(study, catalogue, "payment", "terms_days", {0});
  set(study, catalogue, "payment", "late_chance", {0}, 1);
  const Outcome left(study, catalogue);
  REQUIRE(left.count("left", 0) > 990);
  CHECK(left.total("returned") == left.total("revenue"));
  sim::Study over_years = study;
  over_years.horizon.months = 40;
  set(over_years, catalogue, "churn", "base_hazard", {0.1});
  set(over_years, catalogue, "returns", "next_month", {0});
  const Outcome leaving(over_years, catalogue);
  REQUIRE(leaving.total("left") > 900);
  CHECK(leaving.total("returned") == leaving.total("revenue"));
  set(study, catalogue, "credit", "default_chance", {0.999999}, 2);
  for (const char* key : {"default_goes_with_late", "stress_effect", "climate_correlation"})
    set(study, catalogue, "credit", key, {0});
  const Outcome defaulted(study, catalogue);
  REQUIRE(defaulted.count("defaulted", 0) == 1'000);
  REQUIRE(defaulted.total("revenue") > 0);
  CHECK(defaulted.total("returned") + defaulted.total("orders_returned") == 0);
}

double worth(int month) { return std::pow(1.008, -month); }

TEST_CASE("npv is the worth of cash, also of what comes back after the horizon") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double terms : {0.0, 45.0}) {
    sim::Study study = sends_back(catalogue, 0.3, 7);
    set(study, catalogue, "payment", "terms_days", {terms});
    set(study, catalogue, "returns", "resold_share", {0.6});
    const Outcome settled(study, catalogue);
    double cash = 0;
    for (int month = 0; month < settled.months(); ++month)
      cash += 0.01 * worth(month) *
              static_cast<double>(settled.count("contribution", month) - settled.count("revenue", month) +
                                  settled.count("collected", month) + settled.count("credited", month) +
                                  settled.count("returned", month) - settled.count("refunded", month));
    CHECK(settled.kpi("npv") == Approx(cash).epsilon(1e-9));
    study.horizon.run_off = 0;
    CHECK(Outcome(study, catalogue).kpi("npv") == settled.kpi("npv"));
  }
}

TEST_CASE("customer equity is the same wherever the horizon ends, and is npv and value beyond") {
  const sim::Catalogue catalogue = models::catalogue();
  std::vector<double> equities;
  for (const int months : {4, 9}) {
    sim::Study study = sends_back(catalogue, 0.3, months);
    study.horizon.run_off = 0;
    study.horizon.beyond = 20 - months;
    const Outcome outcome(study, catalogue);
    equities.push_back(outcome.kpi("customer_equity"));
    CHECK(outcome.kpi("npv") + outcome.kpi("value_beyond") == Approx(equities.back()).epsilon(1e-12));
    CHECK(outcome.total_beyond("returns_of_horizon") > 0);
    CHECK(outcome.total_beyond("returns_at_end") > 0);
  }
  CHECK(equities[0] == Approx(equities[1]).epsilon(1e-12));
}

TEST_CASE("at a chance of default, of what comes back in two months less is expected") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 1, 3, 4'000);
  set(study, catalogue, "returns", "next_month", {0});
  const std::int64_t all = Outcome(study, catalogue).beyond("returns_of_horizon", 1);
  set(study, catalogue, "credit", "default_chance", {0.1}, 2);
  for (const char* key : {"default_goes_with_late", "stress_effect", "climate_correlation"})
    set(study, catalogue, "credit", key, {0});
  const Outcome outcome(study, catalogue);
  const auto share = [&](int after) {
    return static_cast<double>(outcome.beyond("returns_of_horizon", after)) / static_cast<double>(all);
  };
  // Of what was sold in the last month, whose customers were there with .9^2 and have not defaulted by its end with .9,
  // .9 comes back; five standard errors.
  CHECK(share(1) == Approx(std::pow(0.9, 4)).epsilon(0.06));
}

TEST_CASE("what has come back was not bought after all: who looks back sees nothing of it, and months below 0") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 1, 5, 500);
  set(study, catalogue, "returns", "next_month", {1});
  set(study, catalogue, "purchasing", "season", {5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  for (const double look_back : {1.0, 12.0}) {
    sim::Policy spend{"spend",
                      segmentation_number(catalogue, "spend"),
                      {{0, {2}}, {0, {look_back}}, {0, {0}}},
                      {{"buyers", {}, 1, {}}, {"others", {}, {}, {}}},
                      1};
    study.policies.push_back(spend);
  }
  sim::Policy abc{
      "abc", segmentation_number(catalogue, "abc"), {{0, {2}}, {0, {1}}}, {{"A", 0.5, {}, {}}, {"B", {}, {}, {}}}, 1};
  study.policies.push_back(abc);
  const Outcome outcome(study, catalogue);
  for (std::uint32_t policy = 1; policy < study.policies.size(); ++policy) {
    const sim::Cell cell{0, policy, 0, 0};
    CAPTURE(study.policies[policy].name);
    REQUIRE(outcome.count("buyers", 0, cell) > 400);
    for (int month = 2; month < 5; ++month) CHECK(outcome.in_tier("customers", month, 0, cell) == 0);
  }
  set(study, catalogue, "returns", "chance", {0});
  CHECK(Outcome(study, catalogue).in_tier("customers", 2, 0, {0, 2, 0, 0}) > 300);
}

TEST_CASE("no rebate stays owed for what has come back") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 1, 4);
  study.policies[0].tiers[0].levers = {{field_ref(catalogue, "rebate", "rebate"), 0.04}};
  const Outcome outcome(study, catalogue);
  CHECK(outcome.count("rebates_owed", 3) > 0);
  CHECK(outcome.count("rebates_owed", 5) == 0);
  CHECK(outcome.total("rebate_accrued") == 0);
}

TEST_CASE("what comes back is the same under every policy that sells the same") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 0.2, 6);
  set(study, catalogue, "payment", "terms_elasticity", {0});
  study.policies.push_back(study.policies.front());
  study.policies.back().name = "longer";
  study.policies.back().tiers[0].levers = {{field_ref(catalogue, "payment", "terms_days"), 75}};
  const Outcome outcome(study, catalogue);
  const sim::Cell longer{0, 1, 0, 0};
  for (int month = 0; month < outcome.months(); ++month)
    for (const char* metric : {"orders_returned", "goods_returned", "returned", "returns_cost"})
      REQUIRE(outcome.count(metric, month) == outcome.count(metric, month, longer));
  CHECK(outcome.total("refunded") > outcome.total("refunded", longer));
}

TEST_CASE("where nothing comes back, what returns would cost moves nothing") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = sends_back(catalogue, 0, 6);
  const Outcome before(study, catalogue);
  set(study, catalogue, "returns", "handling", {500});
  set(study, catalogue, "returns", "resold_share", {0});
  set(study, catalogue, "returns", "next_month", {0});
  const Outcome after(study, catalogue);
  CHECK(before.cells().at({}).counts == after.cells().at({}).counts);
  CHECK(before.total("returned") + before.total("orders_returned") + before.total("returns_cost") == 0);
}

}  // namespace
}  // namespace clientele::tests
