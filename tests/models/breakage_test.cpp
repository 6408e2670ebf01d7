// Points by age: closed forms against month after month, and against the chances that members are given.
#include "models/theory/breakage.hpp"

#include <cmath>
#include <vector>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>

#include "models/loyalty/redemption_chance.hpp"
#include "models/theory/breakage_of_base.hpp"
#include "sim/random/distributions.hpp"
#include "tests/support/catch.hpp"

namespace clientele::models {

namespace {

using Catch::Matchers::WithinAbs;

/// One point's months, for members whose chances are equally many quantiles of their law.
struct ByMonth {
  std::vector<double> open, redeemed, forfeited;  ///< by age
  double expired = 0;
};

ByMonth month_after_month(const PointsOfMembers& of, int kinds) {
  const double a = of.redeems.a, mean = of.redeems.mean;
  ByMonth all;
  const auto months = static_cast<std::size_t>(of.validity) + 1;
  for (auto* ages : {&all.open, &all.redeemed, &all.forfeited}) ages->assign(months, 0);
  for (int kind = -1; kind < kinds; ++kind) {  // -1: who never redeem
    const double weight = kind < 0 ? of.redeems.never : (1 - of.redeems.never) / kinds;
    double chance = mean;
    if (kind < 0)
      chance = 0;
    else if (!std::isinf(a))
      chance = boost::math::quantile(boost::math::beta_distribution<>(a, a * (1 - mean) / mean), (kind + 0.5) / kinds);
    double open = weight;
    all.open[0] += open;
    for (std::size_t age = 1; age < months; ++age) {
      const double redeemed = open * of.buys * chance, forfeited = (open - redeemed) * of.leaves;
      open -= redeemed + forfeited;
      all.redeemed[age] += redeemed;
      all.forfeited[age] += forfeited;
      (age + 1 < months ? all.open[age] : all.expired) += open;
    }
  }
  return all;
}

void check_by_month(const PointsOfMembers& of, int kinds, double tolerance) {
  const ByMonth by = month_after_month(of, kinds);
  double redeemed = 0, outstanding = 0, forfeited = 0;
  for (int age = 0; age <= of.validity; ++age) {
    const auto at = static_cast<std::size_t>(age);
    CHECK_THAT(of.open(age), WithinAbs(by.open[at], tolerance));
    CHECK_THAT(of.redeemed_at(age), WithinAbs(by.redeemed[at], tolerance));
    CHECK_THAT(of.forfeited_at(age), WithinAbs(by.forfeited[at], tolerance));
    redeemed += by.redeemed[at], outstanding += by.open[at], forfeited += of.forfeited_at(age);
  }
  CHECK_THAT(of.redeemed(), WithinAbs(redeemed, tolerance));
  CHECK_THAT(of.outstanding(), WithinAbs(outstanding, of.validity * tolerance));
  CHECK_THAT(of.expired(), WithinAbs(by.expired, tolerance));
  CHECK_THAT(of.breakage(), WithinAbs(of.expired() + forfeited, 1e-12));  // what is issued comes to one of three ends
  CHECK_THAT(of.breaks_from(0), WithinAbs(of.breakage(), 1e-12));
}

}  // namespace

TEST_CASE("points of members who are alike, month after month: at each age, and as geometric sums") {
  for (const double leaves : {0.0, 0.03})
    for (const double buys : {1.0, 0.4, 0.0}) {
      const PointsOfMembers of{buys, {0.2}, leaves, 24};
      check_by_month(of, 1, 1e-13);
      const GeometricPoints same{buys * 0.2, leaves, 24};
      CHECK_THAT(same.redeemed(), WithinAbs(of.redeemed(), 1e-13));
      CHECK_THAT(same.outstanding(), WithinAbs(of.outstanding(), 1e-12));
    }
  CHECK_THAT((GeometricPoints{0.08, 0, 24}.breakage()), WithinAbs(0.1351785726111903, 1e-12));
  CHECK_THAT((GeometricPoints{0.08, 0.03, 24}.breakage()), WithinAbs(0.3048901805862242, 1e-12));
  CHECK_THAT((GeometricPoints{0.08, 0, 24}.outstanding()), WithinAbs(10.810267842360121, 1e-11));
  CHECK_THAT((GeometricPoints{0.08, 0.03, INFINITY}.breakage()), WithinAbs(1 - 0.08 / (1 - 0.92 * 0.97), 1e-12));
  CHECK((GeometricPoints{0, 0, 24}.outstanding()) == 24);
}

TEST_CASE("points of members whose chances differ, with some who never redeem, month after month") {
  for (const ChancesToRedeem& chances : {ChancesToRedeem{0.35, 1, 0.2}, ChancesToRedeem{0.2, 3, 0},
                                         ChancesToRedeem{0.5, 0.4, 0.3}, ChancesToRedeem{0.35, 1, 1}})
    for (const double leaves : {0.0, 0.02})
      for (const double buys : {1.0, 0.3}) check_by_month({buys, chances, leaves, 12}, 4'000, 2e-4);
}

// The older a point, the more it is one of those who rarely redeem: what one chance for all would not say.
TEST_CASE("a point breaks the more likely the longer it has been open, where members differ, and the less where not") {
  const PointsOfMembers differ{0.3, {0.35, 1, 0.2}, 0, 24}, alike{0.3, {0.28}, 0, 24};
  CHECK(differ.breakage() > 2 * alike.breakage());
  CHECK(differ.breaks_from(12) > 1.5 * differ.breakage());
  CHECK_THAT(differ.breaks_from(23), WithinAbs(differ.expired() / differ.open(23), 1e-12));
  CHECK_THAT(alike.breaks_from(23), WithinAbs(1 - 0.3 * 0.28, 1e-12));
  CHECK(differ.breaks_from(12) - differ.breaks_from(0) > alike.breaks_from(12) - alike.breaks_from(0));
}

TEST_CASE("what is owed is what open points of each age will come to") {
  for (const double leaves : {0.0, 0.03}) {
    const PointsOfMembers of{1, {0.15}, leaves, 12};
    double owed = 0;
    for (int age = 0; age < 12; ++age) owed += of.open(age) * (1 - of.breaks_from(age));
    CHECK_THAT((GeometricPoints{0.15, leaves, 12}.owed()), WithinAbs(owed, 1e-12));
  }
  CHECK_THAT((GeometricPoints{0.1, 0.02, INFINITY}.owed()), WithinAbs(0.1 / 0.118 / 0.118, 1e-12));
  CHECK((GeometricPoints{0, 0.02, 24}.owed()) == 0);
}

TEST_CASE("points of a base: by rates alone where chances go their own way, and by rates wholly where they go along") {
  const ChancesToRedeem chances{0.35, 1, 0.2};
  const double shape = 0.8, mean = 0.4;
  const boost::math::gamma_distribution<> rates(shape, mean / shape);
  const auto by_rate = [&](auto share) {  // midpoints, weighted by points
    double sum = 0, points = 0;
    constexpr int parts = 2'000;
    for (int i = 0; i < parts; ++i) {
      const double x = (i + 0.5) / parts * 12, weight = boost::math::pdf(rates, x) * x;
      sum += weight * share(x), points += weight;
    }
    return sum / points;
  };
  const double apart = by_rate([&](double rate) {
    return PointsOfMembers{-std::expm1(-rate), chances, 0.01, 24}.breakage();
  });
  CHECK_THAT((PointsOfBase{shape, mean, chances, 0, 0.01, 24}.breakage()), WithinAbs(apart, 2e-5));
  const double along = by_rate([&](double rate) {
    const double u = boost::math::cdf(rates, rate), v = (u - 0.2) / 0.8;
    const double chance = v > 0 ? boost::math::quantile(boost::math::beta_distribution<>(1, 0.65 / 0.35), v) : 0;
    return GeometricPoints{-std::expm1(-rate) * chance, 0.01, 24}.breakage();
  });
  CHECK_THAT((PointsOfBase{shape, mean, chances, 1, 0.01, 24}.breakage()), WithinAbs(along, 2e-5));
}

// By points a fifth breaks, not a third, so that 1.22 times as much will be redeemed of what is issued. What is owed at
// a close is the same: who redeems more redeems sooner, and holds less.
TEST_CASE("taking chances as independent of buying overstates breakage and what is open, and hardly what is owed") {
  const ChancesToRedeem chances{0.35, 1, 0.2};
  const PointsOfBase apart{0.8, 0.4, chances, 0}, together{0.8, 0.4, chances, 0.5};
  CHECK_THAT(apart.breakage(), WithinAbs(0.33962, 1e-5));
  CHECK_THAT(together.breakage(), WithinAbs(0.19672, 1e-5));
  CHECK_THAT(together.redeemed() / apart.redeemed(), WithinAbs(1.2164, 1e-4));
  CHECK_THAT(apart.outstanding(), WithinAbs(12.066, 1e-3));
  CHECK_THAT(together.outstanding(), WithinAbs(8.625, 1e-3));
  CHECK_THAT(together.owed() / apart.owed(), WithinAbs(0.9970, 1e-4));
}

TEST_CASE("members' chances as they are drawn break and owe what the closed form says") {
  const ChancesToRedeem chances{0.35, 1.5, 0.15};
  const PointsOfMembers of{0.4, chances, 0, 24};
  const RedemptionChance drawn(chances.mean, chances.a, chances.never, 0.5);
  constexpr std::uint32_t members = 20'000;
  double broken = 0, outstanding = 0;
  for (std::uint32_t i = 0; i < members; ++i) {
    const auto word = static_cast<std::uint32_t>((std::uint64_t{2 * i + 1} << 31U) / members);
    const GeometricPoints own{0.4 * static_cast<double>(drawn.at(sim::normal_of(word))), 0, 24};
    broken += own.breakage() / members, outstanding += own.outstanding() / members;
  }
  CHECK_THAT(broken, WithinAbs(of.breakage(), 2e-4));
  CHECK_THAT(outstanding, WithinAbs(of.outstanding(), 3e-3));
}

}  // namespace clientele::models
