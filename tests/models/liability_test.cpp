// What is owed for points: published figures, closed forms, and what every close must keep to.
#include <cmath>
#include <cstdint>
#include <vector>

#include "models/loyalty/contract_liability.hpp"
#include "tests/support/catch.hpp"

namespace clientele::models {

namespace {

/// Points that a month's customers redeem with a chance from the month after issue on, to the end of an age; exact.
PointsTriangle geometric(std::size_t periods, double chance, std::size_t validity, std::int64_t issued) {
  PointsTriangle triangle(periods);
  for (std::size_t cohort = 0; cohort < periods; ++cohort) {
    triangle.issue(cohort, issued);
    auto open = issued;
    for (std::size_t age = 1; cohort + age < periods && (validity == 0 || age <= validity); ++age) {
      const auto redeemed = static_cast<std::int64_t>(std::llround(chance * static_cast<double>(open)));
      triangle.redeem(cohort, age, redeemed);
      open -= redeemed;
      if (age == validity) triangle.lapse(cohort, age, open);
    }
  }
  return triangle;
}

/// Any triangle: pseudo-random parts of what is open.
PointsTriangle any(std::size_t periods, std::size_t validity, std::uint64_t seed) {
  const auto next = [&seed] {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(seed >> 40) / 0x1p24;
  };
  PointsTriangle triangle(periods);
  for (std::size_t cohort = 0; cohort < periods; ++cohort) {
    auto open = static_cast<std::int64_t>(next() * 100'000);
    triangle.issue(cohort, open);
    for (std::size_t age = 0; cohort + age < periods && age <= validity; ++age) {
      const auto redeemed = static_cast<std::int64_t>(0.2 * next() * static_cast<double>(open));
      const std::int64_t broken =
          age == validity ? open - redeemed : static_cast<std::int64_t>(0.02 * next() * static_cast<double>(open));
      triangle.redeem(cohort, age, redeemed);
      triangle.lapse(cohort, age, broken);
      open -= redeemed + broken;
    }
  }
  return triangle;
}

double redeemed_share(double chance, std::size_t validity) {
  return 1 - std::pow(1 - chance, static_cast<double>(validity));
}

}  // namespace

TEST_CASE("the figures of IFRS 15, example 52, and of two variants") {
  struct Case {
    std::int64_t deferred;
    double first, second;
    std::int64_t year1, year2;
  };
  // IFRS 15 IE267 to IE270; the handbook of KPMG, examples 10A and 10B (it rounds the first year before the second)
  for (const Case& of : {Case{867'580, 9'500, 9'700, 410'959, 349'292}, Case{900'000, 9'700, 9'900, 417'526, 355'201},
                         Case{900'000, 9'700, 9'200, 417'526, 413'996}}) {
    PointsTriangle triangle(2);
    triangle.issue(0, 10'000);
    triangle.redeem(0, 0, 4'500);
    triangle.redeem(0, 1, 4'000);
    ContractLiability books;
    const LiabilityPeriod one = books.close(triangle, of.deferred, {of.first});
    const LiabilityPeriod two = books.close(triangle, 0, {of.second, 0});
    CHECK(one.recognized == of.year1);
    CHECK(one.catch_up == 0);
    CHECK(two.recognized - two.catch_up == of.year2);
    CHECK((two.catch_up > 0) == (of.second > of.first));
    CHECK(two.closing == of.deferred - of.year1 - of.year2);
  }
  const Allocation price = allocated(100'000, 100'000, 9'500);
  CHECK(std::lround(price.goods) == 91'324);
  CHECK(std::lround(price.points) == 8'676);
}

TEST_CASE("a liability rolls forward to the quantum, and all of it is recognized in the end") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const std::size_t validity = 5, periods = 24;
    const PointsTriangle triangle = any(periods, validity, seed);
    ContractLiability books;
    std::int64_t deferred = 0, recognized = 0, opening = 0;
    for (std::size_t close = 0; close < periods; ++close) {
      const std::int64_t now = close + validity < periods ? 3 * triangle.issued(close) / 7 : 0;
      const UltimateRedemption ultimate = seed % 2 == 0 ? fixed_redemption(triangle, close, {.prior = 0.7})
                                                        : triangle_redemption(triangle, close, {0.6, validity});
      const LiabilityPeriod period = books.close(triangle, now, ultimate);
      REQUIRE(period.opening == opening);
      REQUIRE(period.closing == opening + now - period.recognized + period.catch_up);
      REQUIRE(period.closing >= 0);
      REQUIRE(period.recognized >= 0);
      REQUIRE(period.breakage <= period.recognized);
      opening = period.closing;
      deferred += now;
      recognized += period.recognized - period.catch_up;
      for (std::size_t cohort = 0; cohort <= close; ++cohort) {
        const auto redeemed = static_cast<double>(triangle.redeemed_until(cohort, close));
        REQUIRE(ultimate[cohort] >= redeemed);
        REQUIRE(ultimate[cohort] <= redeemed + static_cast<double>(triangle.open(cohort, close)));
      }
    }
    CHECK(deferred == recognized);
    CHECK(books.liability() == 0);
  }
}

TEST_CASE("points that are redeemed by the same chance each month: open, broken and redeemed by closed form") {
  const std::int64_t issued = 1'000'000'000;
  const PointsTriangle triangle = geometric(60, 0.08, 24, issued);
  // after a month's close the months of ages 0 to 23 are open
  CHECK(std::fabs(static_cast<double>(triangle.open(40)) / static_cast<double>(issued) - 10.810267842360121) < 1e-7);
  const double redeemed = redeemed_share(0.08, 24) * static_cast<double>(issued);
  CHECK(std::fabs(static_cast<double>(triangle.redeemed_until(3, 59)) - redeemed) < 30);
  CHECK(std::fabs(static_cast<double>(triangle.broken_until(3, 59)) - 0.1351785726111903 * 1e9) < 30);

  const auto ultimates = [&](std::size_t close, double prior) {
    return triangle_redemption(triangle, close, {prior, 24});
  };
  // Mature, the books tell it whatever was expected; before, a right expectation is right and a wrong one counts for
  // what the books cannot know yet.
  for (const double prior : {0.2, 0.9})
    for (const double ultimate : ultimates(36, prior)) CHECK(std::fabs(ultimate - redeemed) < 100);
  for (const double ultimate : ultimates(12, redeemed_share(0.08, 24))) CHECK(std::fabs(ultimate - redeemed) < 100);
  CHECK(std::fabs(ultimates(12, 0.95)[0] - 0.95e9) < 100);
  CHECK(true_redemption(triangle, 36)[0] == static_cast<double>(triangle.redeemed_until(0, 59)));
  const auto truth = true_redemption(triangle, 30);
  CHECK(std::fabs(expected_redemption(triangle, 30, truth) - expected_redemption(triangle, 30, ultimates(30, 0.5))) <
        5000);
}

TEST_CASE("where points never expire, ages that nobody has reached fall on as the known ones") {
  const std::int64_t issued = 1'000'000'000;
  const PointsTriangle triangle = geometric(80, 0.05, 0, issued);
  for (const double ultimate : triangle_redemption(triangle, 40, {0.3, 0}))
    CHECK(std::fabs(ultimate / static_cast<double>(issued) - 1) < 1e-5);
  // in the first two years the prior holds
  CHECK(triangle_redemption(triangle, 10, {0.9, 0})[10] == 0.9 * static_cast<double>(issued));
  // a redemption that does not fall tells of no end
  PointsTriangle flat(60);
  for (std::size_t cohort = 0; cohort < 60; ++cohort) {
    flat.issue(cohort, 1'000'000);
    for (std::size_t age = 1; cohort + age < 60; ++age) flat.redeem(cohort, age, 5'000);
  }
  CHECK(triangle_redemption(flat, 40, {0.8, 0})[0] == 800'000);
}

TEST_CASE("a cohort of which nothing was redeemed is developed by what others have shown") {
  PointsTriangle triangle = geometric(40, 0.1, 12, 1'000'000);
  triangle.issue(20, 1'000'000);  // twice as much as in other months, and none of it is redeemed in its own
  const UltimateRedemption ultimate = triangle_redemption(triangle, 20, {0, 12});
  CHECK(std::fabs(ultimate[20] - 2e6 * redeemed_share(0.1, 12)) < 100);
}

}  // namespace clientele::models
