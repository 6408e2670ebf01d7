// Service and logistics: failures, their price, and what care buys.
#include "models/service.hpp"

#include <cmath>
#include <numeric>

#include "models/logistics.hpp"
#include "models/theory/care_allocation.hpp"
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

TEST_CASE("an account is worth its expected margin over the mean, a twentieth at least") {
  CHECK(models::expected_margin(2.F, 1000.F, 0.25F, 50.F) == 400.F);
  CHECK(models::account_value(400.F, 200.F) == 2.F);
  CHECK(models::account_value(-90.F, 200.F) == 0.05F);
  CHECK(models::account_value(400.F, 0.F) == 1.F);
  CHECK(models::reference_of_account(50.F, 4.F, 0.F) == 50.F);
  CHECK(models::reference_of_account(50.F, 4.F, 0.5F) == Approx(100).epsilon(1e-6));
  CHECK(models::reference_of_account(50.F, 4.F, 1.F) == Approx(200).epsilon(1e-6));
}

TEST_CASE("the mean account orders at the level of everybody, and at the level of its values") {
  models::PurchasingParameters purchasing;
  purchasing.orders_per_month = {sim::Family::constant, {2.F, 0.F, 0.F}};
  purchasing.order_value = {sim::Family::constant, {1000.F, 0.F, 0.F}};
  models::AccountingParameters accounting;
  accounting.gross_margin = {sim::Family::constant, {0.25F, 0.F, 0.F}};
  models::LogisticsParameters logistics;
  logistics.shipping = 50.F;
  const auto mean = [&] { return models::part_of_mean({}, {}, purchasing, accounting, logistics); };
  CHECK(mean() == Approx(2 * (250 - 50)));
  purchasing.order_level = 1.5F;
  CHECK(mean() == Approx(3 * (250 - 50)));
  purchasing.value_level = 0.8F;
  CHECK(mean() == Approx(3 * (200 - 50)));
}

TEST_CASE(
    "the mean account of a customer file is the mean over its customers, and laws stand for what it does not say") {
  sim::Population population;
  population.groups = {{"a", 1, {}}, {"b", 0, {}}};
  population.file.emplace();
  population.file->groups = {0, 1, 1};
  const std::vector<float> orders{1, 2, 5}, values{1000, 300, 200}, distances{10, 0, 40};
  models::PurchasingParameters purchasing;
  purchasing.orders_per_month = {sim::Family::gamma, {7, 2}};
  models::AccountingParameters accounting;
  accounting.gross_margin = {sim::Family::normal, {0.5F, 0.1F}};
  models::LogisticsParameters logistics;
  logistics.shipping = 4, logistics.handling = 2, logistics.per_km = 0.5F;
  const auto mean = [&](const models::KnownFields& known) {
    double sum = 0;
    for (const auto& group : models::known_accounts(population, known))
      sum += models::part_of_mean(group, known, purchasing, accounting, logistics);
    return sum;
  };
  // 1 (500 - 11) = 489, 2 (150 - 6) = 288, 5 (100 - 26) = 370
  CHECK(mean(models::KnownFields{{orders, values, {}, distances}}) == Approx((489.0 + 288 + 370) / 3).epsilon(1e-6));
  // 7 orders each: 7 (500 - 11), 7 (150 - 6), 7 (100 - 26)
  CHECK(mean(models::KnownFields{{{}, values, {}, distances}}) == Approx(7 * (489.0 + 144 + 74) / 3).epsilon(1e-6));
}

TEST_CASE(
    "a budget is best spent on the largest where all ask for the same, and in equal shares where they ask by size") {
  models::CareAllocation accounts{{4000, 900, 100, 1200, 2300}, 50, 0};
  const double budget = 40;
  // The largest gets all until its last unit saves what the second's first does: 50 (sqrt(4000 / 2300) - 1) = 15.9.
  const std::vector<double> first = accounts.best(13);
  CHECK(first[0] == Approx(13));
  CHECK(std::accumulate(first.begin(), first.end(), 0.0) == Approx(13));
  CHECK(accounts.saved(first) > accounts.saved(accounts.same_share(13)));
  accounts.exponent = 1;
  const std::vector<double> all = accounts.best(budget), same = accounts.same_share(budget);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i] == Approx(same[i]));
  CHECK(accounts.saved(same) > accounts.saved({budget, 0, 0, 0, 0}));
  for (const double exponent : {0.0, 0.3, 0.5, 1.0})  // nothing near it is better
    for (const double moved : {0.01, -0.01}) {
      accounts.exponent = exponent;
      std::vector<double> care = accounts.best(400);
      const double best = accounts.saved(care);
      care[0] += moved, care[4] -= moved;
      CHECK(accounts.saved(care) < best);
    }
}

namespace {

/// Half of the accounts order nine times a month, half once, of 300 margin each, and nothing but care differs.
sim::Study by_size(const sim::Catalogue& catalogue, double exponent) {
  sim::Study study = default_study(catalogue, 16'000, 36);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "order_value", {1'000}, 1);
  set(study, catalogue, "purchasing", "orders_per_month", {1}, 2);
  set(study, catalogue, "accounting", "gross_margin", {0.3}, 1);
  for (const char* cost : {"shipping", "handling", "per_km"}) set(study, catalogue, "logistics", cost, {0});
  set(study, catalogue, "churn", "base_hazard", {0.03});
  set(study, catalogue, "service", "care_points", {0});
  set(study, catalogue, "service", "care_hazard", {-0.4});
  set(study, catalogue, "service", "care_exponent", {exponent});
  const auto rate = field_ref(catalogue, "purchasing", "orders_per_month");
  study.population.groups = {{"large", 0.5, {{rate, {2, {9}}}}}, {"small", 0.5, {}}};
  return study;
}

}  // namespace

TEST_CASE("in the engine, too, the same money for the large alone wins at exponent 0, and for all by margin at 1") {
  const sim::Catalogue catalogue = models::catalogue();
  const auto saved = [&](double exponent, double large, double small) {
    sim::Study study = by_size(catalogue, exponent);
    const auto care = field_ref(catalogue, "service", "care");
    study.population.groups[0].overrides.push_back({care, {0, {large}}});
    study.population.groups[1].overrides.push_back({care, {0, {small}}});
    const Outcome outcome(study, catalogue, {.threads = 2});
    return static_cast<double>(outcome.total("gross_margin"));
  };
  models::CareAllocation accounts{{2700, 2700, 300, 300}, 50, 0};
  const double none = saved(0, 0, 0);
  const auto expects = [&](double exponent, double each, double better) {
    accounts.exponent = exponent;
    const double more = 0.9 * each, less = 0.1 * each;
    const double large = saved(exponent, each, 0) - none, all = saved(exponent, more, less) - none;
    const double foreseen = accounts.saved({each, each, 0, 0}) / accounts.saved({more, more, less, less});
    CAPTURE(exponent, large, all, foreseen);
    CHECK((foreseen - 1) * better > 0);
    CHECK((large / all - 1) * better > 0);
    CHECK(large / all == Approx(foreseen).epsilon(0.03));
  };
  expects(0, 20, 1);
  expects(1, 200, -1);
}

TEST_CASE(
    "managers who are asked for more hours than they have spread all care thin by the same part, and that is paid") {
  CHECK(models::hours_of_care(60.F, 60.F) == 1024);
  CHECK(models::hours_of_care(1e9F, 60.F) == 730 * 1024);
  CHECK(models::worked_share(240 * 1024, 1.F, 120.F) == 0.5F);
  CHECK(models::worked_share(240 * 1024, 3.F, 120.F) == 1.F);
  CHECK(models::worked_share(240 * 1024, 0.F, 120.F) == 1.F);
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = with_policy(catalogue, "care", 60);  // an hour each
  study.population.customers = 1'000;
  const Outcome free(study, catalogue);
  study.policies[1].settings = {{field_ref(catalogue, "service", "managers"), 4},
                                {field_ref(catalogue, "service", "manager_hours"), 100}};
  const Outcome thin(study, catalogue);
  for (int month = 0; month < 24; ++month) {
    const std::int64_t here = thin.count("on_books", month, other);
    const auto asked = static_cast<double>(thin.count("on_books", month - month % 3, other));
    const double each = asked > 400 ? 6000 * 400 / asked : 6000;
    CHECK(static_cast<double>(thin.count("care_cost", month, other)) ==
          Approx(each * static_cast<double>(here)).margin(4.0 * std::sqrt(static_cast<double>(here))));
  }
  CHECK(thin.kpi("satisfaction", other) < free.kpi("satisfaction", other));
  CHECK(thin.kpi("satisfaction", other) > free.kpi("satisfaction"));
  study.policies[1].settings[0].value = 50;
  const Outcome enough(study, catalogue);
  CHECK(enough.total("care_cost", other) == free.total("care_cost", other));
  CHECK(enough.total("contribution", other) == free.total("contribution", other));
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
