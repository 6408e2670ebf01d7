// Accounting: rules by hand, the identity of contribution, and what a discount costs.
#include "models/accounting.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/rounding.hpp"
#include "models/theory/value_beyond.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

TEST_CASE("a small amount is rounded up as often as it is large, and whole quanta stay as they are") {
  CHECK(models::rounded(0.45F, 1.F, 0.449F) == 1);
  CHECK(models::rounded(0.45F, 1.F, 0.451F) == 0);
  CHECK(models::rounded_share(10, 0.25F, 0.49F) == 3);
  CHECK(models::rounded_share(10, 0.25F, 0.51F) == 2);
  CHECK(models::rounded_share(-10, 0.25F, 0.49F) == -2);  // -2.5: the floor is -3
  CHECK(models::rounded_share(-10, 0.25F, 0.51F) == -3);
  for (const float u : {sim::uniform(0), 0.5F, sim::uniform(UINT32_MAX)}) {
    CHECK(models::rounded(0.F, 100.F, u) == 0);
    CHECK(models::rounded(-7.F, 1.F, u) == -7);
    CHECK(models::rounded(25'000'000.F, 1.F, u) == 25'000'000);  // no fractions from 2^23 on
    CHECK(models::rounded(1e30F, 1.F, u) == 2147483520);
    CHECK(models::rounded(-1e30F, 1.F, u) == -2147483520);
    CHECK(models::rounded(-1e-12F, 1.F, u) == 0);
  }
}

TEST_CASE("rounding is without bias and never falls as an amount grows, below zero too") {
  constexpr int words = 1000;
  for (const float x : {-3.75F, -0.1F, 0.003F, 0.5F, 1.999F, 77.35F}) {
    double sum = 0;
    for (int w = 0; w < words; ++w) {
      const float u = (static_cast<float>(w) + 0.5F) / words;
      sum += models::rounded(x, 1.F, u);
      REQUIRE(models::rounded(x * 1.01F, 1.F, u) * (x < 0 ? -1 : 1) >= models::rounded(x, 1.F, u) * (x < 0 ? -1 : 1));
    }
    CHECK(sum / words == Approx(static_cast<double>(x)).margin(1.0 / words));
  }
}

// A customer-month of .45 that is rounded up or down by luck adds up within .13 % over 600,000 of them (one standard
// error), and within .08 % over three replications: .3 % is 4 of these. Rounded to the nearest, it is off by all of it.
TEST_CASE("costs of less than a quantum a month add up to what a fine quantum gives") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 20'000, 36);
  study.replications = 3;
  set(study, catalogue, "purchasing", "order_value", {40, 1.1, 0.5});
  set(study, catalogue, "logistics", "shipping", {0.1});
  set(study, catalogue, "logistics", "per_km", {0.001});
  set(study, catalogue, "logistics", "handling", {0.05});
  set(study, catalogue, "service", "expedite_cost", {0.6});
  set(study, catalogue, "service", "care_reference", {1});
  study.policies[0].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.01},
                                       {field_ref(catalogue, "service", "care"), 0.45},
                                       {field_ref(catalogue, "service", "expedite"), 0.5}};
  const auto totals = [&](double quantum) {
    study.money_quantum = quantum;
    const Outcome outcome(study, catalogue, {.threads = 2});
    std::vector<double> sums;
    for (const char* metric :
         {"care_cost", "expedite_cost", "logistics_cost", "discount_given", "gross_margin", "revenue"}) {
      double sum = 0;
      for (const auto& [cell, unused] : outcome.cells()) sum += static_cast<double>(outcome.total(metric, cell));
      sums.push_back(quantum * sum);
    }
    return sums;
  };
  const auto fine = totals(0.01), coarse = totals(1);
  for (std::size_t m = 0; m < fine.size(); ++m) {
    CAPTURE(m);
    CHECK(coarse[m] / fine[m] == Approx(1).margin(0.003));
  }
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
                outcome.count("expedite_cost", month));
}

constexpr double rate = 0.008, charge = rate / (1 + rate);

double worth(int month) { return 0.01 * std::pow(1 + rate, -month); }  ///< of a quantum

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
  const auto sum = [&](const char* metric) { return static_cast<double>(dear.total(metric)); };
  CHECK(dear.kpi("repeat_share") == Approx(1 - sum("revenue_new") / sum("revenue")));
  CHECK(dear.kpi("retention") == Approx(1 - dear.kpi("churn")));
  CHECK(dear.kpi("cost_to_serve") == Approx(0.01 * (sum("logistics_cost") + sum("care_cost") + sum("expedite_cost"))));
}

TEST_CASE("npv is the discounted sum of monthly integers: contributions less what receivables cost") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = default_study(catalogue, 300, 36);
  const Outcome outcome(study, catalogue);
  double expected = 0;
  for (int month = 0; month < 36; ++month)
    expected += worth(month) * (static_cast<double>(outcome.count("contribution", month)) -
                                charge * static_cast<double>(outcome.count("receivables", month)));
  for (int after = 0; after < sim::months_to_settle; ++after)
    expected -= worth(36 + after) * charge * static_cast<double>(outcome.beyond("receivables_of_horizon", after));
  CHECK(outcome.kpi("npv") == Approx(expected).epsilon(1e-12));
}

/// Two policies that differ in payment terms.
sim::Study two_terms(const sim::Catalogue& catalogue, double terms, int run_off, int beyond) {
  sim::Study study = default_study(catalogue, 300, 18);
  study.horizon.warmup = 4;
  study.horizon.run_off = run_off;
  study.horizon.beyond = beyond;
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "terms";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "payment", "terms_days"), terms}};
  return study;
}

/// Discounted collections until everything has settled, less discounted outlays: margin is the rest of revenue.
double discounted_cash(const Outcome& outcome, const sim::Cell& cell) {
  double cash = 0;
  for (int month = 0; month < outcome.months(); ++month)
    cash += worth(month) *
            static_cast<double>(outcome.count("collected", month, cell) - outcome.count("revenue", month, cell) +
                                outcome.count("contribution", month, cell));
  return cash;
}

TEST_CASE("the npv of two terms differs by their discounted collections less outlays, to a billionth") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double terms : {0.0, 14.0, 90.0, 360.0}) {
    const Outcome settled(two_terms(catalogue, terms, sim::months_to_settle, 0), catalogue);
    const sim::Cell today{0, 0, 0, 0}, other{0, 1, 0, 0};
    const double npv = settled.kpi("npv", other) - settled.kpi("npv", today);
    const double cash = discounted_cash(settled, other) - discounted_cash(settled, today);
    CHECK(npv == Approx(cash).margin(1e-9 * std::fabs(settled.kpi("npv", today))));
    const Outcome without(two_terms(catalogue, terms, 0, 0), catalogue);
    CHECK(without.kpi("npv", other) == settled.kpi("npv", other));
  }
}

/// Discounted cash of the horizon, and what is expected of what it leaves open: each month's fall of what is owed, less
/// what is lost.
double expected_cash(const Outcome& outcome, const sim::Cell& cell, int horizon) {
  const auto of = [&](const char* metric, int month) {
    return static_cast<double>(outcome.count(metric, month, cell));
  };
  double cash = 0, owed = of("receivables", horizon - 1) + of("claims", horizon - 1);
  for (int month = 0; month < horizon; ++month)
    cash += worth(month) * (of("collected", month) + of("recovered", month) - of("revenue", month) +
                            of("contribution", month) + of("credited", month) + of("written_off", month));
  for (int after = 0; after < sim::months_to_settle; ++after) {
    const auto beyond = [&](const char* metric) { return static_cast<double>(outcome.beyond(metric, after, cell)); };
    const double still = beyond("receivables_of_horizon") + beyond("claims_of_horizon");
    cash += worth(horizon + after) * (owed - still - beyond("losses_of_horizon"));
    owed = still;
  }
  return cash;
}

TEST_CASE("where customers default npv still is the worth of cash, with what is expected of what is open") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double terms : {0.0, 90.0, 360.0}) {
    sim::Study study = two_terms(catalogue, terms, 0, 0);
    set(study, catalogue, "credit", "default_chance", {0.02, 1});
    set(study, catalogue, "payment", "credited_share", {0.1});
    const Outcome outcome(study, catalogue);
    const sim::Cell today{0, 0, 0, 0}, other{0, 1, 0, 0};
    REQUIRE(outcome.total("written_off", other) > 0);
    const double npv = outcome.kpi("npv", other) - outcome.kpi("npv", today);
    const double cash = expected_cash(outcome, other, 18) - expected_cash(outcome, today, 18);
    CHECK(npv == Approx(cash).margin(1e-9 * std::fabs(outcome.kpi("npv", today))));
  }
}

TEST_CASE("neither npv nor customer equity depends on a run-off, and both add up") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome with(two_terms(catalogue, 360, 7, 30), catalogue), without(two_terms(catalogue, 360, 0, 30), catalogue);
  for (const std::uint32_t policy : {0U, 1U}) {
    const sim::Cell cell{0, policy, 0, 0};
    for (const char* kpi : {"npv", "value_beyond", "value_beyond_half", "customer_equity"})
      CHECK(with.kpi(kpi, cell) == without.kpi(kpi, cell));
    CHECK(with.kpi("customer_equity", cell) ==
          Approx(with.kpi("npv", cell) + with.kpi("value_beyond", cell)).epsilon(1e-12));
    CHECK(with.kpi("value_beyond_half", cell) > 0);
    CHECK(with.kpi("value_beyond_half", cell) < with.kpi("value_beyond", cell));
  }
}

TEST_CASE("what the horizon leaves open is owed until it settles, as months that only settle see it") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(two_terms(catalogue, 200, sim::months_to_settle, 5), catalogue);
  const sim::Cell cell{0, 1, 0, 0};
  for (int after = 0; after < sim::months_to_settle; ++after)
    REQUIRE(outcome.beyond("receivables_of_horizon", after, cell) == outcome.count("receivables", 18 + after, cell));
  CHECK(outcome.count("receivables", 18, cell) > 0);
  CHECK(outcome.beyond("receivables", 5, cell) > 0);  // what closed months have invoiced settles after them
  CHECK(outcome.beyond("contribution", 5, cell) == 0);
  CHECK(outcome.beyond("receivables", 5 + sim::months_to_settle - 1, cell) == 0);
}

TEST_CASE("months of the horizon are the same whatever comes after it") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome none(two_terms(catalogue, 90, 3, 0), catalogue), some(two_terms(catalogue, 90, 3, 24), catalogue);
  for (const auto& [cell, outcome] : none.cells()) {
    CHECK(outcome.counts == some.cells().at(cell).counts);
    CHECK(outcome.histograms == some.cells().at(cell).histograms);
    CHECK(outcome.flows == some.cells().at(cell).flows);
  }
  CHECK(none.kpi("value_beyond") == 0);
}

TEST_CASE("beyond the horizon shocks go on as planned, stay as in the last month, or are over") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 2'000, 12);
  uncouple(study, catalogue);
  study.horizon.beyond = 6;
  study.scenarios.push_back({"slump", {{driver_number(catalogue, "demand"), 0.5, 6, 8, 0, {}}}});  // ends in month 14
  const auto contribution = [&](sim::DriversBeyond drivers, std::uint32_t scenario, int after) {
    study.horizon.drivers_beyond = drivers;
    return static_cast<double>(Outcome(study, catalogue).beyond("contribution", after, {scenario, 0, 0, 0}));
  };
  using enum sim::DriversBeyond;
  for (const int after : {1, 2}) {
    const double calm = contribution(none, 1, after);
    CHECK(calm == contribution(as_planned, 0, after));
    CHECK(contribution(as_in_last_month, 1, after) < 0.7 * calm);
    CHECK((contribution(as_planned, 1, after) < 0.7 * calm) == (after < 2));
  }
}

/// Like customers who earn a steady margin; nobody's past matters for his future.
sim::Study steady(const sim::Catalogue& catalogue, int months) {
  sim::Study study = default_study(catalogue, 20'000, months);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  set(study, catalogue, "purchasing", "order_value", {1000, 0, 0});
  set(study, catalogue, "accounting", "gross_margin", {0.25}, 1);
  set(study, catalogue, "payment", "terms_days", {0});
  set(study, catalogue, "payment", "terms_elasticity", {0});
  set(study, catalogue, "payment", "late_chance", {0}, 1);
  set(study, catalogue, "logistics", "distance", {0}, 1);
  set(study, catalogue, "churn", "base_hazard", {0.02});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "churn", "leaving", {1});  // at the month's end
  return study;
}

TEST_CASE("value beyond the horizon of like customers is the closed form's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = steady(catalogue, 12);
  study.horizon.beyond = 60;
  set(study, catalogue, "churn", "frailty_variance", {0});
  set(study, catalogue, "churn", "tenure_slope", {-0.4});
  const Outcome outcome(study, catalogue);
  const double monthly = 2 * (1000 * 0.25 - 78), hazard = -std::log(0.98);
  const double at_end = hazard * std::pow(2, -0.4);  // after a year
  const auto there = static_cast<double>(outcome.beyond("customers", 0));
  const double value = there * std::pow(1 + rate, -11) *
                       models::value_beyond(monthly, at_end, rate, 60, models::Leaves::within_month, 12, -0.4);
  // Orders of 700,000 customer-months vary by 0.1 %, the months of 16,000 lifetimes by 0.4 %; what they owe for some
  // days at the end of a month costs less than 0.1 %. Four standard errors.
  CHECK(outcome.kpi("value_beyond") == Approx(value).epsilon(0.017));
  study.horizon.beyond = 0;
  CHECK(Outcome(study, catalogue).kpi("value_beyond") == 0);
}

TEST_CASE("customer equity with frailty is that of the survival law, wherever the horizon ends") {
  const sim::Catalogue catalogue = models::catalogue();
  const double monthly = 2 * (1000 * 0.25 - 78), v = 0.5, hazard = -std::log(0.98);
  const auto there = [&](double t) { return std::pow(1 + v * hazard * t, -1 / v); };
  for (const int months : {6, 36}) {
    sim::Study study = steady(catalogue, months);
    study.horizon.beyond = 120 - months;
    double value = 0;
    for (int t = 0; t < 120; ++t) value += there(t + 0.5) * std::pow(1 + rate, -t) * monthly * 20'000;
    CHECK(Outcome(study, catalogue).kpi("customer_equity") == Approx(value).epsilon(0.02));
  }
}

TEST_CASE("cash is contribution less what customers owe more, summed up from month 0; the lowest of it is a KPI") {
  sim::OutcomeInfo info;
  const std::vector<std::string> names{"contribution", "revenue",        "collected",   "recovered", "credited",
                                       "written_off",  "rebate_accrued", "rebate_paid", "returned",  "refunded"};
  for (const std::string& name : names) info.metrics.push_back({name, "", sim::MetricUnit::money});
  info.months = 4;
  info.tiers = info.groups = 1;
  // Sales of 100 a month at a contribution of 20: nobody pays in month 0, 90 in month 1, 70 and then 160. In month 2
  // 6 are written off, 4 credited and a rebate of 5 is owed, so that 5 are left; in month 3 the rebate is paid and 3 of
  // a claim come in, and 8 come back, of which 3 had been paid: with goods of 6 in them that costs 2 of contribution.
  const std::vector<std::int64_t> counts{20, 100, 0,  0, 0, 0, 0, 0, 0, 0, 20, 100, 90,  0, 0, 0, 0, 0, 0, 0,
                                         5,  100, 70, 0, 4, 6, 5, 0, 0, 0, 18, 100, 160, 3, 0, 0, 0, 5, 8, 3};
  const std::vector<sim::KpiInfo> all = models::accounting_kpis();
  const auto kpi = std::ranges::find(all, "lowest_cash", &sim::KpiInfo::name);
  REQUIRE(kpi != all.end());
  CHECK(evaluate_by_month(*kpi, info, 0.5, {{}, counts, {}, {}, {}}) == sim::Series{-40, -35, -40, 0.5});
  CHECK(evaluate(*kpi, info, 0.5, {{}, counts, {}, {}, {}}) == -40);
  CHECK(kpi->monthly->series == "cash");
}

TEST_CASE("margin is the stated share") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 5'000, 24);
  set(study, catalogue, "accounting", "gross_margin", {0.3}, 1);
  const Outcome outcome(study, catalogue);
  CHECK(static_cast<double>(outcome.total("gross_margin")) / static_cast<double>(outcome.total("list_sales")) ==
        Approx(0.3).epsilon(1e-5));
}

TEST_CASE("five per cent off for everybody cannot repay a fifth of the margin") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 4'000, 12);
  for (const char* key : {"elasticity_spread", "borrowed_share", "reference_gain", "reference_loss"})
    set(study, catalogue, "purchasing", key, {0});
  set(study, catalogue, "purchasing", "elasticity", {-2.62});
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "discount";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), 0.05}};
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
