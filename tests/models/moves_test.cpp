// Moves between tiers: who is moved, who sees it, and what it does.
#include "models/moves.hpp"

#include <cmath>

#include "models/goal_gradient.hpp"
#include "models/segmentation/spend.hpp"
#include "sim/roll_out.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {
namespace {

const sim::Cell hidden{0, 0, 0, 0}, seen{0, 1, 0, 0};

/// Bands by what was bought in a quarter, with nothing but the name of a tier in them; the second policy's are visible.
sim::Study banded(const sim::Catalogue& catalogue, std::uint64_t customers = 3'000) {
  sim::Study study = default_study(catalogue, customers, 24);
  study.horizon.warmup = 6;
  uncouple(study, catalogue);
  const auto visible = field_ref(catalogue, "moves", "visible");
  study.policies = {policy_of(catalogue, "hidden", "spend", {{"gold", {}, 20'000.0, {}}, {"rest", {}, {}, {}}})};
  set(study, catalogue, "purchasing", "order_value", {2'500, 0.5, 0.5});
  study.policies.push_back(study.policies.front());
  study.policies[1].name = "seen";
  study.policies[1].tiers[0].levers = {{visible, 1}};
  return study;
}

std::int64_t flow(const Outcome& outcome, const sim::Cell& cell, int month, std::size_t from, std::size_t to) {
  const sim::OutcomeInfo& info = outcome.info();
  const std::size_t at = (static_cast<std::size_t>(month) * info.tiers + from) * info.tiers + to;
  std::int64_t sum = 0;
  for (std::size_t group = 0; group < info.groups; ++group)
    sum += outcome.cells().at(cell).flows[at * info.groups + group];
  return sum;
}

TEST_CASE("a move is felt where the tier that is left or the one that is reached is visible") {
  CHECK(models::felt_move(1, 1.F, 0.F) == 1);
  CHECK(models::felt_move(-1, 0.F, 1.F) == -1);
  CHECK(models::felt_move(-1, 0.F, 0.F) == 0);
  CHECK(models::felt_move(0, 1.F, 1.F) == 0);
  CHECK(models::by_move(1, 2.F, -5.F) == 2.F);
  CHECK(models::by_move(-1, 2.F, -5.F) == -5.F);
  CHECK(models::by_move(0, 2.F, -5.F) == 0.F);
}

TEST_CASE("of the orders that a near cut adds exactly a share is missing afterwards") {
  float balance = 0, sum = 0;
  for (int month = 0; month < 60; ++month) {
    const float progress = month < 3 ? 0.5F + 0.2F * static_cast<float>(month) : 0.F;
    const models::Borrowing now = models::pulled_forward(progress, 0.3F, balance, 0.4F, 0.5F);
    balance = now.balance;
    sum += now.orders - 1;
  }
  const float added = std::exp(0.3F * 0.25F) + std::exp(0.3F * 0.49F) + std::exp(0.3F * 0.81F) - 3;
  CHECK(sum == Approx(0.6F * added).epsilon(1e-4));
}

TEST_CASE(
    "progress is the part of the way from one's own tier to the one above, and none is left where it is reached") {
  CHECK(models::progress_between(30, 20, 40) == 0.5F);
  CHECK(models::progress_between(40, 20, 40) == 0.F);
  CHECK(models::progress_between(10, 20, 40) == 0.F);
  CHECK(models::progress_between(39, 0, 40) == Approx(39.0 / 40));
}

// Only what is seen of a cut can be striven for; with nothing borrowed it only adds orders.
TEST_CASE("customers near a visible tier order more, near a hidden one they do not") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = banded(catalogue);
  for (const char* key : {"promotion_points", "demotion_points", "promotion_rate", "demotion_rate"})
    set(study, catalogue, "moves", key, {0});
  const Outcome calm(study, catalogue);
  CHECK(calm.total("orders", seen) == calm.total("orders", hidden));
  set(study, catalogue, "purchasing", "cut_pressure", {0.3});
  set(study, catalogue, "purchasing", "cut_borrowed", {0});
  const Outcome striving(study, catalogue);
  CHECK(striving.total("orders", hidden) == calm.total("orders", hidden));
  CHECK(striving.total("orders", seen) > calm.total("orders", seen));
  set(study, catalogue, "purchasing", "cut_borrowed", {1});
  const Outcome borrowed(study, catalogue);
  const auto more = [&](const Outcome& outcome) {
    return outcome.total("orders", seen) - outcome.total("orders", hidden);
  };
  CHECK(more(borrowed) < more(striving) / 3);  // the last months' is not paid back within the horizon
}

TEST_CASE("who a review moves up or down in sight is counted as it moves, and nobody in hidden tiers") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(banded(catalogue), catalogue);
  std::int64_t moved = 0;
  for (int month = 0; month < 24; ++month) {
    CAPTURE(month);
    CHECK(outcome.count("promoted", month, hidden) + outcome.count("demoted", month, hidden) == 0);
    // The tiers are the baseline's, and customers go on from these: who comes into sight in month 0 is promoted then,
    // and who leaves a tier that nobody had seen is not demoted.
    const bool is_first = month == 0;
    CHECK(outcome.count("promoted", month, seen) == flow(outcome, seen, month, 1, 0));
    CHECK(outcome.count("demoted", month, seen) == (is_first ? 0 : flow(outcome, seen, month, 0, 1)));
    moved += outcome.count("promoted", month, seen) + outcome.count("demoted", month, seen);
  }
  CHECK(moved > 800);
}

// Everybody falls once: gold is who bought anything in a warm-up, then a bound that nobody reaches.
TEST_CASE("a demotion takes its points at once and its orders for a while, of which half is over after the half-life") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = banded(catalogue, 20'000);
  set(study, catalogue, "moves", "demotion_points", {-6});
  set(study, catalogue, "moves", "demotion_rate", {-0.5});
  set(study, catalogue, "moves", "promotion_points", {0});
  set(study, catalogue, "moves", "promotion_rate", {0});
  set(study, catalogue, "moves", "fade_months", {3});
  set(study, catalogue, "churn", "base_hazard", {1e-6});
  set(study, catalogue, "purchasing", "orders_per_month", {20}, 2);
  set(study, catalogue, "purchasing", "order_value", {2'500}, 1);
  set(study, catalogue, "satisfaction", "learning", {0});
  study.scenarios.front().shocks = {{driver_number(catalogue, "demand"), 0.1, 3, {}, 0, {}}};  // all fall below gold
  for (sim::Policy& policy : study.policies) {
    policy.tiers.front().from = 75'000;
    policy.values[0].numbers = {3};  // months looked back on
    policy.values[1].numbers = {3};  // months between reviews
  }
  study.baseline = 1;
  study.policies[0].tiers[0].levers = {};
  const Outcome outcome(study, catalogue, {.threads = 2});
  REQUIRE(outcome.count("demoted", 6, seen) > 19'900);
  REQUIRE(outcome.total("demoted", seen) == outcome.count("demoted", 6, seen));
  const auto points = [&](int month) {
    return 0.01 * static_cast<double>(outcome.count("satisfaction", month, seen)) /
           static_cast<double>(outcome.count("customers", month, seen));
  };
  CHECK(points(6) - points(5) == Approx(-6).margin(0.02));
  CHECK(points(12) - points(6) == Approx(0).margin(0.01));
  for (int month = 3; month < 20; ++month) {
    const double left = month < 6 ? 0 : std::exp2(-(month - 6) / 3.0);
    const auto orders = static_cast<double>(outcome.count("orders", month, seen));
    CAPTURE(month, orders);
    CHECK(orders == Approx(20'000 * 2 * std::exp(-0.5 * left)).margin(4.5 * std::sqrt(orders)));
  }
}

TEST_CASE("who is reached by a roll-out is not moved by it, and who is not feels the moves of the baseline") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = banded(catalogue);
  study.baseline = 1;
  study.policies[0].tiers[0].levers = {{field_ref(catalogue, "moves", "visible"), 1}};
  study.policies[0].tiers[0].from = 40'000;
  study.policies[0].rollout = {{6}};
  sim::add_tiers_before(study);
  const Outcome outcome(study, catalogue);
  for (int month = 0; month < 6; ++month) {
    CHECK(outcome.count("promoted", month, {0, 0, 0, 0}) == outcome.count("promoted", month, {0, 1, 0, 0}));
    CHECK(outcome.count("demoted", month, {0, 0, 0, 0}) == outcome.count("demoted", month, {0, 1, 0, 0}));
  }
  CHECK(outcome.total("demoted", {0, 1, 0, 0}) > 100);
  CHECK(outcome.count("promoted", 6, {0, 0, 0, 0}) + outcome.count("demoted", 6, {0, 0, 0, 0}) == 0);
  CHECK(outcome.count("demoted", 9, {0, 0, 0, 0}) > 0);
}

}  // namespace
}  // namespace clientele::tests
