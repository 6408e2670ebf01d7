// Points by age: closed forms against month after month, and against the chances that members are given.
#include "models/theory/breakage.hpp"

#include <cmath>
#include <vector>

#include <boost/math/distributions/beta.hpp>

#include "models/loyalty/redemption_chance.hpp"
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
