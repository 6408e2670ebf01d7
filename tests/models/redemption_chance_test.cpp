// Chances to redeem have the law that they are said to have, at any correlation with how often members buy.
#include "models/loyalty/redemption_chance.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>

#include "sim/random/distributions.hpp"
#include "tests/support/catch.hpp"

namespace clientele::models {

namespace {

using Catch::Matchers::WithinAbs;

const boost::math::normal normal;

/// The z-th normal score's value of a law, in double and from its own tail.
template <class Law>
double value_at_score(const Law& law, double z) {
  return z < 0 ? boost::math::quantile(law, boost::math::cdf(normal, z))
               : boost::math::quantile(boost::math::complement(law, boost::math::cdf(normal, -z)));
}

sim::Law gamma_law(float mean, float shape) { return {sim::Family::gamma, {mean, shape}}; }
boost::math::gamma_distribution<> gamma_of(double mean, double shape) { return {shape, mean / shape}; }
boost::math::beta_distribution<> beta_of(double mean, double a) { return {a, a * (1 - mean) / mean}; }

struct Members {
  double mean = 0.35, a = 1, never = 0.2, correlation = 0.5;
};

/// One of `n` words of equal weight.
std::uint32_t word(std::size_t i, std::size_t n) {
  return static_cast<std::uint32_t>((static_cast<double>(i) + 0.5) / static_cast<double>(n) * 0x1p32);
}

/// Mean over members of f(rate, chance), by the product's own rules: equal parts of the law of rates and of luck.
template <class Function>
double over_members(const Members& of, double mean_rate, double shape, Function f) {
  constexpr std::size_t rates = 1'000, lucks = 200;
  const RedemptionChance chances(of.mean, of.a, of.never, of.correlation);
  const RateScore scores(gamma_law(static_cast<float>(mean_rate), static_cast<float>(shape)));
  const auto law = gamma_of(mean_rate, shape);
  std::vector<float> luck(lucks);
  for (std::size_t j = 0; j < lucks; ++j) luck[j] = sim::normal_of(word(j, lucks));
  double sum = 0;
  for (std::size_t i = 0; i < rates; ++i) {
    const double rate = boost::math::quantile(law, (static_cast<double>(i) + 0.5) / static_cast<double>(rates));
    for (const float z : luck)
      sum += f(rate, static_cast<double>(redemption_chance(chances, scores, static_cast<float>(rate), z)));
  }
  return sum / static_cast<double>(rates * lucks);
}

/// The same by an integral over both scores, in double and from the definition.
template <class Function>
double by_integral(const Members& of, double mean_rate, double shape, Function f) {
  constexpr double end = 6.5, step = 0.1;
  const auto rates = gamma_of(mean_rate, shape);
  const auto chances = beta_of(of.mean, of.a);
  const double luck = std::sqrt(1 - of.correlation * of.correlation);
  double sum = 0, weights = 0;
  for (double t = -end; t <= end; t += step) {
    const double rate = value_at_score(rates, t);
    for (double z = -end; z <= end; z += step) {
      const double weight = std::exp(-0.5 * (t * t + z * z));
      const double u = boost::math::cdf(normal, of.correlation * t + luck * z);
      const double v = (u - of.never) / (1 - of.never);
      const double chance = v > 0 ? boost::math::quantile(chances, std::fmin(v, 1 - 1e-12)) : 0;
      weights += weight;
      sum += weight * f(rate, chance);
    }
  }
  return sum / weights;
}

/// Of points that a member with this rate and chance gets, the share that is still open after 24 months.
double broken_after_two_years(double rate, double chance) { return std::pow(1 + std::expm1(-rate) * chance, 24); }

}  // namespace

TEST_CASE("the score of a gamma rate is that of the incomplete gamma function, at any shape") {
  for (const double shape : {0.01, 0.1, 0.2, 0.5, 1.0, 2.0, 10.0, 20.0, 1e4}) {
    const RateScore scores(gamma_law(2.5F, static_cast<float>(shape)));
    REQUIRE(scores.differs());
    const auto law = gamma_of(2.5, static_cast<double>(static_cast<float>(shape)));
    double worst = 0, wilson_hilferty = 0;
    for (double z = -6; z < 6; z += 0.0137) {
      const double rate = value_at_score(law, z), over_mean = rate / 2.5;
      if (over_mean < 1e-37) continue;  // ties with 0
      worst = std::fmax(worst, std::fabs(static_cast<double>(scores.of(static_cast<float>(rate))) - z));
      const double cube = 3 * std::sqrt(shape) * (std::cbrt(over_mean) - 1 + 1 / (9 * shape));
      if (std::fabs(z) < 2) wilson_hilferty = std::fmax(wilson_hilferty, std::fabs(cube - z));
    }
    INFO("shape " << shape);
    CHECK(worst < 3e-5);
    if (shape >= 10) CHECK(wilson_hilferty < 0.005);
    if (shape <= 0.5) CHECK(wilson_hilferty > 0.5);  // why there is a curve
  }
}

TEST_CASE("rates too small for a float stand in the middle of their tie") {
  const double shape = static_cast<double>(0.01F);
  const RateScore scores(gamma_law(1, 0.01F));
  const double share = boost::math::cdf(gamma_of(1, shape), std::exp(-87.0));
  CHECK_THAT(static_cast<double>(scores.of(0)), WithinAbs(boost::math::quantile(normal, share / 2), 1e-4));
  CHECK(share > 0.4);
  CHECK(scores.of(1e-37F) > scores.of(0));
}

TEST_CASE("scores of lognormal rates are exact, of a sample's its ranks, and of rates that are all alike none") {
  const RateScore lognormal(sim::Law{sim::Family::lognormal, {2, 0.7F}});
  for (const float z : {-5.F, -1.F, 0.F, 0.5F, 4.F})
    CHECK_THAT(static_cast<double>(lognormal.of(sim::Lognormal{2, 0.7F}.of(z))),
               WithinAbs(static_cast<double>(z), 3e-6));
  const auto sample = sim::sample_of("rates.csv", "rate", {1, 2, 2, 4, 7});
  const auto at = [](double share) { return boost::math::quantile(normal, share); };
  for (const float factor : {1.F, 3.F}) {  // a stated mean moves all values alike
    const RateScore ranks(sim::Law{sim::Family::empirical, {3.2F * factor}, sample});
    const auto of = [&](float rate) { return static_cast<double>(ranks.of(rate * factor)); };
    CHECK_THAT(of(1), WithinAbs(at(0.1), 1e-6));
    CHECK_THAT(of(2), WithinAbs(at(0.4), 1e-6));
    CHECK_THAT(of(4), WithinAbs(at(0.7), 1e-6));
    CHECK_THAT(of(7), WithinAbs(at(0.9), 1e-6));
    CHECK_THAT(of(2.9F), WithinAbs(at(0.4), 1e-6));
    CHECK_THAT(of(0), WithinAbs(at(0.1), 1e-6));
    CHECK_THAT(of(99), WithinAbs(at(0.9), 1e-6));
  }
  CHECK_FALSE(RateScore(sim::Law{sim::Family::constant, {2}}).differs());
  CHECK_FALSE(RateScore(sim::Law{sim::Family::lognormal, {2, 0}}).differs());
  CHECK_FALSE(RateScore(gamma_law(0, 2)).differs());
  CHECK_FALSE(RateScore(sim::Law{sim::Family::empirical, {2}, sim::sample_of("rates.csv", "rate", {2, 2})}).differs());
  CHECK(RateScore(sim::Law{sim::Family::constant, {2}}).of(2) == 0);
}

TEST_CASE("rates that a file tells stand by their logs on the scale of their group") {
  const RateScore scores({0.5, 4}, 10, 1e-3F);
  CHECK_THAT(static_cast<double>(scores.of(10)), WithinAbs(-0.25, 1e-6));
  CHECK_THAT(static_cast<double>(scores.of(10 * std::exp(2.5F))), WithinAbs(1, 1e-6));
  CHECK(scores.of(0) == scores.of(0.005F));
  CHECK_FALSE(RateScore(LogMoments{0.5, 0}, 10, 1e-3F).differs());
}

// Gamma rates of shape .5, as a file of 4,000 customers may tell them: ranks meet the law and what is redeemed by
// points; logs meet the law nearly, and understate the best customers.
TEST_CASE("rates that a file tells stand by their rank in their group, which logs do not replace") {
  constexpr std::size_t rows = 4'000;
  std::vector<float> told;
  std::vector<std::uint32_t> groups;
  const auto law = gamma_of(1, 0.5);
  double sum = 0, squares = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    told.push_back(static_cast<float>(boost::math::quantile(law, (static_cast<double>(row) + 0.5) / rows)));
    groups.push_back(3);
    const double log = std::log(std::fmax(static_cast<double>(told.back()), 1e-3));
    sum += log / rows, squares += log * log / rows;
    if (row % 10 != 0) continue;
    told.push_back(1e6F);  // others' rates have no part
    groups.push_back(1);
  }
  const RateScore ranks(rates_of_group(told, groups, 3)), logs(LogMoments{sum, squares - sum * sum}, 1, 1e-3F);
  const RateScore of_law(gamma_law(1, 0.5F));
  const RedemptionChance chances(0.35, 1, 0.2, 0.5);
  const auto by_points = [&](const RateScore& scores) {
    double all = 0;
    for (std::size_t row = 0; row < told.size(); ++row)
      for (std::size_t j = 0; groups[row] == 3 && j < 50; ++j)
        all +=
            static_cast<double>(told[row] * redemption_chance(chances, scores, told[row], sim::normal_of(word(j, 50))));
    return all / rows / 50;
  };
  const double exact = by_points(of_law);
  CHECK_THAT(by_points(ranks), WithinAbs(exact, 1e-4));
  CHECK(by_points(logs) == Approx(0.93 * exact).epsilon(0.01));
  CHECK(rates_of_group(told, groups, 2) == nullptr);
  CHECK_FALSE(RateScore(rates_of_group(told, groups, 2)).differs());
  CHECK_FALSE(RateScore(rates_of_group(told, groups, 1)).differs());
}

TEST_CASE("the quantile of a beta law, with and without never-redeemers, within 2e-5") {
  for (const double mean : {1e-6, 1e-3, 0.05, 0.35, 0.5, 0.9, 0.999, 1 - 1e-6})
    for (const double a : {0.01, 0.05, 0.3, 1.0, 2.0, 10.0, 1e3, 1e4})
      for (const double never : {0.0, 0.3}) {
        const RedemptionChance chances(mean, a, never, 0);
        const auto law = beta_of(mean, a);
        double worst = 0;
        float before = 0;
        for (float score = -6.4F; score < 6.4F; score += 0.0831F) {
          const double z = static_cast<double>(score), above = boost::math::cdf(normal, -z) / (1 - never);
          const double below = never == 0 ? boost::math::cdf(normal, z) : 1 - above;
          const float got = chances.at(score);
          REQUIRE(got + 1e-11F >= before * (1 - 1e-6F));
          before = got;
          REQUIRE((got == 0) == (below <= 0));
          if (below <= 0) continue;
          const double expected = below < 0.5 ? boost::math::quantile(law, below)
                                              : boost::math::quantile(boost::math::complement(law, above));
          worst = std::fmax(worst, std::fabs(static_cast<double>(got) - expected));
        }
        INFO("mean " << mean << ", a " << a << ", never " << never);
        CHECK(worst < 2e-5);
      }
}

TEST_CASE("at the ends of all parameters: nobody redeems, everybody does, or those alone who ever do") {
  for (const float score : {-6.F, -0.1F, 0.1F, 6.F}) {
    CHECK(RedemptionChance(0, 1, 0, 0.5).at(score) == 0);
    CHECK(RedemptionChance(0.4, 1, 1, 0.5).at(score) == 0);
    CHECK(RedemptionChance(1, 1, 0, 0.5).at(score) == 1);
    CHECK(RedemptionChance(1, 1, 0.5, 0.5).at(score) == (score > 0 ? 1.F : 0.F));
    CHECK(RedemptionChance(0.4, 2, 0.1, 1).of(score, 3) == RedemptionChance(0.4, 2, 0.1, 1).at(score));
  }
}

TEST_CASE("chances have their law at any correlation: mean, variance, and share who never redeem") {
  for (const Members& of : {Members{0.35, 1, 0.2, 0.5}, Members{0.35, 1, 0.2, -0.9}, Members{0.6, 4, 0, 0.8},
                            Members{0.1, 0.3, 0.5, 1}, Members{0.35, 1, 0.2, 0}}) {
    for (const double shape : {0.3, 2.0}) {
      double squares = 0, zeros = 0, members = 0;
      const double first = over_members(of, 1.5, shape, [&](double, double q) {
        squares += q * q, zeros += q == 0 ? 1 : 0, members += 1;
        return q;
      });
      const double own = of.mean * (1 - of.mean) / (of.a / of.mean + 1) + of.mean * of.mean;
      INFO("mean " << of.mean << ", a " << of.a << ", never " << of.never << ", correlation " << of.correlation);
      CHECK_THAT(first, WithinAbs((1 - of.never) * of.mean, 5e-4));
      CHECK_THAT(squares / members, WithinAbs((1 - of.never) * own, 5e-4));
      CHECK_THAT(zeros / members, WithinAbs(of.never, 1e-3));
    }
  }
}

TEST_CASE("what is redeemed and what breaks, where who buys often redeems often: as a double integral says") {
  for (const Members& of : {Members{0.35, 1, 0.2, 0.5}, Members{0.5, 0.4, 0.3, 0.9}, Members{0.3, 3, 0, -0.5}})
    for (const double shape : {0.5, 2.0}) {
      const double mean_rate = 0.4;
      const auto redeemed = [](double rate, double q) { return rate * q; };
      const auto broken = [](double rate, double q) { return rate * broken_after_two_years(rate, q); };
      INFO("mean " << of.mean << ", never " << of.never << ", correlation " << of.correlation << ", " << shape);
      CHECK_THAT(over_members(of, mean_rate, shape, redeemed) / mean_rate,
                 WithinAbs(by_integral(of, mean_rate, shape, redeemed) / mean_rate, 2e-3));
      CHECK_THAT(over_members(of, mean_rate, shape, broken) / mean_rate,
                 WithinAbs(by_integral(of, mean_rate, shape, broken) / mean_rate, 2e-3));
    }
}

TEST_CASE("without correlation a chance does not know the rate, and where rates are alike it has its law as well") {
  const RedemptionChance apart(0.35, 1, 0.2, 0), together(0.35, 1, 0.2, 0.7);
  const RateScore alike(sim::Law{sim::Family::constant, {2}}), differ(gamma_law(2, 2));
  for (float z = -4; z < 4; z += 0.25F) {
    CHECK(apart.of(-2, z) == apart.of(3, z));
    CHECK(redemption_chance(together, alike, 2, z) == together.at(z));
    CHECK(redemption_chance(together, differ, 9, z) == together.of(differ.of(9), z));
    CHECK(together.of(1, z) >= together.of(-1, z));
  }
}

// Points go with orders, so those who buy most get most of them. A fifth never redeems, the others in 35 of 100 months
// in which they buy.
TEST_CASE("to take never-redeemers as independent of buying overstates breakage") {
  const auto breakage = [](double correlation) {
    const Members of{0.35, 1, 0.2, correlation};
    return over_members(of, 0.4, 0.8, [](double rate, double q) { return rate * broken_after_two_years(rate, q); }) /
           0.4;
  };
  const double apart = breakage(0), together = breakage(0.5);
  CHECK_THAT(apart, WithinAbs(0.340, 1e-3));
  CHECK_THAT(together, WithinAbs(0.197, 1e-3));
}

TEST_CASE("chances have the same bits on every processor") {
  std::uint32_t hash = 2166136261U;
  for (const double never : {0.0, 0.2})
    for (const double a : {0.05, 1.0, 7.0})
      for (const float shape : {0.05F, 1.F, 9.F}) {
        const RedemptionChance chances(0.4, a, never, 0.5);
        const RateScore scores(gamma_law(2, shape));
        for (std::uint32_t i = 0; i < 2'000; ++i) {
          const float rate = 0.003F * static_cast<float>(i), z = sim::normal_of(i * 2654435769U);
          hash = (hash ^ std::bit_cast<std::uint32_t>(redemption_chance(chances, scores, rate, z))) * 16777619U;
        }
      }
  CHECK(hash == 0xbbc0a82aU);
}

}  // namespace clientele::models
