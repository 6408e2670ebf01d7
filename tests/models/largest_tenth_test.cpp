// What the largest customers buy in a year: limits with known forms, and what drawing a base gives.
#include "models/theory/largest_tenth.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "models/theory/best_tenth.hpp"
#include "models/theory/lorenz.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using models::YearOfSales;

namespace {

/// Mean over bases; with standard laws, whose luck no outcome of ours rests on.
double by_drawing(const YearOfSales& year, std::size_t customers, int bases) {
  std::mt19937_64 words(7);
  std::gamma_distribution<> rates(year.shape, 1 / year.shape);
  std::normal_distribution<> normal;
  std::uniform_real_distribution<> uniform;
  double share = 0;
  for (int base = 0; base < bases; ++base) {
    std::vector<double> sales(customers);
    for (double& one : sales) {
      const double there = uniform(words) < year.joined ? uniform(words) : 1;
      std::poisson_distribution<int> orders(std::max(1e-12, year.orders * rates(words) * there));
      const double value = std::exp(year.between * normal(words) - year.between * year.between / 2);
      for (int order = orders(words); order > 0; --order) one += value * std::exp(year.within * normal(words));
    }
    std::ranges::sort(sales, std::greater());
    share += std::accumulate(sales.begin(), sales.begin() + static_cast<std::ptrdiff_t>(customers / 10), 0.0) /
             std::accumulate(sales.begin(), sales.end(), 0.0) / bases;
  }
  return share;
}

}  // namespace

TEST_CASE("many orders at equal rates leave the spread of values: a lognormal base") {
  for (const double between : {0.3, 1.0, 1.8})
    CHECK(YearOfSales{3000, 5000, between, 0, 0}.held_by_largest(0.1) ==
          Approx(models::top_share_of_lognormal(0.1, between)).epsilon(0.002));
}

TEST_CASE(
    "the best tenth of expected sales: a gamma base, a lognormal one, and more where value and rate go together") {
  // Of Gamma(1) the tenth above q = log 10 has e^-q (1 + q) of all. The grid is low by what the header says.
  CHECK(models::share_of_best_tenth(1, 0, 0) == Approx(0.1 * (1 + std::log(10.0))).margin(.0015));
  CHECK(models::share_of_best_tenth(1e6, 0.3, 0) == Approx(models::top_share_of_lognormal(0.1, 0.3)).margin(.0015));
  double before = 0;
  for (const double correlation : {-0.5, 0.0, 0.3, 0.8}) {
    const double share = models::share_of_best_tenth(1, 0.5, correlation);
    CHECK(share > before + .03);
    before = share;
  }
  // By 4,000,000 customers drawn from both laws: .4288.
  CHECK(models::share_of_best_tenth(1, 0.5, 0.3) == Approx(.4288).margin(.0035));
}

TEST_CASE("customers who are alike differ by luck: orders of a Poisson law") {
  // Mean 1: P(N >= 3) = .0803, of orders .2642; the rest of the tenth has two orders each.
  const double three = 1 - 2.5 * std::exp(-1), of_orders = 1 - 2 * std::exp(-1);
  CHECK(YearOfSales{1, 1e6, 0, 0, 0}.held_by_largest(0.1) == Approx(of_orders + 2 * (0.1 - three)).epsilon(1e-3));
}

TEST_CASE("what drawing a base gives") {
  for (const YearOfSales& year :
       {YearOfSales{24, 2, 1.1, 0.5, 0}, YearOfSales{4, 1, 0.4, 0.8, 0.15}, YearOfSales{300, 3, 0.2, 0.5, 0.1}}) {
    INFO(year.orders << " orders, between " << year.between);
    CHECK(year.held_by_largest(0.1) == Approx(by_drawing(year, 20'000, 12)).epsilon(0.01));
  }
}

TEST_CASE("it rises with every spread") {
  const YearOfSales plain{24, 2, 0.6, 0.5, 0.1};
  for (const YearOfSales& wider :
       {YearOfSales{24, 1, 0.6, 0.5, 0.1}, YearOfSales{24, 2, 0.9, 0.5, 0.1}, YearOfSales{24, 2, 0.6, 1.2, 0.1},
        YearOfSales{24, 2, 0.6, 0.5, 0.4}, YearOfSales{6, 2, 0.6, 0.5, 0.1}})
    CHECK(wider.held_by_largest(0.1) > plain.held_by_largest(0.1));
}

}  // namespace clientele::tests
