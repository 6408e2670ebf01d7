// Whole runs with all couplings off, against figures that anybody can work out: margins, lifetimes, receivables,
// curves.
#include <cmath>

#include <boost/math/distributions/normal.hpp>

#include "models/theory/compound_poisson.hpp"
#include "models/theory/lorenz.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

/// Two orders of 500 a month at a margin of .28; a hazard of .02 after the month's orders; .8 % a month; nothing else.
sim::Study degenerate(const sim::Catalogue& catalogue, std::uint64_t customers, int months) {
  sim::Study study = default_study(catalogue, customers, months);
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  set(study, catalogue, "purchasing", "order_value", {500, 0, std::sqrt(std::log(1.6))});  // squared variation .6
  set(study, catalogue, "accounting", "gross_margin", {0.28}, 1);
  set(study, catalogue, "churn", "base_hazard", {0.02});
  set(study, catalogue, "churn", "frailty_variance", {0});
  set(study, catalogue, "churn", "tenure_slope", {0});
  set(study, catalogue, "churn", "leaving", {1});  // at the month's end
  for (const char* cost : {"shipping", "per_km", "handling"}) set(study, catalogue, "logistics", cost, {0});
  return study;
}

/// Contribution discounted at .8 % a month, before receivables are charged.
double earned(const Outcome& outcome, const sim::Cell& cell) {
  double sum = 0;
  for (int month = 0; month < outcome.months(); ++month)
    sum += 0.01 * static_cast<double>(outcome.count("contribution", month, cell)) * std::pow(1.008, -month);
  return sum;
}

struct Moments {
  double mean = 0, variance = 0;
};

template <class Value>
Moments moments_over_cells(const Outcome& outcome, Value value) {
  double sum = 0, squares = 0, n = 0;
  for (const auto& [cell, unused] : outcome.cells()) {
    const double x = value(cell);
    sum += x, squares += x * x, n += 1;
  }
  return {sum / n, (squares - sum * sum / n) / (n - 1)};
}

TEST_CASE("the margin of 36 months and its variance are those of a compound Poisson life") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = degenerate(catalogue, 64, 36);
  study.replications = 1200;
  const Outcome outcome(study, catalogue);
  const auto npv = moments_over_cells(outcome, [&](const sim::Cell& cell) { return earned(outcome, cell); });
  const models::MarginOfLife life{{2, 500, models::CompoundPoisson::sd_log_of(0.6)}, 0.28, 0.02, 0.008, 36};
  const double mean = life.mean(), variance = life.variance();  // per customer
  CHECK(mean == Approx(6423.88286628071).epsilon(1e-9));
  CHECK(variance == Approx(9815868.953457378).epsilon(1e-9));
  // 4.5 standard errors: a mean that is off by 1.1 % is found with a power of 95 %, a variance by 25 %.
  CHECK(std::abs(npv.mean / 64 - mean) < 4.5 * std::sqrt(variance / 64 / 1200));
  CHECK(std::abs(npv.variance / 64 / variance - 1) < 4.5 * std::sqrt(2.0 / 1200) * 1.05);
}

TEST_CASE("a month's revenue and margin vary as a compound Poisson sum does") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = degenerate(catalogue, 64, 1);
  study.replications = 1500;
  const Outcome outcome(study, catalogue);
  const auto of = [&](const char* metric) {
    return moments_over_cells(
        outcome, [&](const sim::Cell& cell) { return 0.01 * static_cast<double>(outcome.total(metric, cell)); });
  };
  CHECK(std::abs(of("revenue").variance / 64 / 800'000 - 1) < 4.5 * std::sqrt(2.0 / 1500) * 1.05);
  CHECK(std::abs(of("gross_margin").variance / 64 / 62'720 - 1) < 4.5 * std::sqrt(2.0 / 1500) * 1.05);
}

TEST_CASE("receivables settle at monthly sales x days outstanding / 30, and DSO says so") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = degenerate(catalogue, 20'000, 24);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "payment", "late_chance", {0}, 1);
  set(study, catalogue, "payment", "terms_days", {45});
  set(study, catalogue, "payment", "reference_terms", {45});
  const Outcome outcome(study, catalogue);
  double owed = 0, sold = 0;
  for (int month = 6; month < 24; ++month) {
    owed += 0.01 * static_cast<double>(outcome.count("receivables", month));
    sold += 0.01 * static_cast<double>(outcome.count("revenue", month));
  }
  // One customer's months vary by 894 around 1,000: 18 months of 20,000 customers are known to 0.15 %.
  CHECK(owed / 18 / 20'000 == Approx(1500).epsilon(0.006));
  CHECK(30 * owed / sold == Approx(45).epsilon(0.003));
}

TEST_CASE("a cohort with gamma hazards survives by Pareto's law") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = degenerate(catalogue, 40'000, 53);
  set(study, catalogue, "churn", "base_hazard", {1 - std::exp(-0.606 / 11.669)});
  set(study, catalogue, "churn", "frailty_variance", {1 / 0.606});
  set(study, catalogue, "purchasing", "orders_per_month", {0}, 2);
  const Outcome outcome(study, catalogue);
  const std::pair<int, double> expected[] = {
      {4, 0.8364257024122802}, {12, 0.6514324081276955}, {52, 0.3576366352835769}};
  for (const auto& [month, share] : expected) {
    const double found = static_cast<double>(outcome.count("customers", month)) / 40'000;
    CHECK(std::abs(found - share) < 4.5 * std::sqrt(share * (1 - share) / 40'000));
  }
}

/// Customers with a lognormal mean value (sd of the log: 1) and many equal orders a month, so that luck averages out.
sim::Study lognormal_base(const sim::Catalogue& catalogue) {
  sim::Study study = degenerate(catalogue, 30'000, 1);
  study.money_quantum = 1;
  set(study, catalogue, "purchasing", "orders_per_month", {300}, 2);
  set(study, catalogue, "purchasing", "order_value", {100, 1, 0});
  return study;
}

TEST_CASE("the best fifth of a lognormal base buys what the Lorenz curve says, read from the histogram") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(lognormal_base(catalogue), catalogue);
  const auto& bins = outcome.histogram("net_sales");
  double customers = 0, money = 0;
  for (const auto& bin : bins) customers += static_cast<double>(bin.customers), money += static_cast<double>(bin.sum);
  CHECK(customers == 30'000);
  double left = 0.2 * customers, share = 0;
  for (auto bin = bins.rbegin(); bin != bins.rend() && left > 0; ++bin) {
    const double taken = std::min(left, static_cast<double>(bin->customers));
    share += taken / static_cast<double>(bin->customers) * static_cast<double>(bin->sum) / money;
    left -= taken;
  }
  // The closed form; a share varies by .004 between bases of 30,000, luck adds .0005, a bin .001.
  CHECK(models::top_share_of_lognormal(0.2, 1.0) == Approx(0.5629208277335359).epsilon(1e-9));
  CHECK(share == Approx(0.5629).margin(0.02));
}

TEST_CASE("the whale curve of a lognormal base peaks where the closed form says") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = lognormal_base(catalogue);
  set(study, catalogue, "logistics", "handling", {14});
  const Outcome outcome(study, catalogue);
  double gains = 0, total = 0, unprofitable = 0;
  for (const auto& bin : outcome.histogram("contribution")) {
    total += static_cast<double>(bin.sum);
    if (bin.sum > 0) gains += static_cast<double>(bin.sum);
    if (bin.sum < 0) unprofitable += static_cast<double>(bin.customers);
  }
  // An order earns .28 x value - 14; the mean of what is above 0 is that of a call on a lognormal value.
  const boost::math::normal normal;
  const double mean = 28, strike = 14, above = (std::log(mean / strike) + 0.5), below = above - 1;
  const double peak = (mean * cdf(normal, above) - strike * cdf(normal, below)) / (mean - strike);
  CHECK(gains / total == Approx(peak).epsilon(0.02));
  CHECK(unprofitable / 30'000 == Approx(cdf(normal, -below)).margin(0.015));
}

TEST_CASE("a discount breaks even where the volume that it brings repays the margin that it costs") {
  const sim::Catalogue catalogue = models::catalogue();
  const double margin = 0.28, discount = 0.05;
  const double elasticity = std::log(margin / (margin - discount)) / std::log(1 - discount);  // gain d / (m - d)
  CHECK(std::pow(1 - discount, elasticity) - 1 == Approx(discount / (margin - discount)));
  sim::Study study = degenerate(catalogue, 20'000, 12);
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "purchasing", "elasticity", {elasticity});
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "discount";
  study.policies[1].tiers[0].levers = {{field_ref(catalogue, "purchasing", "discount"), discount}};
  const Outcome outcome(study, catalogue);
  const auto contribution = [&](std::uint32_t policy) {
    return static_cast<double>(outcome.total("contribution", {0, policy, 0, 0}));
  };
  // The extra orders, 22 % of 480,000, vary by 0.3 % of themselves: 0.1 % of the whole.
  CHECK(contribution(1) / contribution(0) == Approx(1).epsilon(0.005));
}

}  // namespace
}  // namespace clientele::tests
