// Rebates: rules by hand, and whole runs whose years are added up again.
#include "models/rebate.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a rebate is owed on all sales of the year once the amount is reached") {
  CHECK(models::rebate_owed(99'999, 100'000, 0.03F, 0.5F) == 0);
  CHECK(models::rebate_owed(100'000, 100'000, 0.03F, 0.5F) == 3'000);
  CHECK(models::rebate_owed(250'000, 100'000, 0.03F, 0.5F) == 7'500);
}

TEST_CASE("who is at the pace of the amount expects a rebate, in January by the year before") {
  CHECK(models::is_on_the_way(30'000, 3, 120'000));
  CHECK(!models::is_on_the_way(29'999, 3, 120'000));
  CHECK(models::is_on_the_way(120'000, 0, 120'000));
  CHECK(!models::is_on_the_way(119'999, 0, 120'000));
  CHECK(models::is_on_the_way(0, 5, 0));
}

/// Two calendar years and a quarter of customers who are all alike, with a rebate of 4 % for all.
sim::Study with_rebate(const sim::Catalogue& catalogue, double from) {
  sim::Study study = default_study(catalogue, 1'000, 27);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  set(study, catalogue, "purchasing", "order_value", {1000, 0, 0.2});
  set(study, catalogue, "rebate", "rebate_from", {from});
  study.policies.push_back(study.policies.front());
  study.policies.back().name = "rebate";
  study.policies.back().tiers[0].levers = {{field_ref(catalogue, "rebate", "rebate"), 0.04}};
  return study;
}

constexpr sim::Cell rebated{0, 1, 0, 0};

TEST_CASE("what a year has earned is paid in January, also to who has left by then") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(with_rebate(catalogue, 0), catalogue);
  for (const int year : {0, 1}) {
    std::int64_t accrued = 0, sold = 0;
    for (int month = 12 * year; month < 12 * year + 12; ++month) {
      accrued += outcome.count("rebate_accrued", month, rebated);
      sold += outcome.count("revenue", month, rebated);
      if (month % 12 != 0) CHECK(outcome.count("rebate_paid", month, rebated) == 0);
    }
    CHECK(outcome.count("rebate_paid", 12 * year + 12, rebated) == accrued);
    CHECK(std::abs(static_cast<double>(accrued) - 0.04 * static_cast<double>(sold)) < 1'100);  // a quantum a customer
  }
  CHECK(outcome.total("left", rebated) > 100);
  CHECK(outcome.total("rebate_accrued") == 0);
  CHECK(outcome.kpi("rebates", rebated) ==
        Approx(0.01 * static_cast<double>(outcome.total("rebate_accrued", rebated))));
}

TEST_CASE(
    "an amount that nobody reaches in the first half year is owed in the second, and moves orders from the start") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(with_rebate(catalogue, 20'000), catalogue);  // 24,000 are expected of a year
  for (int month = 0; month < 4; ++month) CHECK(outcome.count("rebate_accrued", month, rebated) == 0);
  CHECK(outcome.count("rebate_accrued", 10, rebated) > 0);
  CHECK(outcome.count("orders", 6, rebated) > outcome.count("orders", 6));
  CHECK(outcome.count("orders", 0, rebated) == outcome.count("orders", 0));  // no year stands before this one
}

TEST_CASE("in January a rebate is expected by the year before, as in the months around it") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_rebate(catalogue, 10'000);
  study.population.customers = 8'000;
  const Outcome outcome(study, catalogue);
  const auto more = [&](int month) {
    return static_cast<double>(outcome.count("orders", month, rebated)) /
           static_cast<double>(outcome.count("orders", month));
  };
  // exp(-log(1 - .5 x .04)) = 1.02 of the orders of whoever has a year behind; with the same luck a standard error is
  // .14 %.
  for (const int month : {11, 12, 24}) CHECK(more(month) == Approx(1 / 0.98).epsilon(0.0056));
}

TEST_CASE("the way to a rebate is what the year has brought of it, until the amount is reached") {
  CHECK(models::progress_to_rebate(30'000, 6, 120'000, 0.04F) == 0.25F);
  CHECK(models::progress_to_rebate(120'000, 6, 120'000, 0.04F) == 0.F);
  CHECK(models::progress_to_rebate(30'000, 0, 120'000, 0.04F) == 0.F);  // of the year that is over
  CHECK(models::progress_to_rebate(30'000, 6, 120'000, 0.F) == 0.F);
}

// 24,000 are expected of a year: who is short of 30,000 in December has come 5/7 of the way on average, which asks for
// exp(.3 x .5) or so of December's orders, less a half of what the months before have added.
TEST_CASE("near the amount customers hurry, and a part of it is missing in January") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_rebate(catalogue, 30'000);
  study.population.customers = 8'000;
  set(study, catalogue, "rebate", "rebate_salience", {0});  // only the cut acts
  set(study, catalogue, "purchasing", "cut_pressure", {0.3});
  set(study, catalogue, "purchasing", "cut_borrowed", {0.5});
  const Outcome outcome(study, catalogue);
  const auto more = [&](int month) {
    return static_cast<double>(outcome.count("orders", month, rebated)) /
               static_cast<double>(outcome.count("orders", month)) -
           1;
  };
  CHECK(more(11) > 0.05);
  CHECK(more(11) < std::exp(0.3) - 1);
  CHECK(more(12) < -0.02);
  CHECK(std::abs(more(1)) < 0.01);
}

TEST_CASE("what is owed until January is the customers' money: npv counts it as lent to the firm") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_rebate(catalogue, 0);
  set(study, catalogue, "purchasing", "elasticity", {0});
  const Outcome outcome(study, catalogue);
  double paid = 0;
  for (int month = 0; month < 27; ++month)
    paid += 0.01 * std::pow(1.008, -month) * static_cast<double>(outcome.count("rebate_paid", month, rebated));
  // What 2029 has earned by April is paid in January 2030, nine months after the last.
  double open = 0;
  for (int month = 24; month < 27; ++month)
    open += 0.01 * static_cast<double>(outcome.count("rebate_accrued", month, rebated));
  paid += open * std::pow(1.008, -36);
  CHECK(outcome.kpi("npv") - outcome.kpi("npv", rebated) == Approx(paid).epsilon(1e-6));
}

}  // namespace
}  // namespace clientele::tests
