// Customers' mean order values: told by their own means and all others', and what that misses of later sales.
#include <algorithm>
#include <cmath>
#include <random>

#include "models/fit/mean_value.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

/// Customers with 1 to 5 orders, logs of their means normal by `between`, single orders around them by `within`.
models::ValueHistory invented(std::size_t customers, double between, double within, unsigned seed) {
  std::mt19937_64 luck(seed);
  std::normal_distribution<double> normal;
  models::ValueHistory history;
  for (std::size_t c = 0; c < customers; ++c) {
    std::vector<double> values(1 + c % 5);
    const double typical = 4 + between * normal(luck);
    for (double& value : values) value = std::exp(typical + within * normal(luck));
    history.add(values);
  }
  return history;
}

}  // namespace

TEST_CASE("an own mean counts by its orders, and what is told comes to all sales") {
  const models::MeanValue law{.between = 0.6, .spread = 0.9, .tied_mean = 100};
  CHECK(law.told_by(1, 100) == Approx(100));
  const double k = 4 * 0.36 / (4 * 0.36 + 0.81);
  CHECK(law.told_by(4, 300) == Approx(std::pow(100, 1 - k) * std::pow(300, k)));
  CHECK(models::MeanValue{.spread = 0.9, .tied_mean = 100}.told_by(4, 300) == Approx(100));

  const models::ValueHistory history = invented(400, 0.6, 0.5, 1);
  const models::MeanValue found = models::fit_mean_value(history, 0.5);
  double told = 0, sales = 0, orders = 0;
  for (std::size_t i = 0; i < history.rows(); ++i) {
    told += history.orders[i] * found.told_by(history.orders[i], history.sum[i] / history.orders[i]);
    sales += history.sum[i], orders += history.orders[i];
  }
  CHECK(told == Approx(sales));
  CHECK(found.mean == Approx(sales / orders));
  CHECK(found.between == Approx(0.6).epsilon(0.15));
  CHECK(models::is_between_told(found.means));
  // Where customers are alike `between` may be 0, and is told to.
  int not_told = 0;
  for (unsigned seed = 2; seed < 12; ++seed) {
    const models::MeanValue alike = models::fit_mean_value(invented(60, 0, 0.5, seed), 0.5);
    if (!(alike.between > 0) || models::is_between_told(alike.means)) continue;
    ++not_told;
    const std::vector<double> likely = models::likely_between(alike.means);
    REQUIRE(likely.size() == 101);
    CHECK(likely.front() == 0);
    CHECK(std::ranges::is_sorted(likely));
    CHECK(likely[50] < 0.3);  // single orders differ by .5
  }
  CHECK(not_told >= 3);
}

TEST_CASE("later sales are missed least by the law that they are of, and by hand") {
  std::mt19937_64 luck(5);
  std::normal_distribution<double> normal;
  models::ValueHistory earlier, all;
  double off = 0, sales = 0;
  for (int c = 0; c < 800; ++c) {
    const double typical = 4 + 0.5 * normal(luck);
    std::vector<double> values(3);
    for (double& value : values) value = std::exp(typical + 0.7 * normal(luck));
    all.add(values);
    off += std::fabs((values[0] + values[1]) / 2 - values[2]), sales += values[2];
    values.pop_back();
    earlier.add(values);
  }
  const models::ValueForetold laws = models::foretell_values(earlier, all);
  REQUIRE(laws.why_not.empty());
  const models::SalesMissed missed = models::sales_missed(earlier, all, laws);
  CHECK(missed.customers == 800);
  CHECK(missed.by_own_mean == Approx(off / sales));
  CHECK(missed.by_means < missed.by_own_mean);
  CHECK(missed.by_gamma_gamma < missed.by_own_mean);
}

}  // namespace clientele::tests
