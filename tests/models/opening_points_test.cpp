// Points of a program that exists: the firm's table by month of issue, to the point, and ends as its terms say.
#include "models/loyalty/opening_points.hpp"

#include <array>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "models/loyalty/points.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program_study.hpp"
#include "tests/support/ranks_of_threads.hpp"
#include "tests/support/same_outcomes.hpp"

namespace clientele::tests {
namespace {

constexpr std::int64_t sum_of(const sim::DatedAmounts& amounts) {
  std::int64_t sum = 0;
  for (const sim::DatedAmount& one : amounts) sum += one.amount;
  return sum;
}

/// A flat program of today that everybody is in, and a policy that stops giving points: nobody redeems or leaves, so
/// that each point ends with its terms.
sim::Study closing_study(const sim::Catalogue& catalogue, const sim::DatedAmounts& opening, int warmup = 10) {
  sim::Study study = default_study(catalogue, 300, 30);
  study.horizon.warmup = warmup;
  study.horizon.start_month = 4;
  set(study, catalogue, "points", "opening", sim::packed_amounts(opening));
  set(study, catalogue, "redemption", "never", {1});
  set(study, catalogue, "churn", "base_hazard", {0});
  set(study, catalogue, "churn", "satisfaction_slope", {0});
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "closing";
  grant(catalogue, study.policies[0].tiers[0], {1, 1, 12, 0});
  grant(catalogue, study.policies[1].tiers[0], {1, 0, 12, 0});
  return study;
}

const sim::DatedAmounts four_months{{-12, 700}, {-11, 1'000'003}, {-5, 41}, {-1, 250'000}};

}  // namespace

TEST_CASE("a part is exact: whole points and the fraction that is left") {
  CHECK(models::opening_part_of(10, 1, 3).whole == 3);
  CHECK(models::opening_part_of(10, 1, 3).has_rest);
  CHECK(models::opening_part_of(10, 1, 3).fraction == 0x55555555U);
  CHECK(models::opening_part_of(9, 1, 3).whole == 3);
  CHECK_FALSE(models::opening_part_of(9, 1, 3).has_rest);
  CHECK(models::opening_part_of(1'000'000'000'000'000, 1'000'000'007, 1'000'000'007).whole == 1'000'000'000'000'000);
  CHECK(models::opening_part_of(7, 0, 5).whole == 0);
  CHECK_FALSE(models::opening_part_of(7, 0, 5).has_rest);
  // A fraction below 2^-32 is a rest all the same.
  CHECK(models::opening_part_of(1, 1, std::int64_t{1} << 40).has_rest);
  CHECK(models::opening_part_of(1, 1, std::int64_t{1} << 40).fraction == 0);
}

TEST_CASE("all policies begin with the stated points, to the point, however a run is carried out") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = closing_study(catalogue, four_months);
  const Outcome outcome(study, catalogue, {.threads = 1, .block_size = 64});
  for (const std::uint32_t policy : {0U, 1U})
    CHECK(outcome.count("points_opening", 0, {0, policy}) == sum_of(four_months));
  for (const std::size_t block_size : {64U, 256U, 1024U}) {
    sim::RunOptions options{.threads = 3, .block_size = block_size};
    require_same(outcome, Outcome(study, catalogue, options));
    options.in_step = true;
    require_same(outcome, Outcome(study, catalogue, options));
  }
}

TEST_CASE("ranks that slice the customers spread the same points") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = closing_study(catalogue, four_months);
  const Outcome whole(study, catalogue);
  std::array<std::map<sim::Cell, sim::CellOutcome>, 3> seen;
  sim::on_ranks(3, [&](const sim::Ranks& slice) {
    struct Kept final : sim::Sink {
      std::map<sim::Cell, sim::CellOutcome> cells;
      void accept(sim::CellOutcome&& outcome) override {
        const sim::Cell cell = outcome.cell;
        cells.insert_or_assign(cell, std::move(outcome));
      }
    } kept;
    sim::RunOptions options;
    options.slice = &slice;
    options.block_size = 64;
    options.share = {static_cast<std::uint64_t>(slice.number()), 3, sim::Share::Numbers::of_list};
    sim::Plan(study, catalogue).run(sim::all_cells(study), kept, options, {});
    seen.at(static_cast<std::size_t>(slice.number())) = std::move(kept.cells);
  });
  std::map<sim::Cell, sim::CellOutcome> all;
  for (auto& of_rank : seen) all.merge(of_rank);
  REQUIRE(all.size() == whole.cells().size());
  for (const auto& [cell, outcome] : whole.cells()) CHECK(all.at(cell).counts == outcome.counts);
}

TEST_CASE("points that are stated end as the terms of their month of issue say") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Cell closing{0, 1};
  const auto expired_in = [&](const sim::Study& study, int month) {
    return Outcome(study, catalogue).count("points_expired", month, closing);
  };
  sim::Study study = closing_study(catalogue, four_months);
  {
    const Outcome outcome(study, catalogue);
    CHECK(outcome.count("points_expired", 0, closing) == 700);
    CHECK(outcome.count("points_expired", 1, closing) == 1'000'003);
    CHECK(outcome.count("points_expired", 7, closing) == 41);
    CHECK(outcome.count("points_expired", 11, closing) == 250'000);
    CHECK(outcome.total("points_expired", closing) == sum_of(four_months));
  }
  // With the calendar year: issued from April on until December of the year before the start, or in it.
  set(study, catalogue, "points", "end", {1});
  {
    const Outcome outcome(study, catalogue);  // month 0 is April, and month 8 December
    CHECK(outcome.count("points_expired", 8, closing) == 700 + 1'000'003 + 41);
    CHECK(outcome.count("points_expired", 20, closing) ==
          250'000);  // issued in March: to the March after, and its year
  }
  // A limit of today's policy binds what it issued; the other policy's own terms do not.
  study = closing_study(catalogue, {{-5, 41}, {-1, 250'000}});
  study.policies[0].settings.push_back({field_ref(catalogue, "points", "valid_at_most"), 6});
  study.policies[1].settings.push_back({field_ref(catalogue, "points", "valid_at_most"), 24});
  CHECK(expired_in(study, 1) == 41);
  CHECK(expired_in(study, 5) == 250'000);
  // For ever.
  study = closing_study(catalogue, four_months);
  for (sim::Policy& policy : study.policies) policy.tiers[0].levers[2].value = models::endless_from;
  CHECK(Outcome(study, catalogue).total("points_expired", closing) == 0);
  CHECK(Outcome(study, catalogue).count("points", 29, closing) == sum_of(four_months));
}

TEST_CASE(
    "what is stated of a year is parted by what the warm-up leaves of its months, or equally where it leaves none") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Cell closing{0, 1};
  const auto by_month = [&](const sim::Study& study) {
    const Outcome outcome(study, catalogue);
    std::vector<std::int64_t> expired;
    for (int month = 0; month < 12; ++month) expired.push_back(outcome.count("points_expired", month, closing));
    return expired;
  };
  // Twice what a warm-up of eight months leaves: the same of each month, twice.
  sim::Study study = closing_study(catalogue, {}, 8);
  const std::vector<std::int64_t> left = by_month(study);
  const std::int64_t all = std::accumulate(left.begin(), left.end(), std::int64_t{0});
  REQUIRE(left[4] > 0);
  set(study, catalogue, "points", "opening", sim::packed_amounts({{-12, 2 * all, 12}}));
  const std::vector<std::int64_t> twice = by_month(study);
  for (std::size_t month = 0; month < 12; ++month) CHECK(twice[month] == 2 * left[month]);
  set(study, catalogue, "points", "opening", sim::packed_amounts({{-12, 11, 4}}));
  CHECK(by_month(study) == std::vector<std::int64_t>{2, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("who has left before the start holds stated points only where nobody sees it") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = closing_study(catalogue, {{-1, 500'000}});
  set(study, catalogue, "churn", "base_hazard", {0.2});
  const Outcome seen(study, catalogue);
  CHECK(seen.count("points_opening", 0) == 500'000);
  const std::int64_t left = seen.count("left", 0), active = seen.count("customers", 0);
  REQUIRE(left > 20);
  // Those who leave in month 0 forfeit in month 1; nobody does who left in month -1.
  CHECK(seen.count("points_forfeited", 0) == 0);
  CHECK(seen.count("points_forfeited", 1) > 500'000 * left / active / 3);
  set(study, catalogue, "churn", "notice", {1});
  const Outcome silent(study, catalogue);
  CHECK(silent.count("points_opening", 0) == 500'000);
  CHECK(silent.total("points_forfeited") == 0);
}

TEST_CASE("stated points are held by members, and more by who redeems seldom") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = closing_study(catalogue, four_months, 24);
  set(study, catalogue, "redemption", "never", {0.3});
  set(study, catalogue, "redemption", "mean", {0.6});
  for (sim::Policy& policy : study.policies) policy.tiers[0].levers[0].value = 0.1;
  const Outcome some(study, catalogue);
  CHECK(some.count("points_opening", 0) == sum_of(four_months));
  CHECK(some.count("members", 0) < some.count("customers", 0));
  // Of points that were nearly 12 months old when month 0 began, those with a mind to redeem had redeemed most.
  const double ended = static_cast<double>(some.count("points_expired", 0, {0, 1})) / 700;
  CHECK(ended > 0.6);
}

TEST_CASE("a start at which nobody holds points is refused") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = closing_study(catalogue, {{-1, 500}});
  for (sim::Policy& policy : study.policies) policy.tiers[0].levers[0].value = 0.5;
  set(study, catalogue, "membership", "readiness", {0});
  CHECK_THROWS_WITH(Outcome(study, catalogue), Catch::Contains("nobody holds points when the warm-up ends"));
  study = closing_study(catalogue, {{-1, 1'000'000'000'000'000}});
  CHECK_THROWS_WITH(Outcome(study, catalogue), Catch::Contains("one customer would hold more than 2^30 points"));
}

}  // namespace clientele::tests
