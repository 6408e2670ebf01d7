// Churn: the rule by hand, and who is left against the frailty law.
#include "models/churn.hpp"

#include <cmath>

#include "models/theory/frailty.hpp"
#include "models/theory/renewal.hpp"
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
  CHECK(models::moved_hazard(0.02F, 1.F, -0.35F, 1.F, 0.F) == Approx(0.02 * std::exp(-0.35)).epsilon(1e-6));
  CHECK(models::moved_hazard(0.02F, 1.5F, -0.35F, 0.F, -0.15F) == Approx(0.03 * std::exp(-0.15)).epsilon(1e-6));
  CHECK(models::moved_hazard(0.02F, 1.F, -0.35F, -1.F, 0.F) > models::moved_hazard(0.02F, 1.F, -0.35F, 0.F, 0.F));
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

TEST_CASE("a base under replacement renews itself, and melts without arrivals, as the renewal equation says") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 12'000, 13);
  uncouple(study, catalogue);
  study.horizon.warmup = 12;
  study.population.arrivals = sim::Arrivals::as_before;
  models::ChurnParameters p{0.016F, 0.5F, -0.15F, 0, 0, {}};
  p.finish();
  const models::Renewal expected = models::renewal_of(p, 12);
  const Outcome renewed(study, catalogue);
  REQUIRE(renewed.count("customers", 0) == 12'000);
  std::int64_t arrivals = 0;
  for (int month = 1; month <= 12; ++month) arrivals += renewed.count("arrivals", month);
  const double mean = 12 * 12'000 * expected.replacements_a_month, lost = 12'000 * expected.lost_in_a_year;
  CHECK(mean > 1'500);
  CHECK(std::abs(static_cast<double>(arrivals) - mean) < 4 * std::sqrt(mean));
  study.population.arrivals = sim::Arrivals::none;
  const Outcome melting(study, catalogue);
  CHECK(std::abs(static_cast<double>(12'000 - melting.count("customers", 12)) - lost) < 4 * std::sqrt(lost));
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
