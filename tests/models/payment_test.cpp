// Payment: rules by hand, ledgers to the quantum, receivables against the closed form.
#include "models/payment.hpp"

#include <cmath>

#include "models/theory/delay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("an invoice settles in the month in which its last day falls") {
  CHECK(models::months_open(0.5F, 0.F, 0.F) == 0);
  CHECK(models::months_open(15.F, 14.F, 0.F) == 0);
  CHECK(models::months_open(15.F, 30.F, 0.F) == 1);
  CHECK(models::months_open(15.F, 30.F, 20.F) == 2);
  CHECK(models::months_open(29.F, 30.F, 1e9F) == 1'000'000);
}

TEST_CASE("a customer of chance 0 is never late, one of chance 1 always") {
  const float most = -sim::log(sim::uniform(0)), least = -sim::log(sim::uniform(0xffffffffU));
  CHECK(models::unit_days_late(most, models::late_threshold(0.F), 0.7F) == 0.F);
  CHECK(models::unit_days_late(least, models::late_threshold(1.F), 0.7F) > 0.F);
}

TEST_CASE("a worse payer pays later with the same luck") {
  const float e = 1.2F, inverse_shape = 1.F / 1.38F;
  float before = 0;
  for (const float chance : {0.1F, 0.2F, 0.35F, 0.5F, 0.9F, 1.F}) {
    const float days = models::unit_days_late(e, models::late_threshold(chance), inverse_shape);
    CHECK(days >= before);
    before = days;
  }
  CHECK(before == Approx(std::pow(1.2, 1 / 1.38)).epsilon(1e-5));
}

TEST_CASE("days late are kept in eighths and whoever is late is so by one at least") {
  CHECK(models::eighths_late(0.F) == 0);
  CHECK(models::eighths_late(1e-6F) == 1);
  CHECK(models::eighths_late(7.5F) == 60);
  CHECK(models::eighths_late(1e9F) == 8 * 720);
}

TEST_CASE("terms of sixty days bring five per cent more orders on a log scale") {
  CHECK(models::terms_effect(60.F, 0.05F, 30.F) == Approx(std::exp(0.05)).epsilon(1e-6));
  CHECK(models::terms_effect(30.F, 0.05F, 30.F) == 1.F);
}

TEST_CASE("the Weibull scale gives the stated mean") {
  models::PaymentParameters p;
  p.days_late = {sim::Family::weibull, {7.4F, 1.38F, 0.F}};
  p.finish();
  CHECK(p.scale_days == Approx(7.4 / std::tgamma(1 + 1 / 1.38)).epsilon(1e-6));
}

sim::Study with_three_policies(const sim::Catalogue& catalogue, std::uint64_t customers, int months) {
  sim::Study study = default_study(catalogue, customers, months);
  const auto terms = field_ref(catalogue, "payment", "terms_days");
  const auto discount = field_ref(catalogue, "purchasing", "discount");
  for (const double days : {0.0, 300.0}) {
    study.policies.push_back(study.policies.front());
    study.policies.back().name = "terms " + std::to_string(days);
    study.policies.back().tiers[0].levers = {{terms, days}, {discount, 0.05}};
  }
  study.scenarios.push_back({"slow", {{driver_number(catalogue, "days_late"), 40.0, 2, 6, 2, {}}}});
  return study;
}

TEST_CASE("receivables are those of the month before, plus revenue, less what was collected, to the quantum") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_three_policies(catalogue, 700, 30);
  study.replications = 2;
  const Outcome outcome(study, catalogue);
  CHECK(outcome.cells().size() == 12);
  for (const auto& [cell, unused] : outcome.cells()) {
    std::int64_t before = 0;
    for (int month = 0; month < outcome.months(); ++month) {
      const std::int64_t now = outcome.count("receivables", month, cell);
      REQUIRE(now == before + outcome.count("revenue", month, cell) - outcome.count("collected", month, cell));
      before = now;
    }
    CHECK(before > 0);
  }
}

TEST_CASE("receivables are carried over from the warm-up") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_three_policies(catalogue, 700, 14);
  study.horizon.warmup = 12;
  const Outcome outcome(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells())
    for (int month = 1; month < outcome.months(); ++month)
      REQUIRE(outcome.count("receivables", month, cell) == outcome.count("receivables", month - 1, cell) +
                                                               outcome.count("revenue", month, cell) -
                                                               outcome.count("collected", month, cell));
  CHECK(outcome.count("collected", 0) > 0);  // of invoices of the warm-up
}

TEST_CASE("after a run-off of 24 months nothing is open, also of customers who have left") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_three_policies(catalogue, 700, 14);
  study.horizon.run_off = 24;
  const Outcome outcome(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells()) {
    CHECK(outcome.count("receivables", outcome.months() - 1, cell) == 0);
    CHECK(outcome.total("collected", cell) == outcome.total("revenue", cell));
  }
  CHECK(outcome.total("left") > 0);
}

TEST_CASE("invoices that would settle after 23 months are settled then and counted") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_three_policies(catalogue, 700, 6);
  const Outcome outcome(study, catalogue);
  CHECK(outcome.total("settled_at_limit") == 0);
  CHECK(outcome.total("settled_at_limit", {1, 2, 0, 0}) > 0);
}

TEST_CASE("the share of late invoices, their days and receivables are those of the closed form") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 6'000, 36);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "purchasing", "order_value", {100, 0, 0});
  set(study, catalogue, "payment", "late_chance", {0.36}, 1);
  study.horizon.run_off = 24;
  const Outcome outcome(study, catalogue);
  const auto orders = static_cast<double>(outcome.total("orders"));
  const auto late = static_cast<double>(outcome.total("invoices_late"));
  CHECK(orders > 400'000);
  // 4.5 standard errors: shares that are off by .0045 are found with a power of 95 %.
  CHECK(std::abs(late / orders - 0.36) < 4.5 * std::sqrt(0.36 * 0.64 / orders));
  const double days = 0.125 * static_cast<double>(outcome.total("days_late")) / late;
  CHECK(std::abs(days - 7.4) < 4.5 * 5.5 / std::sqrt(late) + 0.01);  // deviation of the law: 5.43 days
  const models::SettlementLaw law{30, 0.36, 7.4, 1.38};
  double owed = 0, sold = 0;
  for (int month = 23; month < 36; ++month) {
    owed += static_cast<double>(outcome.count("receivables", month));
    sold += static_cast<double>(outcome.count("revenue", month));
  }
  // Monthly sales vary by 0.9 %, of which most is common to both sums: half of that is far outside of what is left.
  CHECK(owed / sold == Approx(law.months_of_sales_owed()).epsilon(0.005));
}

TEST_CASE("every order is an invoice that settles once, and the late share is of those that have settled") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_three_policies(catalogue, 700, 14);
  const Outcome open_ended(study, catalogue);
  study.horizon.run_off = 24;
  const Outcome outcome(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells()) {
    CHECK(outcome.total("invoices_settled", cell) == outcome.total("orders", cell));
    CHECK(open_ended.total("invoices_settled", cell) < open_ended.total("orders", cell));
    const auto late = static_cast<double>(open_ended.total("invoices_late", cell));
    REQUIRE(open_ended.kpi("late_share", cell) ==
            late / static_cast<double>(open_ended.total("invoices_settled", cell)));
    CHECK(outcome.kpi("late_share", cell) == open_ended.kpi("late_share", cell));  // the run-off adds to totals only
  }
}

// Terms of 300 days over 14 months: most invoices are open at the end, and late ones settle later. Of what settles in
// month t, the late ones were issued earlier; a share of all orders would be a quarter of the stated chance here.
TEST_CASE("the late share does not fall because invoices are still open") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 4'000, 14);
  set(study, catalogue, "payment", "late_chance", {0.36}, 1);
  set(study, catalogue, "payment", "terms_days", {300});
  const Outcome outcome(study, catalogue);
  CHECK(outcome.kpi("late_share") > 0.30);
  CHECK(outcome.kpi("late_share") < 0.36);
  CHECK(static_cast<double>(outcome.total("invoices_late")) < 0.15 * static_cast<double>(outcome.total("orders")));
}

TEST_CASE("invoices and the late ones of them are added up in one word, as many as may settle at once") {
  std::uint32_t sum = 0;
  for (int i = 0; i < 24 * models::most_orders_of_a_month; ++i) sum += models::as_invoice(i % 3 > 0);
  CHECK(models::invoices_of(sum) == 24 * models::most_orders_of_a_month);
  CHECK(models::late_of(sum) == 16 * models::most_orders_of_a_month);
}

TEST_CASE("a customer who places more orders than can be kept apart stops the run and is told of") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 3, 3);
  set(study, catalogue, "purchasing", "order_value", {1}, 1);
  set(study, catalogue, "purchasing", "orders_per_month", {2'000}, 2);
  CHECK(Outcome(study, catalogue).total("invoices_settled") > 3'000);
  set(study, catalogue, "purchasing", "orders_per_month", {3'500}, 2);
  try {
    Outcome(study, catalogue);
    FAIL("the run went on");
  } catch (const sim::UserError& error) {
    CHECK(error.status() == sim::Exit::bad_data);
    CHECK_THAT(error.what(), contains("orders in month 0 (invoices are kept apart until they settle, at most 2730 a"));
  }
}

TEST_CASE("the closed form of receivables: punctual payers owe their terms") {
  CHECK(models::SettlementLaw{30, 0, 7.4, 1.38}.months_of_sales_owed() == Approx(1).epsilon(1e-9));
  CHECK(models::SettlementLaw{45, 0, 7.4, 1.38}.months_of_sales_owed() == Approx(1.5).epsilon(1e-6));
}

TEST_CASE("worse times never bring a single invoice in earlier") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 3'000, 12);
  study.scenarios.push_back({"slow", {{driver_number(catalogue, "days_late"), 1.67, 0, {}, 0, {}}}});
  const Outcome outcome(study, catalogue);
  const sim::Cell slow{1, 0, 0, 0};
  for (int month = 0; month < 12; ++month) {
    CHECK(outcome.count("revenue", month) == outcome.count("revenue", month, slow));
    CHECK(outcome.count("receivables", month) <= outcome.count("receivables", month, slow));
  }
  CHECK(outcome.kpi("dso", slow) > outcome.kpi("dso"));
}

}  // namespace
}  // namespace clientele::tests
