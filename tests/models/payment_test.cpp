// Payment: rules by hand, ledgers to the quantum, receivables against the closed form.
#include "models/payment.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/delay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a day of an invoice's life falls into a month") {
  CHECK(models::months_until(0.5F) == 0);
  CHECK(models::months_until(29.F) == 0);
  CHECK(models::months_until(45.F) == 1);
  CHECK(models::months_until(65.F) == 2);
  CHECK(models::months_until(1e9F) == 1'000'000);
}

float threshold_of(float chance) { return models::late_threshold(models::odds_of(chance)); }

TEST_CASE("a customer of chance 0 is never late, one of chance 1 always") {
  const float most = -sim::log(sim::uniform(0)), least = -sim::log(sim::uniform(0xffffffffU));
  CHECK(models::unit_days_late(most, threshold_of(0.F), 0.7F) == 0.F);
  CHECK(models::unit_days_late(least, threshold_of(1.F), 0.7F) > 0.F);
  CHECK(threshold_of(0.36F) == Approx(-std::log(0.36)).epsilon(1e-5));
  CHECK(models::late_threshold(std::exp(1.F) * models::odds_of(0.5F)) ==
        Approx(std::log1p(std::exp(-1.0))).epsilon(1e-5));
}

TEST_CASE("late_chance is of all invoices, whatever a dispute adds and however many are disputed") {
  for (const float effect : {-8.F, -1.F, 0.F, 1.F, 4.F, 8.F})
    for (const float disputed : {0.01F, 0.227F, 0.5F, 1.F})
      for (const float chance : {1e-6F, 0.01F, 0.2F, 0.36F, 0.9F, 0.999F}) {
        const double times = std::exp(static_cast<double>(effect)), share = static_cast<double>(disputed);
        const double odds = static_cast<double>(models::odds_beside_disputes(chance, disputed, sim::exp(effect)));
        const double late = (1 - share) * odds / (1 + odds) + share * times * odds / (1 + times * odds);
        INFO("effect " << effect << ", disputed " << disputed << ", chance " << chance);
        CHECK(late == Approx(chance).epsilon(1e-4));
      }
  CHECK(models::odds_beside_disputes(0.F, 0.2F, 50.F) == 0.F);
  CHECK(models::odds_beside_disputes(1.F, 0.2F, 50.F) > 1e29F);
}

TEST_CASE("days follow the late chance by their slope, and those of the average late invoice stay as stated") {
  models::PaymentParameters p;
  p.late_chance = {sim::Family::beta, {0.356F, 0.48F, 0.F}};
  p.days_late_slope = 0.7F;
  p.finish();
  CHECK(p.late_reference == Approx(1.48 / (0.48 / 0.356 + 1)).epsilon(1e-5));  // E p^2 / E p of a beta law
  CHECK(p.early_reference == Approx((0.48 / 0.356 + 0.52) / (0.48 / 0.356 + 1)).epsilon(1e-5));
  CHECK(models::days_factor(p.late_reference, p.late_reference, 0.7F) == Approx(1));
  CHECK(models::days_factor(0.F, p.late_reference, 0.7F) == Approx(0.3));
  CHECK(models::days_factor(1.F, 0.01F, 1.F) == models::max_days_factor);
  for (const float chance : {0.F, 0.3F, 1.F}) CHECK(models::days_factor(chance, 0.63F, 0.F) == 1.F);
  p.late_chance = {sim::Family::constant, {0.2F, 0.F, 0.F}};
  p.finish();
  CHECK(models::days_factor(0.2F, p.late_reference, 1.F) == 1.F);
}

TEST_CASE("liquidity keeps its variance and its memory") {
  models::PaymentParameters p;
  p.liquidity_memory = 0.9F;
  p.finish();
  CHECK(p.liquidity_step == Approx(std::sqrt(0.19)).epsilon(1e-6));
  CHECK(models::next_liquidity(1.F, 0.9F, p.liquidity_step, 0.F) == 0.9F);
}

TEST_CASE("a worse payer pays later with the same luck") {
  const float e = 1.2F, inverse_shape = 1.F / 1.38F;
  float before = 0;
  for (const float chance : {0.1F, 0.2F, 0.35F, 0.5F, 0.9F, 1.F}) {
    const float days = models::unit_days_late(e, threshold_of(chance), inverse_shape);
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

TEST_CASE("a month of longer terms brings five per cent more orders on a log scale, or what saturation leaves of it") {
  CHECK(models::terms_exponent(60.F, 0.05F, 30.F, 0.F) == Approx(0.05).epsilon(1e-6));
  CHECK(models::terms_exponent(60.F, 0.05F, 30.F, 1.F) == Approx(0.05 * (1 - std::exp(-1.0))).epsilon(1e-6));
  CHECK(models::terms_exponent(360.F, 0.05F, 30.F, 1.F) == Approx(0.05).epsilon(1e-4));
  CHECK(models::terms_exponent(0.F, 0.05F, 30.F, 1.F) == Approx(-0.05));  // shorter terms: a month of the first day's
  for (const float saturation : {0.F, 1.F}) CHECK(models::terms_exponent(30.F, 0.05F, 30.F, saturation) == 0.F);
}

TEST_CASE("what goes with the chance of paying late is one on average, and all of it for a slope of one") {
  CHECK(models::goes_with_late(0.3F, 0.3F, 0.7F) == Approx(1));
  CHECK(models::goes_with_late(0.6F, 0.3F, 1.F) == Approx(2));
  CHECK(models::goes_with_late(0.6F, 0.3F, 0.F) == 1.F);
  CHECK(models::goes_with_late(0.9F, 0.01F, 1.F) == Approx(10));
}

TEST_CASE("the Weibull scale gives the stated mean") {
  models::PaymentParameters p;
  p.days_late = {sim::Family::weibull, {7.4F, 1.38F, 0.F}};
  p.finish();
  CHECK(p.scale_days == Approx(7.4 / std::tgamma(1 + 1 / 1.38)).epsilon(1e-6));
}

TEST_CASE("no luck keeps an invoice open for longer than is found, and the worst one nearly so long") {
  models::PaymentParameters p;
  p.disputed_days_factor = 1.9F;
  p.late_chance = {sim::Family::beta, {0.36F, 0.48F, 0.F}};
  p.days_late_slope = 0.7F;
  for (const float mean : {0.F, 3.F, 7.4F, 40.F})
    for (const float shape : {0.8F, 1.38F, 3.F})
      for (const float terms : {0.F, 30.F, 75.F})
        for (const float driver : {0.F, 1.F, 2.5F}) {
          p.days_late = {sim::Family::weibull, {mean, shape, 0.F}};
          p.finish();
          const std::int32_t found = models::longest_months_open(p, terms, driver);
          const float factor = models::days_factor(1.F, p.late_reference, p.days_late_slope);
          std::int32_t longest = 0;
          for (const std::uint32_t word : {0U, 1U, 2U, 100U, 1U << 16}) {
            const float unit = models::unit_days_late(-sim::log(sim::uniform(word)), 0.F, p.inverse_shape);
            const float issued = models::days_per_month * sim::uniform(0xffffffffU);
            const float days = p.scale_days * driver * p.disputed_days_factor * unit * factor;
            longest = std::max(longest, std::min(models::months_until(issued + terms + days), 23));
          }
          CHECK(longest <= found);
          CHECK(longest >= found - 1);
        }
}

/// What a customer of a population that meets takes, in bytes: mostly invoices that are open.
double memory_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  sim::RunOptions options;
  options.in_step = true;
  options.threads = 1;
  sim::Study large = study;
  large.population.customers = 1'000'000;
  return static_cast<double>(sim::Plan(large, catalogue).memory_of_run(options)) / 1e6;
}

TEST_CASE("memory is as deep as the slowest payer of all groups, tiers, months and draws needs") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 3000, 12);
  set(study, catalogue, "payment", "days_late", {1.5, 1.38});
  const double prompt = memory_of(study, catalogue);
  const sim::FieldRef days_late = field_ref(catalogue, "payment", "days_late");
  SECTION("a group pays late") {
    study.population.groups = {{"all", 0.5, {}}, {"slow", 0.5, {{days_late, {0, {60, 1.38}}}}}};
  }
  SECTION("a tier has long terms") {
    study.policies.push_back(study.policies.front());
    study.policies.back().name = "long";
    study.policies.back().tiers[0].levers = {{field_ref(catalogue, "payment", "terms_days"), 330}};
  }
  SECTION("a scenario makes everybody late for a while") {
    study.scenarios.push_back({"slow", {{driver_number(catalogue, "days_late"), 40.0, 3, 4, 0, {}}}});
  }
  SECTION("disputes take long") { set(study, catalogue, "payment", "disputed_days_factor", {40}); }
  SECTION("one draw is bad") {
    study.uncertain = {{days_late, 0, "payment.days_late.mean", {sim::Family::lognormal, {8.F, 1.5F, 0.F}}}};
    study.draws = 12;
  }
  CHECK(memory_of(study, catalogue) > 1.4 * prompt);
  const Outcome outcome(study, catalogue);  // where a ring is too short, this throws
  for (const auto& [cell, unused] : outcome.cells()) {
    std::int64_t before = 0;
    for (int month = 0; month < outcome.months(); ++month) {
      const std::int64_t now = outcome.count("receivables", month, cell);
      REQUIRE(now == before + outcome.count("revenue", month, cell) - outcome.count("collected", month, cell));
      before = now;
    }
  }
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
  set(study, catalogue, "payment", "days_late", {7.4, 1.38});
  uncouple(study, catalogue);
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
  uncouple(study, catalogue);
  const Outcome outcome(study, catalogue);
  CHECK(outcome.kpi("late_share") > 0.30);
  CHECK(outcome.kpi("late_share") < 0.36);
  CHECK(static_cast<double>(outcome.total("invoices_late")) < 0.15 * static_cast<double>(outcome.total("orders")));
}

TEST_CASE("two counts are added up in one word, as many as may settle at once") {
  std::uint32_t sum = 0;
  for (int i = 0; i < 24 * models::max_orders_of_a_month; ++i) sum += models::two_counts(true, i % 3 > 0);
  CHECK(models::high_count(sum) == 24 * models::max_orders_of_a_month);
  CHECK(models::low_count(sum) == 16 * models::max_orders_of_a_month);
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

std::int64_t overdue(const Outcome& outcome, int month, const sim::Cell& cell = {}) {
  return outcome.count("overdue_1_30", month, cell) + outcome.count("overdue_31_60", month, cell) +
         outcome.count("overdue_61_90", month, cell) + outcome.count("overdue_over_90", month, cell);
}

TEST_CASE("what is overdue is never negative, never more than is owed, and gone after the run-off") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_three_policies(catalogue, 700, 14);
  study.horizon.run_off = 24;
  const Outcome outcome(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells()) {
    for (int month = 0; month < outcome.months(); ++month) {
      for (const char* bucket : {"overdue_1_30", "overdue_31_60", "overdue_61_90", "overdue_over_90"})
        REQUIRE(outcome.count(bucket, month, cell) >= 0);
      REQUIRE(overdue(outcome, month, cell) <= outcome.count("receivables", month, cell));
    }
    CHECK(overdue(outcome, outcome.months() - 1, cell) == 0);
    CHECK(outcome.total("invoices_late", cell) == outcome.total("late_administrative", cell) +
                                                      outcome.total("late_liquidity", cell) +
                                                      outcome.total("late_disputed", cell));
  }
  CHECK(outcome.total("overdue_over_90", {1, 1, 0, 0}) > 0);
}

TEST_CASE("each age of receivables is that of the renewal law") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 6'000, 36);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "purchasing", "order_value", {100, 0, 0});
  set(study, catalogue, "payment", "late_chance", {0.5}, 1);
  set(study, catalogue, "payment", "days_late", {40, 1.38});
  uncouple(study, catalogue);
  const Outcome outcome(study, catalogue);
  const models::SettlementLaw law{30, 0.5, 40, 1.38};
  double sold = 0;
  for (int month = 23; month < 36; ++month) sold += static_cast<double>(outcome.count("revenue", month));
  const char* buckets[] = {"overdue_1_30", "overdue_31_60", "overdue_61_90"};
  for (int age = 0; age < 3; ++age) {
    double owed = 0;
    for (int month = 23; month < 36; ++month) owed += static_cast<double>(outcome.count(buckets[age], month));
    // Some 150,000 invoices a month: 1 % of the youngest, 3 % of the oldest bucket are four standard errors and more.
    CHECK(owed / sold == Approx(law.share_overdue(age)).epsilon(0.01 * (age + 1)));
  }
}

TEST_CASE("disputes, want of money and administration delay as often as stated") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 6'000, 24);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "payment", "late_chance", {0.4}, 1);
  uncouple(study, catalogue);
  set(study, catalogue, "payment", "dispute_chance", {0.2});
  set(study, catalogue, "payment", "dispute_effect", {1});
  set(study, catalogue, "payment", "disputes_in_late_chance", {0});
  set(study, catalogue, "payment", "disputed_days_factor", {1.7});
  study.horizon.run_off = 24;
  const Outcome outcome(study, catalogue);
  const double n = static_cast<double>(outcome.total("invoices_settled"));
  const double disputed_odds = std::exp(1.0) * 0.4 / 0.6;
  const double disputed = 0.2 * disputed_odds / (1 + disputed_odds), others = 0.8 * 0.4;
  const auto near = [&](const char* metric, double share) {
    return std::abs(static_cast<double>(outcome.total(metric)) / n - share) < 4.5 * std::sqrt(share * (1 - share) / n);
  };
  CHECK(n > 250'000);
  CHECK(near("late_disputed", disputed));
  CHECK(near("late_liquidity", others * 0.65));
  CHECK(near("late_administrative", others * 0.35));
  const double days =
      0.125 * static_cast<double>(outcome.total("days_late")) / static_cast<double>(outcome.total("invoices_late"));
  CHECK(days == Approx(6.8 * (others + 1.7 * disputed) / (others + disputed)).epsilon(0.01));
}

TEST_CASE("as many invoices are late as late_chance says, disputes and all") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 6'000, 24);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "payment", "late_chance", {0.2}, 1);
  set(study, catalogue, "payment", "liquidity_effect", {0});
  study.horizon.run_off = 24;
  const Outcome outcome(study, catalogue);
  const double n = static_cast<double>(outcome.total("invoices_settled"));
  CHECK(n > 250'000);
  // 4.5 standard errors; a late_offset that takes back what disputes add on average is off by .08.
  CHECK(std::abs(static_cast<double>(outcome.total("invoices_late")) / n - 0.2) < 4.5 * std::sqrt(0.2 * 0.8 / n));
}

TEST_CASE("an invoice that is paid on its due day is not late") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 500, 12);
  set(study, catalogue, "payment", "late_chance", {1}, 1);
  set(study, catalogue, "payment", "liquidity_effect", {0});
  study.horizon.run_off = 3;
  study.scenarios.push_back({"prompt", {{driver_number(catalogue, "days_late"), 0.0, 0, {}, 0, {}}}});
  const Outcome outcome(study, catalogue);
  const sim::Cell prompt{1, 0, 0, 0};
  CHECK(outcome.total("invoices_late") > 5'000);
  for (const char* metric : {"invoices_late", "days_late", "late_disputed", "late_liquidity", "late_administrative"})
    CHECK(outcome.total(metric, prompt) == 0);
  set(study, catalogue, "payment", "days_late", {0}, 1);
  CHECK(Outcome(study, catalogue).total("invoices_late") == 0);
}

TEST_CASE("customers short of money pay later for months on end, and on average as late as stated") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 6'000, 24);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "payment", "late_chance", {0.5}, 1);
  uncouple(study, catalogue);
  set(study, catalogue, "payment", "liquidity_effect", {-1.0});
  study.horizon.run_off = 24;
  const Outcome outcome(study, catalogue);
  // By symmetry half of all invoices are late. Customers' own means vary: sd 0.2 over about 5 independent spells each.
  CHECK(outcome.kpi("late_share") == Approx(0.5).margin(4.5 * 0.2 / std::sqrt(5.0 * 6'000)));
}

TEST_CASE("who is on time pays up to ten days before the due date, never before the invoice") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 4'000, 30);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "purchasing", "order_value", {100, 0, 0});
  set(study, catalogue, "payment", "late_chance", {0}, 1);
  uncouple(study, catalogue);
  set(study, catalogue, "payment", "early_days", {10});
  study.policies.push_back(study.policies.front());
  study.policies.back().name = "cash";
  study.policies.back().tiers[0].levers = {{field_ref(catalogue, "payment", "terms_days"), 0}};
  const Outcome outcome(study, catalogue);
  double owed = 0, sold = 0;
  for (int month = 6; month < 30; ++month) {
    owed += static_cast<double>(outcome.count("receivables", month));
    sold += static_cast<double>(outcome.count("revenue", month));
  }
  CHECK(owed / sold == Approx(25.0 / 30).epsilon(0.01));
  CHECK(outcome.total("receivables", {0, 1, 0, 0}) == 0);
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

TEST_CASE("days outstanding are those of the latest sales that the balance at the end holds") {
  sim::OutcomeInfo info;
  info.metrics = {{"receivables", "", sim::MetricUnit::money}, {"revenue", "", sim::MetricUnit::money}};
  info.months = 3;
  info.tiers = info.groups = 1;
  const std::vector<std::int64_t> counts{310, 300, 60, 120, 250, 100};  // month by month: owed, sold
  const std::vector<sim::KpiInfo> all = models::catalogue().kpis();
  const auto kpi = std::ranges::find(all, "days_outstanding", &sim::KpiInfo::name);
  REQUIRE(kpi != all.end());
  const sim::Series days = evaluate_by_month(*kpi, info, 0.01, {{}, counts, {}, {}, {}});
  REQUIRE(days.size() == 3);
  CHECK(std::isnan(days[0]));
  CHECK(days[1] == Approx(15));
  CHECK(evaluate(*kpi, info, 0.01, {{}, counts, {}, {}, {}}) == Approx(63));  // 100, 120, and a tenth of 300
  CHECK(kpi->monthly->series == "days_outstanding_by_month");
}

}  // namespace
}  // namespace clientele::tests
