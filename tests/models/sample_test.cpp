// A law of values from a file: its moments are the values' own wherever a model asks for them, and so is a drawn base.
#include "sim/sample.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/payment_delay.hpp"
#include "models/segmentation/clv.hpp"
#include "models/segmentation/expected_orders.hpp"
#include "models/theory/concentration.hpp"
#include "models/theory/log_moments.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

std::shared_ptr<const sim::Sample> sample(std::vector<float> values) {
  return sim::sample_of("orders.csv", "value", std::move(values));
}

sim::Law law(std::shared_ptr<const sim::Sample> values, float mean, float second = 0) {
  return {sim::Family::empirical, {mean, second, 0.F}, std::move(values)};
}

/// As `set`, with values of a file; their mean where none is stated.
void set_sample(sim::Study& study, const sim::Catalogue& catalogue, std::string_view table, std::string_view key,
                const std::shared_ptr<const sim::Sample>& values, std::vector<double> rest = {}) {
  const sim::FieldRef at = field_ref(catalogue, table, key);
  const auto& families = catalogue.tables()[at.table].fields.fields()[at.field].families;
  const auto family = std::ranges::find(families, sim::Family::empirical, &sim::FamilyInfo::family);
  std::vector<double> numbers{values->mean};
  numbers.insert(numbers.end(), rest.begin(), rest.end());
  study.values[at.table][at.field] = {static_cast<std::uint32_t>(family - families.begin()), numbers, values};
}

/// 0.5 to 40, more of the small ones.
std::vector<float> uneven(std::size_t n) {
  std::vector<float> values;
  for (std::size_t i = 0; i < n; ++i)
    values.push_back(static_cast<float>(std::exp(-0.7 + 4.4 * std::pow((i + 0.5) / static_cast<double>(n), 2))));
  return values;
}

}  // namespace

TEST_CASE("means, squares and logs are sums over the values, wherever logs are cut off") {
  const std::vector<float> values{4, 0, 1, -2, 0.5F, 9};
  const auto six = sample(values);
  CHECK(six->values == std::vector<float>{-2, 0, 0.5F, 1, 4, 9});
  CHECK(six->mean == Approx(12.5 / 6));
  CHECK(six->square == Approx((16 + 1 + 4 + 0.25 + 81) / 6.0));
  CHECK(six->variance() == Approx(six->square - six->mean * six->mean));
  for (const double factor : {0.0, 1e-9, 0.25, 1.0, 3.0})
    for (const double least : {1e-3, 0.7, 2.0, 50.0}) {
      double sum = 0, squares = 0;
      for (const float value : values) {
        const double x = std::log(std::max(factor * static_cast<double>(value), least));
        sum += x / 6, squares += x * x / 6;
      }
      const sim::MomentsOfLogs logs = sim::moments_of_logs(*six, factor, least);
      INFO("factor " << factor << ", least " << least);
      CHECK(logs.mean == Approx(sum).margin(1e-12));
      CHECK(logs.variance == Approx(squares - sum * sum).margin(1e-9));
    }
  CHECK(six->factor_to(six->mean) == 1);
  CHECK(six->factor_to(2 * six->mean) == 2);
  CHECK(sample({0, 0})->factor_to(3) == 1);
  CHECK(sample({0.1F, 0.1F, 0.1F})->variance() == 0);
  CHECK(models::log_moments(law(sample({1, 3}), 4), 1e-3).mean == Approx((std::log(2) + std::log(6)) / 2));
}

TEST_CASE("what a firm believes of orders and values has the mean and the variance of the values") {
  models::PurchasingParameters purchasing;
  const auto rates = sample({1, 1, 4});  // mean 2, variance 2
  purchasing.orders_per_month = law(rates, 3);
  const models::OrdersBelief belief = models::orders_belief(purchasing, models::ChurnParameters());
  CHECK(belief.mean_rate == 3);
  CHECK(belief.shape == Approx(2));  // of a gamma law of the same mean and variance, at any mean
  purchasing.orders_per_month = law(sample({2, 2}), 2);
  CHECK(models::orders_belief(purchasing, models::ChurnParameters()).shape == 0);
  purchasing.order_value = law(rates, 2, 0.5F);
  models::AccountingParameters accounting;
  accounting.gross_margin = {sim::Family::constant, {0.25F, 0.F, 0.F}};
  const models::ValueBelief value = models::value_belief(purchasing, accounting, 0.01);
  CHECK(value.mean == 200);
  CHECK(value.between == Approx(0.5));
  CHECK(value.within == Approx(1.5 * (std::exp(0.25) - 1)));
  purchasing.finish();
  CHECK(purchasing.order_spread == Approx(0.5 * 1.44269504));
}

TEST_CASE("days late count over the average late invoice of the values") {
  models::PaymentParameters p;
  p.days_late_slope = 0.7F;
  p.late_chance = law(sample({0.1F, 0.1F, 0.7F}), 0.3F);
  p.finish();
  CHECK(p.late_reference == Approx((0.01 + 0.01 + 0.49) / 0.9));  // E p^2 / E p
  CHECK(p.early_reference == Approx((0.81 + 0.81 + 0.09) / 2.1));
  p.late_chance = law(p.late_chance.sample, 0.15F);  // all halved
  p.finish();
  CHECK(p.late_reference == Approx(0.5 * (0.01 + 0.01 + 0.49) / 0.9));
  p.late_chance = law(sample({1}), 1);
  p.finish();
  CHECK(p.late_reference == 1);
  CHECK(p.early_reference == Approx(1e-6));
}

TEST_CASE("the share of the ten largest is that of all pairs of a rate and a value") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 500, 1);
  const auto by_pairs = [&](const std::vector<float>& rates, const std::vector<float>& values, double ten) {
    std::vector<double> sales;
    for (const float rate : rates)
      for (const float value : values) sales.push_back(double{rate} * double{value});
    std::ranges::sort(sales, std::greater());
    const auto n = static_cast<double>(sales.size());
    double top = 0, left = ten * n;
    for (std::size_t i = 0; left > 0; ++i, left -= 1) top += std::min(1.0, left) * sales[i];
    return top / std::accumulate(sales.begin(), sales.end(), 0.0);
  };
  set_sample(study, catalogue, "purchasing", "order_value", sample(uneven(60)), {0.5});
  set(study, catalogue, "purchasing", "orders_per_month", {2}, 2);
  CHECK(models::share_of_ten_largest(study, catalogue) == Approx(by_pairs({2}, uneven(60), 0.02)).margin(6e-4));
  set_sample(study, catalogue, "purchasing", "orders_per_month", sample(uneven(90)));
  CHECK(models::share_of_ten_largest(study, catalogue) == Approx(by_pairs(uneven(90), uneven(60), 0.02)).margin(6e-4));
  set_sample(study, catalogue, "purchasing", "orders_per_month", sample(uneven(9'000)));
  CHECK(models::share_of_ten_largest(study, catalogue) ==
        Approx(by_pairs(uneven(9'000), uneven(60), 0.02)).margin(2e-3));
  set(study, catalogue, "purchasing", "order_value", {5, 0, 0});
  set_sample(study, catalogue, "purchasing", "orders_per_month", sample({3, 3, 3}));
  CHECK(models::share_of_ten_largest(study, catalogue) == 0.02);
}

/// Chances and sums of a base of 20,000 are held to those of the values, each within five standard errors: of one are
/// 1.1 % of orders, 0.9 % of buyers and 1.9 % of sales. Rates that are a tenth too high move orders by nine of them; a
/// largest one that is never drawn halves them.
TEST_CASE("a drawn base orders, buys and pays as the values say") {
  const sim::Catalogue catalogue = models::catalogue();
  constexpr std::uint64_t customers = 20'000;
  constexpr int months = 6;
  sim::Study study = default_study(catalogue, customers, months);
  uncouple(study, catalogue);
  set(study, catalogue, "churn", "base_hazard", {0});
  const std::vector<float> rates{0, 0.05F, 0.1F, 0.1F, 0.4F, 1, 2.5F, 6};
  const std::vector<float> values{20, 50, 50, 80, 400};
  const std::vector<float> chances{0, 0, 0.1F, 0.5F, 0.9F};
  set_sample(study, catalogue, "purchasing", "orders_per_month", sample(rates));
  set_sample(study, catalogue, "purchasing", "order_value", sample(values), {0});
  set_sample(study, catalogue, "payment", "late_chance", sample(chances));
  const Outcome outcome(study, catalogue);
  double orders = 0, orders_error = 0, buyers = 0, buyers_error = 0;
  const double each = static_cast<double>(customers) / static_cast<double>(rates.size());
  const double mean = std::accumulate(rates.begin(), rates.end(), 0.0) / static_cast<double>(rates.size());
  for (const double rate : rates) {
    const double buys = 1 - std::exp(-rate);
    orders += each * rate * months;
    orders_error += each * (rate * months + (rate - mean) * (rate - mean) * months * months);
    buyers += each * buys;
    buyers_error += each * buys * (1 - buys);
  }
  for (const double rate : rates)
    buyers_error += each * std::pow(1 - std::exp(-rate) - buyers / static_cast<double>(customers), 2);
  CHECK(std::abs(static_cast<double>(outcome.total("orders")) - orders) < 5 * std::sqrt(orders_error));
  CHECK(std::abs(static_cast<double>(outcome.count("buyers", 3)) - buyers) < 5 * std::sqrt(buyers_error));
  // Sales are orders times values: each customer's own value, the same for all its orders.
  const double order = 120, square = (400.0 + 2'500 + 2'500 + 6'400 + 160'000) / 5;
  double sales_error = 0;
  for (const double rate : rates) {
    const double n = rate * months;
    sales_error += each * ((n + n * n) * square - std::pow(mean * months * order, 2));
  }
  CHECK(std::abs(0.01 * static_cast<double>(outcome.total("list_sales")) - orders * order) <
        5 * std::sqrt(sales_error));
  const auto settled = static_cast<double>(outcome.total("invoices_settled"));
  const auto late = static_cast<double>(outcome.total("invoices_late"));
  // Late ones settle later, so that the last months have fewer of them.
  CHECK(late / settled > 0.25);
  CHECK(late / settled < 0.31);
}

}  // namespace clientele::tests
