// Churn: the rule by hand, and who is left against the frailty law.
#include "models/churn.hpp"

#include <cmath>

#include "models/theory/frailty.hpp"
#include "models/theory/pareto_nbd.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a new customer of average frailty leaves at the base hazard") {
  models::ChurnParameters p;
  p.base_hazard = 0.016F;
  p.finish();
  const float cumulative = models::cumulative_hazard(p.base_cumulative, 1.F, 0.F, -0.15F);
  CHECK(models::churn_hazard(cumulative) == Approx(0.016).epsilon(1e-5));
}

TEST_CASE("hazard rises with frailty and the driver and falls with tenure at a negative slope") {
  const float base = 0.0161F;
  const float now = models::cumulative_hazard(base, 1.F, 0.F, -0.15F);
  CHECK(models::cumulative_hazard(base, 2.F, 0.F, -0.15F) == Approx(2 * now).epsilon(1e-6));
  CHECK(models::cumulative_hazard(base, 1.F, 12.F, -0.15F) == Approx(now * std::pow(2, -0.15)).epsilon(1e-5));
  CHECK(models::churn_hazard(1.22F * now) == Approx(1 - std::exp(-1.22 * now)).epsilon(1e-5));
  CHECK(models::churn_hazard(0.F) == 0.F);
}

TEST_CASE("ten points of satisfaction and care at its reference lower the log-hazard as stated") {
  const auto moved = [](float driver, float gap, float care) {
    return models::moved_hazard(0.02F, driver, models::hazard_effect(-0.35F, gap, care));
  };
  CHECK(moved(1.F, 1.F, 0.F) == Approx(0.02 * std::exp(-0.35)).epsilon(1e-6));
  CHECK(moved(1.5F, 0.F, -0.15F) == Approx(0.03 * std::exp(-0.15)).epsilon(1e-6));
  CHECK(moved(1.F, -1.F, 0.F) > moved(1.F, 0.F, 0.F));
}

TEST_CASE("who outlives less than the hazard of the month is there for that share of it, and leaves") {
  const float hazard = 0.4F;
  for (const float u : {1e-9F, 0.1F, 0.3296F, 0.3297F, 0.5F, 0.999999F}) {
    const float outlived = models::hazard_outlived(u), share = models::share_of_month(outlived, hazard);
    CHECK((share < 1.F) == (u < models::churn_hazard(hazard)));
    if (share < 1.F) CHECK(share == Approx(-std::log1p(-static_cast<double>(u)) / 0.4).epsilon(1e-4));
  }
  CHECK(models::share_of_month(models::hazard_outlived(sim::uniform(0)), 0.F) == 1.F);
}

/// Orders per customer by the end, in each replication, in the month of whose leaving they are counted as said.
std::vector<double> orders_of_cdnow(const sim::Catalogue& catalogue, const models::ParetoNbd& law, double leaving) {
  sim::Study study = default_study(catalogue, 10'000, 12);
  uncouple(study, catalogue);
  study.replications = 40;
  set(study, catalogue, "purchasing", "orders_per_month", {law.r / law.alpha, law.r});
  set(study, catalogue, "churn", "base_hazard", {1 - std::exp(-law.s / law.beta)});
  set(study, catalogue, "churn", "frailty_variance", {1 / law.s});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "churn", "leaving", {leaving});
  const Outcome outcome(study, catalogue, {.threads = 2});
  std::vector<double> orders;
  for (const auto& [cell, unused] : outcome.cells())
    orders.push_back(static_cast<double>(outcome.total("orders", cell)) / 10'000);
  return orders;
}

// CDNOW's parameters (Fader, Hardie, Lee 2005) are of weeks; a month is 52 / 12 of them. A year's mean is known within
// .35 % here (one standard error): 4.5 of them find an error of 2.2 % with a power of 95 %, and leaving at the month's
// end is off by 5.2 %.
TEST_CASE("orders until customers leave within a month are those of Pareto/NBD, and at its end too many") {
  const sim::Catalogue catalogue = models::catalogue();
  const double weeks = 52.0 / 12;
  const models::ParetoNbd law{0.553, 10.578 / weeks, 0.606, 11.669 / weeks};
  CHECK(law.expected(12) == Approx(1.473434).epsilon(1e-3));  // BTYD walkthrough, of a fit of its own
  const auto within = orders_of_cdnow(catalogue, law, 0), at_end = orders_of_cdnow(catalogue, law, 1);
  double sum = 0, squares = 0, sum_at_end = 0;
  for (std::size_t r = 0; r < within.size(); ++r)
    sum += within[r], squares += within[r] * within[r], sum_at_end += at_end[r];
  const double n = static_cast<double>(within.size()), mean = sum / n;
  const double error = std::sqrt((squares / n - mean * mean) / (n - 1));
  CAPTURE(mean, error);
  CHECK(error < 0.005 * mean);
  CHECK(std::abs(mean - law.expected(12)) < 4.5 * error);
  double whole_months = 0;
  for (int month = 0; month < 12; ++month)
    whole_months += law.r / law.alpha * models::frailty_survival(month * law.s / law.beta, 1 / law.s);
  CHECK(whole_months / law.expected(12) == Approx(1.052).margin(0.001));
  CHECK(std::abs(sum_at_end / n - whole_months) < 4.5 * error);
  CHECK(sum_at_end / sum == Approx(whole_months / law.expected(12)).epsilon(0.003));  // the same luck in both
}

TEST_CASE("this month's care lowers next month's hazard, and at the month's end this month's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 20'000, 3);
  set(study, catalogue, "churn", "base_hazard", {0.1});
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "care";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "service", "care"), 200}};
  const sim::Cell care{0, 1, 0, 0};
  const Outcome within(study, catalogue);
  CHECK(within.count("left", 0, care) == within.count("left", 0));
  CHECK(within.count("left", 1, care) < within.count("left", 1));
  set(study, catalogue, "churn", "leaving", {1});
  const Outcome at_end(study, catalogue);
  CHECK(at_end.count("left", 0, care) < at_end.count("left", 0));
}

/// Active customers of each month, summed over replications.
std::vector<double> alive(const Outcome& outcome, std::uint32_t scenario) {
  std::vector<double> sums;
  for (int month = 0; month < outcome.months(); ++month) {
    double sum = 0;
    for (const auto& [cell, unused] : outcome.cells())
      if (cell.scenario == scenario) sum += static_cast<double>(outcome.count("customers", month, cell));
    sums.push_back(sum);
  }
  return sums;
}

TEST_CASE("a cohort shrinks by the frailty law, and faster where the driver says so") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double variance : {0.0, 0.5, 2.0}) {
    sim::Study study = default_study(catalogue, 40'000, 37);
    set(study, catalogue, "purchasing", "orders_per_month", {0}, 2);
    set(study, catalogue, "churn", "base_hazard", {0.03});
    set(study, catalogue, "churn", "frailty_variance", {variance});
    set(study, catalogue, "churn", "tenure_slope", {0});
    uncouple(study, catalogue);
    study.scenarios.push_back({"hard", {{driver_number(catalogue, "churn_hazard"), 2.0, 0, {}, 0, {}}}});
    const Outcome outcome(study, catalogue);
    const double n = 40'000;
    for (std::uint32_t scenario = 0; scenario < 2; ++scenario) {
      const auto found = alive(outcome, scenario);
      for (const int month : {0, 1, 6, 12, 24, 36}) {
        const double hazard = -std::log(0.97) * (scenario + 1.0) * month;
        const double stays = models::frailty_survival(hazard, variance);
        // 4.5 standard errors, at most .0113: a survival that is off by .016 is found with a power of 95 %.
        CHECK(std::abs(found[static_cast<std::size_t>(month)] / n - stays) <=
              4.5 * std::sqrt(stays * (1 - stays) / n) + 1e-12);
      }
    }
  }
}

TEST_CASE("harder times never keep anybody who left in easier ones") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 2'000, 24);
  study.scenarios.push_back({"hard", {{driver_number(catalogue, "churn_hazard"), 1.22, 6, 12, 3, {}}}});
  const Outcome outcome(study, catalogue);
  for (int month = 0; month < 24; ++month)
    CHECK(outcome.count("customers", month) >= outcome.count("customers", month, {1, 0, 0, 0}));
  CHECK(outcome.count("customers", 5) == outcome.count("customers", 5, {1, 0, 0, 0}));
  CHECK(outcome.count("customers", 23) > outcome.count("customers", 23, {1, 0, 0, 0}));
}

TEST_CASE("at hazard 0 everybody stays, and nobody leaves in the run-off") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1'000, 12);
  study.horizon.run_off = 4;
  const Outcome usual(study, catalogue);
  for (int month = 12; month < 16; ++month) CHECK(usual.count("left", month) == 0);
  set(study, catalogue, "churn", "base_hazard", {0});
  const Outcome loyal(study, catalogue);
  CHECK(loyal.total("left") == 0);
  CHECK(loyal.kpi("customers_at_end") == 1'000);
}

TEST_CASE("the frailty law falls back to the exponential law without variance") {
  CHECK(models::frailty_survival(0.7, 0) == Approx(std::exp(-0.7)));
  CHECK(models::frailty_survival(0.7, 1e-9) == Approx(std::exp(-0.7)));
  CHECK(models::frailty_survival(0.7, 1) == Approx(1 / 1.7));
}

}  // namespace
}  // namespace clientele::tests
