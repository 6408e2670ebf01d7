// Samples follow their laws: a sorted sample stays within Kolmogorov's distance of the law's own chances.
#include "sim/random/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/weibull.hpp>

#include "sim/random/gamma.hpp"
#include "sim/random/philox.hpp"
#include "sim/state/variates.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::Address;
using sim::draw_log_gamma;
using sim::draw_parameter;
using sim::Family;
using sim::InternalFault;
using sim::Law;
using sim::Layout;
using sim::normal_of;
using sim::normal_pair;
using sim::Per;
using sim::tag_of_draws;
using sim::Variates;
using sim::Weibull;

namespace {

constexpr std::size_t n = 1U << 16;

/// Birth draws of one customer after the other.
std::vector<double> sample(const Law& law) {
  Layout layout;
  layout.luck = {{40, Per::birth, 15}};
  Variates variates(layout);
  variates.enter_world({{5, 0}, {5, 0}, 0, 0});
  std::vector<std::uint32_t> low(1024), high(1024);
  std::vector<float> values(1024);
  std::vector<double> all;
  while (all.size() < n) {
    for (std::size_t i = 0; i < low.size(); ++i) low[i] = static_cast<std::uint32_t>(all.size() + i);
    variates.enter_block(low, high);
    variates.draw(law, {0, 0}, values);
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

/// Kolmogorov's distance times sqrt(n): above 2.7 by chance in 1 of 10^6 samples. Of 2^16 values, 2 % of them moved by
/// a distance that matters are found nearly surely.
double distance(std::vector<double> values, const std::function<double(double)>& chance_below) {
  std::sort(values.begin(), values.end());
  double most = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = chance_below(values[i]), at = static_cast<double>(i), all = static_cast<double>(values.size());
    most = std::max({most, std::abs(p - at / all), std::abs(p - (at + 1) / all)});
  }
  return most * std::sqrt(static_cast<double>(values.size()));
}

std::vector<double> parameters(const Law& law) {
  std::vector<double> values;
  Address at;
  at.tag = tag_of_draws;
  for (std::uint32_t i = 0; i < 20000; ++i) at.replication = i, values.push_back(draw_parameter(law, at, {3, 0}));
  return values;
}

Law law_of(Family family, double first, double second) {
  return {family, {static_cast<float>(first), static_cast<float>(second), 0}};
}

}  // namespace

TEST_CASE("gamma draws follow the law at any shape") {
  for (const double shape : {0.1, 0.5, 1.0, 2.0, 30.0, 1e4}) {
    const boost::math::gamma_distribution<> law(shape, 4 / shape);
    CAPTURE(shape);
    CHECK(distance(sample(law_of(Family::gamma, 4, shape)), [&](double x) { return cdf(law, x); }) < 2.7);
  }
}

TEST_CASE("logs of gamma draws follow the law where the draws themselves end below all floats") {
  for (const double shape : {0.01, 0.05}) {
    std::vector<std::uint32_t> low(1024), high(1024);
    std::vector<float> logs(1024);
    std::vector<double> all;
    while (all.size() < n) {
      for (std::size_t i = 0; i < low.size(); ++i) low[i] = static_cast<std::uint32_t>(all.size() + i);
      draw_log_gamma({{5, 0}, 40, 0, 0, 1}, low, high, static_cast<float>(shape), logs);
      for (const float x : logs) all.push_back(std::exp(double{x}));
    }
    const boost::math::gamma_distribution<> law(shape, 1 / shape);
    CAPTURE(shape);
    CHECK(distance(all, [&](double x) { return cdf(law, x); }) < 2.7);
  }
}

TEST_CASE("beta draws follow the law at any shapes") {
  for (const auto& [mean, a] : {std::pair{0.5, 1.0}, {0.2, 0.5}, {0.9, 4.0}, {0.03, 2.0}}) {
    const boost::math::beta_distribution<> law(a, a * (1 - mean) / mean);
    CAPTURE(mean, a);
    CHECK(distance(sample(law_of(Family::beta, mean, a)), [&](double x) { return cdf(law, std::min(x, 1.0)); }) < 2.7);
  }
}

TEST_CASE("one-word draws follow their laws") {
  const boost::math::normal_distribution<> normal(3, 2);
  const boost::math::weibull_distribution<> weibull(1.4, 7 / std::tgamma(1 + 1 / 1.4));
  CHECK(distance(sample(law_of(Family::normal, 3, 2)), [&](double x) { return cdf(normal, x); }) < 2.7);
  CHECK(distance(sample(law_of(Family::weibull, 7, 1.4)), [&](double x) { return cdf(weibull, x); }) < 2.7);
  CHECK(distance(sample(law_of(Family::uniform, -1, 3)), [](double x) { return (x + 1) / 4; }) < 2.7);
  const boost::math::normal_distribution<> logs(std::log(5) - 0.5 * 0.8 * 0.8, 0.8);
  CHECK(distance(sample(law_of(Family::lognormal, 5, 0.8)), [&](double x) { return cdf(logs, std::log(x)); }) < 2.7);
}

TEST_CASE("one-word draws rise with the word") {
  const Weibull weibull(7, 1.4);
  for (std::uint32_t word = 0; word < 0xfff00000U; word += 0xfffff) {
    REQUIRE(normal_of(word) <= normal_of(word + 0xfffff));
    REQUIRE(weibull.of(word) <= weibull.of(word + 0xfffff));
  }
}

TEST_CASE("each value of a sample has its part of all words, and a draw rises with its word") {
  const auto three = sim::sample_of("a.csv", "x", {7, -1, 2.5F});
  CHECK(sim::value_at(*three, 0) == -1);
  CHECK(sim::value_at(*three, 0x55555555U) == -1);
  CHECK(sim::value_at(*three, 0x55555556U) == 2.5F);
  CHECK(sim::value_at(*three, 0xaaaaaaaaU) == 2.5F);
  CHECK(sim::value_at(*three, 0xaaaaaaabU) == 7);
  CHECK(sim::value_at(*three, 0xffffffffU) == 7);
  CHECK(sim::value_at(*sim::sample_of("a.csv", "x", {3}), 0xffffffffU) == 3);
  CHECK(three->quantile(0.3) == -1);
  CHECK(three->quantile(0.34) == 2.5F);
}

/// Chi-squared with 99 degrees of freedom is above 178 by chance in 2 of 10^6 samples. Of 656 draws of each value, one
/// value that comes half as often again, or all values off by a twelfth, are found nearly surely.
TEST_CASE("draws of a sample are its values, each as often, times what moves its mean") {
  std::vector<float> values;
  for (int i = 0; i < 100; ++i) values.push_back(static_cast<float>((i * 37) % 100 + 1));
  const auto hundred = sim::sample_of("a.csv", "x", values);
  REQUIRE(hundred->mean == 50.5);
  for (const float mean : {50.5F, 25.25F}) {
    std::vector<double> count(101, 0);
    for (const double value : sample({Family::empirical, {mean, 0, 0}, hundred})) {
      const double own = value * (50.5 / double{mean});
      REQUIRE(own == std::rint(own));
      count.at(static_cast<std::size_t>(own)) += 1;
    }
    double chi = 0;
    for (std::size_t value = 1; value <= 100; ++value) chi += std::pow(count[value] - n / 100.0, 2) / (n / 100.0);
    CHECK(count[0] == 0);
    CHECK(chi < 178);
  }
}

TEST_CASE("pairs of normals follow their law, each of them and their sum and difference") {
  const boost::math::normal_distribution<> one(0, 1), two(0, std::sqrt(2.0));
  std::vector<double> first, second, sum, difference, product;
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto words = sim::philox(sim::Counter{i, 0, 0, 0}, sim::Key{17, 0});
    const auto pair = normal_pair(words[0], words[1]);
    first.push_back(pair.first), second.push_back(pair.second);
    sum.push_back(double{pair.first} + pair.second), difference.push_back(double{pair.first} - pair.second);
    product.push_back(double{pair.first} * pair.second);
  }
  CHECK(distance(first, [&](double x) { return cdf(one, x); }) < 2.7);
  CHECK(distance(second, [&](double x) { return cdf(one, x); }) < 2.7);
  CHECK(distance(sum, [&](double x) { return cdf(two, x); }) < 2.7);
  CHECK(distance(difference, [&](double x) { return cdf(two, x); }) < 2.7);
  // Squares of independent normals are not correlated either: mean of x^2 y^2 is 1, its deviation sqrt(8). At 4.9
  // standard errors (1 in 10^6) a correlation of .06 between squares is found with a power of 95 %.
  double squares = 0, products = 0;
  for (const double xy : product) squares += xy * xy, products += xy;
  CHECK(std::abs(products) < 4.9 * std::sqrt(double{n}));
  CHECK(std::abs(squares / n - 1) < 4.9 * std::sqrt(8.0 / n));
}

TEST_CASE("pairs of normals reach the ends that they state") {
  float most = 0;
  for (const std::uint32_t w0 : {0U, 1U, 2U, 0x7fffffffU, 0xfffffffeU, 0xffffffffU})
    for (std::uint32_t w1 = 0; w1 < 0xff000000U; w1 += 0x00ffffff) {
      const auto pair = normal_pair(w0, w1);
      REQUIRE(std::isfinite(pair.first));
      REQUIRE(std::isfinite(pair.second));
      most = std::max({most, std::abs(pair.first), std::abs(pair.second)});
    }
  CHECK(most > 6.6F);
  CHECK(most <= 6.67F);
}

TEST_CASE("one-word normals stay within the ends that they state") {
  CHECK(normal_of(0) > -6.4F);
  CHECK(normal_of(0) < -6.2F);
  CHECK(normal_of(0xffffffffU) < 5.4F);
  CHECK(normal_of(0xffffffffU) > 5.2F);
}

TEST_CASE("no uncertain number lies further out than a normal reaches") {
  CHECK(-sim::lower_normal_quantile(0x1p-53) < sim::farthest_normal);
  CHECK(-sim::lower_normal_quantile(0x1p-53) > sim::farthest_normal - 0.01);
}

TEST_CASE("uncertain numbers follow their laws") {
  const boost::math::normal_distribution<> normal(3, 2), logs(std::log(5) - 0.5, 1);
  const boost::math::beta_distribution<> beta(2, 6), steep(0.5, 0.5);
  CHECK(distance(parameters(law_of(Family::normal, 3, 2)), [&](double x) { return cdf(normal, x); }) < 2.7);
  CHECK(distance(parameters(law_of(Family::lognormal, 5, 1)), [&](double x) { return cdf(logs, std::log(x)); }) < 2.7);
  CHECK(distance(parameters(law_of(Family::beta, 0.25, 2)), [&](double x) { return cdf(beta, x); }) < 2.7);
  CHECK(distance(parameters(law_of(Family::beta, 0.5, 0.5)), [&](double x) { return cdf(steep, x); }) < 2.7);
  CHECK(distance(parameters(law_of(Family::uniform, -1, 3)), [](double x) { return (x + 1) / 4; }) < 2.7);
  REQUIRE(parameters(law_of(Family::constant, 0.5, 0)).back() == 0.5);
  REQUIRE_THROWS_AS(parameters(law_of(Family::gamma, 1, 1)), InternalFault);
}

}  // namespace clientele::tests
