// What the laws say of the ten largest customers is what drawing them gives.
#include "models/theory/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/gamma.hpp>

#include "tests/output/normals.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

using models::share_of_ten_largest;

namespace {

double by_laws(std::uint64_t customers, double between) {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, customers, 1);
  set(study, catalogue, "purchasing", "order_value", {2500, between, 0.5});
  return share_of_ten_largest(study, catalogue);
}

/// Mean over bases of what their ten largest have: gamma rates of shape 2, lognormal values.
double by_drawing(std::size_t customers, double between, int bases) {
  Normals normals(20270215);
  const boost::math::gamma_distribution<> rates(2, 1);
  double share = 0;
  for (int base = 0; base < bases; ++base) {
    std::vector<double> sales(customers);
    for (double& one : sales)
      one = boost::math::quantile(rates, normals.uniform()) * std::exp(between * normals.next());
    std::ranges::sort(sales, std::greater());
    share += std::accumulate(sales.begin(), sales.begin() + 10, 0.0) /
             std::accumulate(sales.begin(), sales.end(), 0.0) / bases;
  }
  return share;
}

}  // namespace

TEST_CASE("the share of the ten largest is what drawing customers gives") {
  // Standard errors of the drawn shares are about 0.004 and 0.008 here; the tail integral is of the law, not of a base.
  CHECK(by_laws(2000, 1.1) == Approx(by_drawing(2000, 1.1, 100)).margin(0.02));
  CHECK(by_laws(300, 1.1) == Approx(by_drawing(300, 1.1, 200)).margin(0.03));
  CHECK(by_laws(300, 1.5) == Approx(by_drawing(300, 1.5, 200)).margin(0.05));
  CHECK(by_laws(20000, 1.1) < 0.05);
}

TEST_CASE("ten customers and fewer have all of it, equal ones a tenth of a hundred") {
  CHECK(by_laws(10, 1.1) == 1);
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 100, 1);
  set(study, catalogue, "purchasing", "order_value", {2500, 0, 0.5});
  set(study, catalogue, "purchasing", "orders_per_month", {2, 1e4});
  CHECK(share_of_ten_largest(study, catalogue) == Approx(0.1).margin(0.003));
}

TEST_CASE("groups count by their shares, and a file by its customers") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 1000, 1);
  set(study, catalogue, "purchasing", "order_value", {2500, 0.5, 0.5});
  const double alike = share_of_ten_largest(study, catalogue);
  study.population.groups = {{"small", 0.99, {}}, {"large", 0.01, {}}};
  study.population.groups[1].overrides = {{field_ref(catalogue, "purchasing", "order_value"), {0, {250000, 0.5, 0.5}}}};
  const double apart = share_of_ten_largest(study, catalogue);
  CHECK(alike < 0.07);
  CHECK(apart == Approx(100.0 / 199).margin(0.03));  // ten customers of a hundred times the value
  sim::CustomerFile file;
  file.ids = std::vector<std::uint64_t>(20);
  file.groups = std::vector<std::uint32_t>(20, 0);
  file.traits = {{field_ref(catalogue, "purchasing", "order_value"), std::vector<float>(20, 1)}};
  for (std::size_t c = 0; c < 10; ++c) file.traits[0].values[c] = 3;
  study.population.file = file;
  study.population.customers = 20;
  CHECK(share_of_ten_largest(study, catalogue) == 0.75);
}

}  // namespace clientele::tests
