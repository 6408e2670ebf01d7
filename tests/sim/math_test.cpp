// Our functions stay within the errors that they state, against long double; vectorized or not, they give the same
// bits.
#include "sim/core/math.hpp"

#include <functional>
#include <limits>
#include <vector>

#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "tests/support/catch.hpp"

namespace clientele::tests {

using sim::chance_bits;
using sim::chance_threshold;
using sim::happens;
using sim::logistic;
using sim::normal_quantile;
using sim::one_minus_exp;
using sim::sine_cosine;
using sim::to_quanta;
using sim::uniform;

namespace {

/// n floats from low to high, evenly spread in value or, between positive ends, in their bits.
std::vector<float> spread(float low, float high, std::size_t n) {
  std::vector<float> values(n);
  const auto first = std::bit_cast<std::uint32_t>(low), last = std::bit_cast<std::uint32_t>(high);
  for (std::size_t i = 0; i < n; ++i) {
    const double at = static_cast<double>(i) / static_cast<double>(n - 1);
    values[i] = low > 0 ? std::bit_cast<float>(first + static_cast<std::uint32_t>(at * (last - first)))
                        : static_cast<float>(low + at * (double{high} - low));
  }
  return values;
}

using Exact = std::function<long double(long double)>;

template <class F>
double worst(const std::vector<float>& values, F ours, const Exact& exact, bool relative) {
  double most = 0;
  for (const float x : values) {
    const long double right = exact(x), error = std::abs(ours(x) - right);
    most = std::max(most, static_cast<double>(relative ? error / std::abs(right) : error));
  }
  return most;
}

constexpr double unit = 0x1p-23;  ///< of the last place at 1, relatively
constexpr std::size_t dense = 200000;

}  // namespace

TEST_CASE("exponentials and logarithms keep their stated errors") {
  CHECK(worst(
            spread(-87, 88.7F, dense), [](float x) { return sim::exp(x); }, expl, true) < 2 * unit);
  CHECK(worst(
            spread(-126, 127.9F, dense), [](float x) { return sim::exp2(x); }, exp2l, true) < 2 * unit);
  CHECK(worst(
            spread(1e-37F, 0.9F, dense), [](float x) { return sim::log(x); }, logl, true) < 2 * unit);
  CHECK(worst(
            spread(1.1F, 1e38F, dense), [](float x) { return sim::log(x); }, logl, true) < 2 * unit);
  CHECK(worst(
            spread(1e-6F, 1e6F, dense), [](float x) { return sim::log1p(x); }, log1pl, true) < 3 * unit);
  CHECK(worst(
            spread(1e-30F, 80, dense), one_minus_exp, [](long double x) { return -expm1l(-x); }, true) < 3 * unit);
  CHECK(worst(
            spread(-80, 80, dense), logistic, [](long double x) { return 1 / (1 + expl(-x)); }, true) < 4e-7);
}

TEST_CASE("powers keep their stated error") {
  for (const float y : {-20.F, -2.62F, -0.15F, 0.F, 0.3F, 0.725F, 1.F, 3.F}) {
    double most = 0;
    for (const float x : spread(0.03F, 40.F, dense / 10)) {
      const long double right = powl(x, y), stated = 2e-7L * (1 + std::abs(y * logl(x)));
      if (right < 1.2e-38L || right > 3.3e38L) continue;
      most = std::max(most, static_cast<double>(std::abs(sim::pow(x, y) - right) / right / stated));
    }
    CAPTURE(y);
    CHECK(most < 1);
  }
  REQUIRE(sim::pow(1.F, -2.62F) == 1.F);
  REQUIRE(sim::pow(-1.F, 2.F) == 0.F);
}

TEST_CASE("grouped hazards and their inverses keep their stated errors") {
  CHECK(worst(
            spread(-30, 4.4F, dense), [](float x) { return sim::grouped_hazard(x); },
            [](long double x) { return -expm1l(-expl(x)); }, true) < 3e-7);
  for (const float hazard : spread(0x1p-126F, 0x1.fffffep-1F, dense)) {
    const long double right = logl(-log1pl(-static_cast<long double>(hazard)));
    const long double error = std::abs(sim::inverse_grouped_hazard(hazard) - right);
    if (error > std::max(5e-7L, 2e-7L * std::abs(right))) {
      CAPTURE(hazard, static_cast<double>(error), static_cast<double>(right));
      FAIL("more than stated");
    }
  }
  for (const float hazard : {0.001F, 0.016F, 0.3F, 0.9F})
    CHECK(sim::grouped_hazard(sim::inverse_grouped_hazard(hazard)) == Approx(hazard).epsilon(2e-6));
}

TEST_CASE("exponentials saturate") {
  REQUIRE(sim::exp(-1e30F) == 0);
  REQUIRE(sim::exp(1e30F) > 3.3e38F);
  REQUIRE(std::isfinite(sim::exp(std::numeric_limits<float>::infinity())));
  REQUIRE(sim::exp(0.F) == 1);
  REQUIRE(sim::grouped_hazard(-200.F) == 0);
  REQUIRE(sim::pow(0.F, 2.F) == 0);
}

TEST_CASE("turns, quantiles and log Gamma keep their stated errors") {
  const long double turn = 2 * acosl(-1.0L);
  CHECK(worst(
            spread(-3, 3, dense), [](float x) { return sine_cosine(x).sine; },
            [=](long double x) { return sinl(turn * x); }, false) < 1e-7);
  CHECK(worst(
            spread(-3, 3, dense), [](float x) { return sine_cosine(x).cosine; },
            [=](long double x) { return cosl(turn * x); }, false) < 1e-7);
  const Exact quantile = [](long double u) {
    return -std::sqrt(2.0) * boost::math::erfc_inv(2 * static_cast<double>(u));
  };
  CHECK(worst(spread(0x1p-33F, 0.499F, dense / 4), normal_quantile, quantile, true) < 1e-6);
  CHECK(worst(spread(0.501F, 0x1.fffffep-1F, dense / 4), normal_quantile, quantile, true) < 1e-6);
  const Exact log_gamma_of = [](long double x) { return boost::math::lgamma(static_cast<double>(x)); };
  for (const float x : spread(1e-37F, 1e20F, dense)) {
    const long double right = log_gamma_of(x), size = std::abs(right);
    CAPTURE(x);
    if (std::abs(sim::log_gamma(x) - right) > (size > 10 ? 3e-7L * size : 4e-6L)) FAIL("more than stated");
  }
}

TEST_CASE("arithmetic in double keeps its stated errors") {
  double exponential = 0, logarithm = 0, gamma = 0;
  for (int i = 1; i < 100000; ++i) {
    const double x = -700 + i * 0.0139, y = std::exp2(i * 0.002 - 99.999);
    exponential = std::max(exponential, static_cast<double>(std::abs(sim::exp(x) / expl(x) - 1)));
    logarithm = std::max(logarithm, static_cast<double>(std::abs(sim::log(y) / logl(y) - 1)));
    const double z = 1e-3 * i, right = boost::math::lgamma(z);
    gamma = std::max(gamma, std::abs(sim::log_gamma(z) - right) / std::max(1.0, std::abs(right)));
  }
  CHECK(exponential < 2.3e-16 * 1.1);
  CHECK(logarithm < 2.3e-16 * 1.6);
  CHECK(gamma < 1e-14);
}

TEST_CASE("a uniform lies within (0, 1) and never falls") {
  REQUIRE(uniform(0) == 0x1p-32F);
  REQUIRE(uniform(0xffffffffU) == 0x1.fffffep-1F);
  for (std::uint32_t word = 0; word < 0xfffff000U; word += 0xfff) REQUIRE(uniform(word) <= uniform(word + 0xfff));
}

TEST_CASE("a chance of 1 always happens and a chance of 0 never") {
  for (const std::uint32_t word : {0U, 1U, 0x80000000U, 0xffffffffU}) {
    CHECK(happens(chance_bits(word), chance_threshold(1.0)));
    CHECK(happens(chance_bits(word), chance_threshold(1.F)));
    CHECK_FALSE(happens(chance_bits(word), chance_threshold(0.0)));
    CHECK_FALSE(happens(chance_bits(word), chance_threshold(0.F)));
    CHECK_FALSE(happens(chance_bits(word), chance_threshold(std::nanf(""))));
  }
  for (const float chance : spread(1e-9F, 1, 10000))
    REQUIRE(chance_threshold(chance) == chance_threshold(double{chance}));
}

TEST_CASE("amounts become whole quanta, and what does not fit stands at a limit") {
  CHECK(to_quanta(2.5F, 1) == 2);
  CHECK(to_quanta(3.5F, 1) == 4);
  CHECK(to_quanta(-1.26F, 10) == -13);
  CHECK(to_quanta(1e20F, 1) == 2147483520);
  CHECK(to_quanta(-1e20F, 1) == -2147483520);
  CHECK(to_quanta(std::nanf(""), 1) == 2147483520);
}

namespace {

/// Whether a loop over the values gives the bits of one call at a time.
template <class F>
void require_same_bits(const char* name, const std::vector<float>& values, F function) {
  std::vector<float> loop(values.size());
#pragma omp simd
  for (std::size_t i = 0; i < loop.size(); ++i) loop[i] = function(values[i]);
  for (std::size_t i = 0; i < loop.size(); ++i) {
    volatile float x = values[i];
    const float one = function(x);
    CAPTURE(name, values[i]);
    REQUIRE(std::bit_cast<std::uint32_t>(loop[i]) == std::bit_cast<std::uint32_t>(one));
  }
}

}  // namespace

TEST_CASE("a vectorized loop gives the bits of one call at a time") {
  const auto wide = spread(-60, 60, 4099), positive = spread(1e-30F, 1e30F, 4099),
             shares = spread(1e-9F, 0.9999F, 4099);
  require_same_bits("exp", wide, [](float x) { return sim::exp(x); });
  require_same_bits("exp2", wide, [](float x) { return sim::exp2(x); });
  require_same_bits("logistic", wide, [](float x) { return logistic(x); });
  require_same_bits("sine", wide, [](float x) { return sine_cosine(x).sine + sine_cosine(x).cosine; });
  require_same_bits("log", positive, [](float x) { return sim::log(x); });
  require_same_bits("log1p", positive, [](float x) { return sim::log1p(x); });
  require_same_bits("log_gamma", positive, [](float x) { return sim::log_gamma(x); });
  require_same_bits("pow", positive, [](float x) { return sim::pow(x, -2.62F); });
  require_same_bits("one_minus_exp", positive, one_minus_exp);
  require_same_bits("normal_quantile", shares, normal_quantile);
  require_same_bits("grouped hazard", wide, [](float x) { return sim::grouped_hazard(x); });
  require_same_bits("inverse grouped hazard", shares, [](float x) { return sim::inverse_grouped_hazard(x); });
  require_same_bits("normal pair", shares, [](float x) {
    const auto pair = sim::normal_pair(std::bit_cast<std::uint32_t>(x) << 3, std::bit_cast<std::uint32_t>(x) * 977U);
    return pair.first + pair.second;
  });
}

}  // namespace clientele::tests
