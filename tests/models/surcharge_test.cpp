// Surcharges: what one order pays by hand, and what customers make of it in whole runs.
#include "models/surcharge.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

constexpr sim::Cell charged{0, 1, 0, 0};

/// Customers who are all 300 km away and stay, with half a unit of money for each kilometer beyond `from` in the second
/// policy: 100 beyond 100 km, on orders of 1,000 in the mean.
sim::Study far_away(const sim::Catalogue& catalogue, std::uint64_t customers, double from) {
  sim::Study study = default_study(catalogue, customers, 24);
  uncouple(study, catalogue);
  set(study, catalogue, "churn", "base_hazard", {1e-6});
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  set(study, catalogue, "purchasing", "order_value", {1'000, 0, 0.2});
  set(study, catalogue, "logistics", "distance", {300}, 1);
  set(study, catalogue, "surcharge", "surcharge_from", {from});
  study.policies.push_back(study.policies.front());
  study.policies.back().name = "surcharge";
  study.policies.back().tiers[0].levers = {{field_ref(catalogue, "surcharge", "surcharge"), 0.5}};
  return study;
}

TEST_CASE("an order pays for the kilometers beyond a distance, and weighs it by what it is worth") {
  CHECK(models::surcharge_of_order(0.5F, 300, 100) == 100.F);
  CHECK(models::surcharge_of_order(0.5F, 100, 100) == 0.F);
  CHECK(models::surcharge_of_order(0.5F, 20, 100) == 0.F);
  CHECK(models::log_surcharge(100, 1'000, 1) == Approx(std::log(1.1)));
  CHECK(models::log_surcharge(100, 1'000, 0.5F) == Approx(std::log(1.05)));
  CHECK(models::log_surcharge(100, 0, 1) == 0.F);
}

TEST_CASE("where price moves nobody a surcharge is invoiced with every order, paid, and earned in full") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = far_away(catalogue, 500, 100);
  set(study, catalogue, "purchasing", "elasticity", {0});
  const Outcome outcome(study, catalogue);
  const auto more = [&](const char* metric) { return outcome.total(metric, charged) - outcome.total(metric); };
  const std::int64_t surcharges = outcome.total("surcharges", charged);
  CHECK(surcharges == 10'000 * outcome.total("orders", charged));
  CHECK(more("orders") == 0);
  CHECK(more("list_sales") == 0);
  CHECK(more("discount_given") == 0);
  CHECK(more("revenue") == surcharges);
  CHECK(more("contribution") == surcharges);
  CHECK(more("collected") > surcharges * 8 / 10);  // of 24 months all but what the last ones leave open
  CHECK(outcome.total("surcharges") == 0);
}

TEST_CASE("nobody nearer than the distance pays or answers") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(far_away(catalogue, 200, 300), catalogue);
  CHECK(outcome.total("surcharges", charged) == 0);
  CHECK(outcome.total("contribution", charged) == outcome.total("contribution"));
}

// Nobody is lost within the month in which it comes. A share of 60,000 customer-months of 5 % has a standard error of
// 1.8 %, and luck is the same: within four of these.
TEST_CASE("who pays a surcharge leaves sooner by its share of an order's price") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = far_away(catalogue, 20'000, 100);
  study.horizon.months = 4;
  set(study, catalogue, "churn", "base_hazard", {0.02});
  set(study, catalogue, "churn", "frailty_variance", {0});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "surcharge", "surcharge_hazard", {10});
  const Outcome outcome(study, catalogue);
  CHECK(outcome.count("left", 0, charged) == outcome.count("left", 0));
  double left = 0, at_risk = 0;
  for (const int month : {1, 2, 3}) {
    left += static_cast<double>(outcome.count("left", month, charged));
    at_risk += static_cast<double>(outcome.count("customers", month, charged));
  }
  CHECK(left / at_risk == Approx(1 - std::pow(0.98, std::pow(1.1, 10))).epsilon(0.072));
}

// Where orders fall by no more than prices rise, what a month brings grows with every price: who leaves is what it
// costs.
TEST_CASE("a small surcharge may pay, and one of five times an order's worth does not") {
  const sim::Catalogue catalogue = models::catalogue();
  const auto gain = [&](double per_km) {
    sim::Study study = far_away(catalogue, 2'000, 100);
    study.horizon.beyond = 60;
    set(study, catalogue, "logistics", "per_km", {0.1});  // so that an order earns something without it
    set(study, catalogue, "churn", "base_hazard", {0.016});
    set(study, catalogue, "purchasing", "reference_loss", {0.6});
    study.policies.back().tiers[0].levers[0].value = per_km;
    const Outcome outcome(study, catalogue);
    return outcome.kpi("customer_equity", charged) - outcome.kpi("customer_equity");
  };
  CHECK(gain(0.5) > 0);
  CHECK(gain(25) < 0);
}

// x = log 1.1: orders x exp(-(x + .6 x .8^k)) after k months. With the same luck the ratio of 40,000 orders a month has
// a standard error of sqrt(.14 / 40,000) = .19 % at most.
TEST_CASE("a surcharge costs orders by the customer's own elasticity, and more while it is new") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = far_away(catalogue, 20'000, 100);
  set(study, catalogue, "purchasing", "reference_loss", {0.6});
  set(study, catalogue, "surcharge", "surcharge_hazard", {0});
  const Outcome outcome(study, catalogue);
  const double x = std::log(1.1);
  for (const int month : {0, 1, 3, 23}) {
    CAPTURE(month);
    const double ratio = static_cast<double>(outcome.count("orders", month, charged)) /
                         static_cast<double>(outcome.count("orders", month));
    CHECK(ratio == Approx(std::exp(-x * (1 + 0.6 * std::pow(0.8, month)))).epsilon(0.0076));
  }
}

}  // namespace
}  // namespace clientele::tests
