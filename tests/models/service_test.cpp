// Service and logistics: failures, their price, and what care buys.
#include "models/service.hpp"

#include <cmath>

#include "models/logistics.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("care has its effect at the reference, half of it at a third, less than twice of it ever") {
  CHECK(models::care_saturation(50.F, 50.F) == 1.F);
  CHECK(models::care_saturation(50.F / 3, 50.F) == Approx(0.5).epsilon(1e-6));
  CHECK(models::care_saturation(0.F, 50.F) == 0.F);
  CHECK(models::care_saturation(1e6F, 50.F) < 2.F);
}

/// A second policy that sets one lever.
sim::Study with_policy(const sim::Catalogue& catalogue, const char* lever, double value) {
  sim::Study study = default_study(catalogue, 4'000, 24);
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "other";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "service", lever), value}};
  return study;
}

const sim::Cell other{0, 1, 0, 0};

TEST_CASE("orders are late and defective as often as stated, and drivers move that") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 4'000, 24);
  uncouple(study, catalogue);
  study.scenarios.push_back({"strike",
                             {{driver_number(catalogue, "late_deliveries"), 3.0, 0, {}, 0, {}},
                              {driver_number(catalogue, "defects"), 0.5, 0, {}, 0, {}}}});
  const Outcome outcome(study, catalogue);
  const auto near = [&](const char* metric, const sim::Cell& cell, double share) {
    const auto n = static_cast<double>(outcome.total("orders", cell));
    return std::abs(static_cast<double>(outcome.total(metric, cell)) / n - share) <
           4.5 * std::sqrt(share * (1 - share) / n);
  };
  CHECK(outcome.total("orders") > 100'000);
  CHECK(near("late_deliveries", {}, 0.10));
  CHECK(near("defects", {}, 0.02));
  CHECK(near("late_deliveries", {1, 0, 0, 0}, 0.30));
  CHECK(near("defects", {1, 0, 0, 0}, 0.01));
}

TEST_CASE("expediting half avoids half of the late deliveries and costs half of the price per order") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_policy(catalogue, "expedite", 0.5);
  uncouple(study, catalogue);
  const Outcome outcome(study, catalogue);
  CHECK(outcome.total("orders") == outcome.total("orders", other));
  CHECK(static_cast<double>(outcome.total("late_deliveries", other)) /
            static_cast<double>(outcome.total("late_deliveries")) ==
        Approx(0.5).epsilon(0.05));
  CHECK(outcome.total("expedite_cost", other) == 1250 * outcome.total("orders", other));
  CHECK(outcome.total("expedite_cost") == 0);
}

TEST_CASE("care costs what is spent per customer on the books, keeps customers and contents them") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(with_policy(catalogue, "care", 50), catalogue);
  CHECK(outcome.total("care_cost", other) == 5000 * outcome.total("on_books", other));
  CHECK(outcome.total("care_cost") == 0);
  for (int month = 0; month < 24; ++month)
    CHECK(outcome.count("customers", month, other) >= outcome.count("customers", month));
  CHECK(outcome.total("left", other) < outcome.total("left"));
  CHECK(outcome.kpi("satisfaction", other) > outcome.kpi("satisfaction") + 1);
}

TEST_CASE("an order costs its shipping, its way and its handling") {
  CHECK(models::cost_of_order(60.F, 0.9F, 100.F, 18.F) == 168.F);
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 500, 6);
  set(study, catalogue, "logistics", "distance", {100}, 1);
  const Outcome outcome(study, catalogue);
  CHECK(outcome.total("logistics_cost") == 16'800 * outcome.total("orders"));
}

TEST_CASE("care and expediting end with the horizon") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_policy(catalogue, "care", 50);
  study.horizon.run_off = 3;
  const Outcome outcome(study, catalogue);
  CHECK(outcome.count("care_cost", 23, other) > 0);
  for (int month = 24; month < 27; ++month)
    CHECK(outcome.count("care_cost", month, other) + outcome.count("logistics_cost", month, other) == 0);
}

}  // namespace
}  // namespace clientele::tests
