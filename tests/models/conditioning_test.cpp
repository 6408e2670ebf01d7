// Quantiles and chances to be a customer still are what another library and another form of the equations say.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>

#include "models/conditioning/alive.hpp"
#include "models/conditioning/quantiles.hpp"
#include "models/theory/pareto_nbd.hpp"
#include "tests/support/catch.hpp"

namespace clientele::models {

namespace {

const std::vector<double> chances{1e-300, 1e-30, 1e-12, 1e-6, 1e-3, 0.02,  0.1,      0.3,      0.499,    0.5,
                                  0.501,  0.6,   0.8,   0.95, 0.99, 0.999, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12};
const std::vector<double> gamma_shapes{1e-3, 0.01, 0.1, 0.3,  0.49, 0.553, 0.9, 1,   1.01, 1.5, 2,   3.7,
                                       7,    9.99, 10,  15.5, 23.9, 24,    30,  100, 300,  1e4, 1e6, 1e7};
const std::vector<double> beta_shapes{1e-3, 0.01, 0.1, 0.5, 0.668, 1, 1.182, 2, 3.806, 9.99, 10, 11, 30, 100, 1e4};

/// What Boost says of the smaller tail; of betas it is right within this.
double gamma_by_boost(double shape, double p) {
  return p <= 0.5 ? boost::math::gamma_p_inv(shape, p) : boost::math::gamma_q_inv(shape, 1 - p);
}

/// By how much a chance at the quantile differs from the one asked, in relative terms of the quantile.
double beta_miss(double a, double b, double p, double x) {
  const double tail = p <= 0.5 ? p : 1 - p;
  const double there = p <= 0.5 ? boost::math::ibeta(a, b, x) : boost::math::ibetac(a, b, x);
  return (there - tail) / (x * boost::math::ibeta_derivative(a, b, x));
}

/// 2F1(a, b; c; z) by its series, 0 <= z < 1.
double hypergeometric(double a, double b, double c, double z) {
  double sum = 1, term = 1;
  for (int n = 0; n < 1'000'000 && term > 1e-17 * sum; ++n) sum += term *= (a + n) * (b + n) / ((c + n) * (1 + n)) * z;
  return sum;
}

/// P(alive) by the two hypergeometric functions: Fader and Hardie, note 009.
double alive_by_hypergeometric(double x, double last, double seen, const ParetoNbd& m) {
  const double most = std::max(m.alpha, m.beta), apart = std::abs(m.alpha - m.beta);
  const double second = m.alpha >= m.beta ? m.s + 1 : m.r + x, all = m.r + m.s + x;
  const auto part = [&](double t) {
    return hypergeometric(all, second, all + 1, apart / (most + t)) * std::pow(most + t, -all);
  };
  const double a0 = part(last) - part(seen);
  return 1 / (1 + m.s / all * std::pow(m.alpha + seen, m.r + x) * std::pow(m.beta + seen, m.s) * a0);
}

/// P(alive) with exponential orders or lifetimes, by many small steps.
double alive_by_steps(const KnownOrders& known, const GammaOfRates& orders, const GammaOfRates& leaving) {
  constexpr int steps = 20'000;
  const double step = (known.seen - known.last) / steps;
  const auto factor = [&](const GammaOfRates& of, double events, double t) {
    if (of.shape == 0) return std::exp(of.mean * (known.seen - t));
    const double begin = of.shape / of.mean;
    return std::pow((begin + known.seen) / (begin + t), of.shape + events);
  };
  double odds = 0;
  for (int i = 0; i < steps; ++i) {
    const double t = known.last + (i + 0.5) * step;
    const double hazard = leaving.shape == 0 ? leaving.mean : leaving.shape / (leaving.shape / leaving.mean + t);
    odds += step * hazard * factor(orders, known.x, t) * factor(leaving, 0, t);
  }
  return 1 / (1 + odds);
}

}  // namespace

TEST_CASE("gamma quantiles are those of another library over all shapes and chances") {
  for (const double shape : gamma_shapes)
    for (const double p : chances) {
      INFO("shape " << shape << ", chance " << p);
      const double value = gamma_quantile(shape, p), other = gamma_by_boost(shape, p);
      if (other > std::numeric_limits<double>::min()) {
        CHECK(std::abs(value / other - 1) < 1e-12);
        CHECK(std::abs(log_gamma_quantile(shape, p) - std::log(other)) <
              1e-12 * std::max(1.0, std::abs(std::log(other))));
      }
    }
}

TEST_CASE("what is too small for a double has its logarithm") {
  // P(X < x) = x^a / Gamma(a + 1) where x is small.
  for (const double shape : {1e-3, 0.01, 0.05})
    for (const double p : {1e-100, 1e-12, 1e-6, 0.01}) {
      const double expected = (std::log(p) + boost::math::lgamma(1 + shape)) / shape;
      CHECK(std::abs(log_gamma_quantile(shape, p) / expected - 1) < 1e-12);
    }
  CHECK(gamma_quantile(1e-3, 1e-6) == 0);
  const double expected = std::log(1e-12 * 1e-3 * boost::math::beta(1e-3, 2.0)) / 1e-3;
  CHECK(std::abs(beta_log_odds_quantile(1e-3, 2, 1e-12) / expected - 1) < 1e-12);
  CHECK(std::abs(beta_log_odds_quantile(2, 1e-3, 1 - 0x1p-40) / -beta_log_odds_quantile(1e-3, 2, 0x1p-40) - 1) < 1e-15);
}

TEST_CASE("beta quantiles have the chance that they are asked at") {
  for (const double a : beta_shapes)
    for (const double b : beta_shapes)
      for (const double p : chances) {
        const double x = beta_quantile(a, b, p);
        if (x < 1e-290 || x > 1 - 1e-9) continue;
        INFO("shapes " << a << " and " << b << ", chance " << p);
        CHECK(std::abs(beta_miss(a, b, p, x)) < (std::min(a, b) < 0.01 ? 4e-12 : 1e-12));
      }
}

TEST_CASE("beta quantiles from either end mirror each other") {
  for (const double a : {0.01, 0.668, 3.0, 40.0})
    for (const double p : {0x1p-30, 0.125, 0.375})
      CHECK(std::abs(beta_log_odds_quantile(a, 2.5, p) + beta_log_odds_quantile(2.5, a, 1 - p)) <
            1e-13 * std::abs(beta_log_odds_quantile(a, 2.5, p)));
}

TEST_CASE("normal quantiles are those of another library") {
  const boost::math::normal normal;
  for (const double p : chances)
    if (p > 1e-290 && p != 0.5)
      CHECK(std::abs(normal_quantile(p) / boost::math::quantile(normal, p) - 1) < (p > 0.5 ? 1e-7 : 1e-12));
  CHECK(normal_quantile(0.5) == 0);
}

TEST_CASE("quantiles rise with the chance and with what raises the law") {
  constexpr double slack = 1e-12;
  for (const double shape : gamma_shapes) {
    double before = -std::numeric_limits<double>::infinity();
    for (int k = 1; k < 400; ++k) {
      const double now = log_gamma_quantile(shape, k / 400.0);
      CHECK(now > before);
      before = now;
      const double above = log_gamma_quantile(shape * 1.0001, k / 400.0);
      CHECK(above > now - slack * std::max(1.0, std::abs(now)));
    }
  }
  for (const double a : {0.05, 0.668, 1.0, 5.0, 50.0})
    for (const double b : {0.3, 1.182, 9.99, 10.0, 400.0}) {
      double before = -std::numeric_limits<double>::infinity();
      for (int k = 1; k < 200; ++k) {
        const double now = beta_log_odds_quantile(a, b, k / 200.0);
        CHECK(now > before);
        before = now;
        CHECK(beta_log_odds_quantile(a * 1.0001, b, k / 200.0) > now - slack * std::max(1.0, std::abs(now)));
        CHECK(beta_log_odds_quantile(a, b * 1.0001, k / 200.0) < now + slack * std::max(1.0, std::abs(now)));
      }
    }
}

TEST_CASE("a quantile is asked within its law") {
  CHECK_THROWS(gamma_quantile(1, 0));
  CHECK_THROWS(gamma_quantile(1, 1));
  CHECK_THROWS(gamma_quantile(0, 0.5));
  CHECK_THROWS(beta_quantile(1, 0, 0.5));
}

TEST_CASE("the chance to be a customer still is that of the quadrature") {
  for (const double r : {0.055, 0.553, 2.0})
    for (const double alpha : {0.1, 10.578})
      for (const double s : {0.06, 0.606, 2.0})
        for (const double beta : {0.2, 11.669, 100.0})
          for (const double x : {0.0, 1.0, 26.0})
            for (const double seen : {39.0})
              for (const double part : {0.0, 0.6, 0.999}) {
                if ((x == 0) != (part == 0)) continue;
                INFO(r << " " << alpha << " " << s << " " << beta << " x " << x << " of " << seen << " part " << part);
                const double expected = ParetoNbd{r, alpha, s, beta}.alive(x, part * seen, seen);
                CHECK(std::abs(chance_alive(x, part * seen, seen, r, alpha, s, beta) - expected) < 1e-12);
              }
}

TEST_CASE("the chance to be a customer still is that of the hypergeometric functions") {
  for (const double alpha : {4.0, 11.0, 20.0})
    for (const double beta : {7.0, 11.669})
      for (const double x : {0.0, 1.0, 5.0, 30.0}) {
        const ParetoNbd model{0.553, alpha, 0.606, beta};
        const double last = x > 0 ? 23 : 0;
        CHECK(std::abs(chance_alive(x, last, 39, 0.553, alpha, 0.606, beta) -
                       alive_by_hypergeometric(x, last, 39, model)) < 1e-10);
      }
}

TEST_CASE("laws without spread are the limits of those with little") {
  const KnownOrders known{4, 10, 24};
  const GammaOfRates rates{0.4, 0.7}, alike{0.4, 0}, leaving{0.03, 1.3}, alike_leaving{0.03, 0};
  for (const GammaOfRates& orders : {rates, alike})
    for (const GammaOfRates& hazard : {leaving, alike_leaving})
      CHECK(std::abs(chance_alive(known, orders, hazard) - alive_by_steps(known, orders, hazard)) < 1e-8);
  constexpr double nearly = 1e7;
  CHECK(std::abs(chance_alive(known, {0.4, nearly}, leaving) - chance_alive(known, alike, leaving)) < 1e-5);
  CHECK(std::abs(chance_alive(known, rates, {0.03, nearly}) - chance_alive(known, rates, alike_leaving)) < 1e-6);
  CHECK(std::abs(chance_alive(known, {0.4, nearly}, {0.03, nearly}) - chance_alive(known, alike, alike_leaving)) <
        1e-5);
}

TEST_CASE("the chance to be a customer still at the ends of what may be asked") {
  CHECK(chance_alive(12, 30, 30, 0.5, 10, 0.6, 12) == 1);
  CHECK(chance_alive({3, 2, 30}, {0.4, 0.7}, {0, 0}) == 1);
  CHECK(chance_alive(1e5, 1, 400, 0.5, 1e-4, 0.6, 12) == 0);
  // With equal alpha and beta the odds are s / (r + s + x) ((alpha + T)^(r + s + x) / (alpha + t_x)^(r + s + x) - 1).
  for (const double x : {1.0, 50.0, 1e5}) {
    const double all = 0.5 + 0.6 + x, seen = 40, last = seen - 20 / (x + 1);
    const double odds = 0.6 / all * std::expm1(all * std::log((8 + seen) / (8 + last)));
    CHECK(std::abs(chance_alive(x, last, seen, 0.5, 8, 0.6, 8) * (1 + odds) - 1) < 1e-9);
  }
  double before = 1;
  for (int quiet = 0; quiet < 39; ++quiet) {
    const double now = chance_alive(3, 39 - quiet, 39, 0.553, 10.578, 0.606, 11.669);
    CHECK(now <= before);
    before = now;
  }
}

TEST_CASE("quantiles and chances have the same bits on every processor") {
  std::uint64_t sum = 0;
  const auto add = [&sum](double value) {
    sum = std::rotl(sum, 7) * 0x9e3779b97f4a7c15 + std::bit_cast<std::uint64_t>(value);
  };
  for (const double p : chances) {
    for (const double shape : gamma_shapes) add(log_gamma_quantile(shape, p));
    for (const double a : beta_shapes)
      for (const double b : {0.5, 3.806, 40.0}) add(beta_log_odds_quantile(a, b, p));
    add(chance_alive(40 * p, 30 * p, 39, 0.553, 10.578, 0.606, 11.669));
    add(chance_alive({40 * p, 30 * p, 39}, {0.3, 0}, {0.02, 1.5}));
  }
  CHECK(sum == 0x0af5518af4ef6b38U);
}

}  // namespace clientele::models
