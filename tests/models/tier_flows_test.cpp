// Tiers that are earned by the year: against all courses of some years, and spend against customers who are drawn.
#include "models/theory/tier_flows.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "tests/support/catch.hpp"

namespace clientele::models {

namespace {

using Catch::Matchers::WithinAbs;

/// What a member holds, by the words of a program alone: since when it has a tier, and until which year's end.
struct Card {
  std::size_t tier = 0;
  int valid_to_year = 0;
};

struct Shares {
  std::vector<double> at_start, at_end;
  std::vector<std::vector<double>> both;  ///< [at start][at the next start]
  double up = 0, down = 0;
};

/// All courses of `years` years, each with its chance; what is said is of the last, and of the start after it.
Shares all_courses(const YearlyTiers& of, AfterMissing after, int years) {
  const std::size_t tiers = of.tiers();
  Shares all{std::vector<double>(tiers), std::vector<double>(tiers),
             std::vector<std::vector<double>>(tiers, std::vector<double>(tiers))};
  std::vector<std::size_t> earned(static_cast<std::size_t>(years));
  for (bool more = true; more;) {
    double chance = 1;
    for (const std::size_t tier : earned) chance *= of.earns(tier);
    Card card{tiers - 1, years + 1};
    for (int year = 0; year < years; ++year) {
      const std::size_t start = card.tier, now = earned[static_cast<std::size_t>(year)];
      if (now <= card.tier) card = {now, year + 1};
      const std::size_t end = card.tier;
      if (card.valid_to_year == year) {  // not earned again
        const std::size_t lower = std::min(end + 1, tiers - 1);
        card = {after == AfterMissing::what_is_earned ? now : std::min(now, lower), year + 1};
      }
      if (year + 1 < years) continue;
      all.at_start[start] += chance;
      all.at_end[end] += chance;
      all.both[start][card.tier] += chance;
      all.up += end < start ? chance : 0;
      all.down += card.tier > end ? chance : 0;
    }
    more = false;
    for (std::size_t& tier : earned) {
      if (++tier < tiers) {
        more = true;
        break;
      }
      tier = 0;
    }
  }
  return all;
}

}  // namespace

TEST_CASE("shares of tiers and flows between them are those of all courses of eight years") {
  for (const std::vector<double>& reaches : {std::vector{0.1, 0.35, 1.0}, std::vector{0.3, 0.3, 1.0},
                                             std::vector{0.05, 0.2, 0.6, 1.0}, std::vector{0.4, 1.0}})
    for (const AfterMissing after : {AfterMissing::what_is_earned, AfterMissing::one_step_down}) {
      const YearlyTiers of(reaches, after);
      const Shares all = all_courses(of, after, 8);
      const auto shares = of.shares();
      const auto flows = of.flows();
      double at_start = 0, at_end = 0;
      for (std::size_t tier = 0; tier < of.tiers(); ++tier) {
        at_start += all.at_start[tier], at_end += all.at_end[tier];
        CHECK_THAT(shares[tier], WithinAbs(all.at_start[tier], 1e-12));
        CHECK_THAT(of.holds_at_start(tier), WithinAbs(at_start, 1e-12));
        CHECK_THAT(of.holds_at_end(tier), WithinAbs(at_end, 1e-12));
        for (std::size_t to = 0; to < of.tiers(); ++to)
          CHECK_THAT(shares[tier] * flows[tier][to], WithinAbs(all.both[tier][to], 1e-12));
      }
      CHECK_THAT(of.moves().up, WithinAbs(all.up, 1e-12));
      CHECK_THAT(of.moves().down, WithinAbs(all.down, 1e-12));
    }
}

// A tenth earns the best tier in any year, a third at least the second. Stepping down keeps more on top than in what
// they have earned, and fewer at the bottom; who is there in a year's course is either still or already.
TEST_CASE("two cuts by hand: what is earned, and one step down") {
  const YearlyTiers earned({0.1, 1.0 / 3, 1}, AfterMissing::what_is_earned);
  CHECK_THAT(earned.holds_at_start(0), WithinAbs(0.1, 1e-15));
  CHECK_THAT(earned.holds_at_end(0), WithinAbs(0.19, 1e-15));
  CHECK_THAT(earned.moves().up, WithinAbs(0.1 * 0.9 + (1.0 / 3 - 0.1) * (2.0 / 3), 1e-15));
  const YearlyTiers stepping({0.1, 1.0 / 3, 1}, AfterMissing::one_step_down);
  CHECK_THAT(stepping.holds_at_start(0), WithinAbs(0.1, 1e-15));
  CHECK_THAT(stepping.holds_at_start(1), WithinAbs(1 - 0.9 * 2 / 3, 1e-15));
  CHECK_THAT(stepping.shares()[2], WithinAbs(0.6, 1e-15));
  CHECK_THAT(stepping.holds_during(0, 0.04), WithinAbs(1 - 0.9 * 0.96, 1e-15));
  CHECK(stepping.flows()[0][2] == 0);
}

TEST_CASE("who reaches an amount in a year: customers who are drawn, gamma rates and gamma-gamma values") {
  const SpendOfPeriod year{{0.85, 0.85 / 4.45, 12}, {6.25, 3.74, 15.44}};
  std::mt19937_64 bits(20260301);
  const auto uniform = [&] { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; };
  // a sum of exponentials and, for the rest of a shape, the law of Johnk (1964)
  const auto gamma = [&](double shape) {
    double sum = 0;
    for (; shape >= 1; shape -= 1) sum -= std::log(uniform());
    if (shape <= 0) return sum;
    for (;;) {
      const double x = std::pow(uniform(), 1 / shape), y = std::pow(uniform(), 1 / (1 - shape));
      if (x + y <= 1) return sum - std::log(uniform()) * x / (x + y);
    }
  };
  constexpr int customers = 200'000;
  std::vector<double> spend(customers);
  for (double& sum : spend) {
    const double mean_orders = 12 * gamma(0.85) / 4.45, scale = 15.44 / gamma(3.74);
    int orders = 0;
    for (double time = -std::log(uniform()); time < mean_orders; time -= std::log(uniform())) ++orders;
    sum = orders > 0 ? scale * gamma(6.25 * orders) : 0;
  }
  for (const double amount : {10.0, 50.0, 100.0, 300.0, 1'000.0}) {
    const double chance = year.at_least(amount);
    const auto reached = static_cast<double>(std::ranges::count_if(spend, [&](double x) { return x >= amount; }));
    CHECK_THAT(reached / customers, WithinAbs(chance, 4 * std::sqrt(chance * (1 - chance) / customers)));
  }
  CHECK(year.at_least(0) == 1);
  CHECK_THAT(year.at_least(1e-9), WithinAbs(1 - year.orders.chance_of(0), 1e-9));
  // the area below all chances is the mean, 12 x .191 x 35.2
  double area = 0;
  for (double log = -7; log < 13; log += 0.1) area += 0.1 * std::exp(log) * year.at_least(std::exp(log));
  CHECK(area == Approx(year.orders.mean() * year.value.mean()).epsilon(1e-4));
}

}  // namespace clientele::models
