// A program that nobody has changes nothing, and one that moves nobody only costs.
#include <functional>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

/// The wide study whose policies have no program, and all that it might do set to something.
sim::Study study_without(const sim::Catalogue& catalogue) {
  sim::Study study = wide_study_with_costs(catalogue, 400);
  study.replications = 1;
  return study;
}

void add_terms_that_nobody_has(const sim::Catalogue& catalogue, sim::Study& study) {
  set(study, catalogue, "membership", "readiness", {3});
  set(study, catalogue, "points", "points_valid", {5});
  set(study, catalogue, "points", "elsewhere", {20});
  set(study, catalogue, "points", "entry_bonus", {100});
  set(study, catalogue, "points", "value", {0.5});
  set(study, catalogue, "points", "inactivity", {2});
  set(study, catalogue, "redemption", "block", {10});
  set(study, catalogue, "program", "reward_pressure", {1});
  set(study, catalogue, "program", "status_orders", {0.5});
  set(study, catalogue, "program", "devaluation_hazard", {2});
  for (sim::Policy& policy : study.policies) {
    policy.settings.push_back({field_ref(catalogue, "points", "value"), 0.1, 6});
    for (sim::Tier& tier : policy.tiers) grant(catalogue, tier, {1, 0, 7, 0});
  }
}

/// Rewards, status and news move nobody.
void move_nobody(const sim::Catalogue& catalogue, sim::Study& study) {
  for (const char* key : {"reward_pressure", "rewarded", "status_orders", "status_hazard", "bystander_points",
                          "devaluation_points", "devaluation_hazard"})
    set(study, catalogue, "program", key, {0});
  for (sim::Group& group : study.population.groups)
    std::erase_if(group.overrides, [&](const sim::Group::Override& own) {
      return own.field == field_ref(catalogue, "program", "rewarded");
    });
}

/// Of the program itself, or what it costs.
bool is_of_program(std::string_view metric) {
  static const std::set<std::string_view> others{"members",     "members_joined", "member_sales",   "reward_value",
                                                 "reward_cost", "bystanders",     "status_holders", "contribution"};
  return metric.starts_with("points") || others.contains(metric);
}

}  // namespace

TEST_CASE("where nobody earns points and nobody is asked to join, what a program would be changes no bit") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study without = study_without(catalogue);
  sim::Study off = without;
  add_terms_that_nobody_has(catalogue, off);
  const Outcome plain(without, catalogue), same(off, catalogue);
  require_same(plain, same);
  CHECK(plain.report().bytes_per_customer_arm == same.report().bytes_per_customer_arm);
  for (const auto& [cell, unused] : same.cells())
    for (const char* metric : {"members", "points", "points_opening", "reward_cost", "member_sales"})
      REQUIRE(same.total(metric, cell) == 0);
}

TEST_CASE("a program of one policy changes no bit of another's cells") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study without = study_without(catalogue);
  without.count.triangle = true;
  // A baseline in which everybody earns, and nobody is asked to join.
  for (const double earn : {0.0, 0.3}) {
    for (sim::Tier& tier : without.policies[0].tiers) {
      tier.levers.clear();
      grant(catalogue, tier, {1, earn, 6, 0});
    }
    sim::Study with = without;
    add_program(catalogue, with);
    with.values = without.values;
    with.population.groups = without.population.groups;
    const Outcome plain(without, catalogue), beside(with, catalogue);
    for (const auto& [cell, lived] : plain.cells()) {
      if (cell.policy != 0) continue;
      for (std::size_t m = 0; m < plain.info().metrics.size(); ++m)
        for (int month = 0; month < plain.months(); ++month) {
          const std::string& metric = plain.info().metrics[m].name;
          INFO(metric << " in month " << month);
          REQUIRE(beside.count(metric, month, cell) == plain.count(metric, month, cell));
        }
      REQUIRE(beside.cells().at(cell).beyond == lived.beyond);
    }
  }
}

TEST_CASE("a program that moves nobody leaves orders, payments and leaving as they are, and costs what it says") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study without = study_without(catalogue);
  sim::Study with = without;
  add_program(catalogue, with);
  move_nobody(catalogue, with);
  const Outcome plain(without, catalogue), program(with, catalogue);
  for (const auto& [cell, lived] : plain.cells()) {
    for (const sim::MetricInfo& metric : plain.info().metrics)
      for (int month = 0; month < plain.months() && !is_of_program(metric.name); ++month) {
        CAPTURE(metric.name, month);
        REQUIRE(program.count(metric.name, month, cell) == plain.count(metric.name, month, cell));
      }
    REQUIRE(program.cells().at(cell).flows == lived.flows);
    for (int month = 0; month < plain.months(); ++month)
      REQUIRE(program.count("contribution", month, cell) == plain.count("contribution", month, cell) -
                                                                program.count("reward_cost", month, cell) +
                                                                program.count("points_sold", month, cell));
    if (cell.policy > 0) REQUIRE(program.total("reward_cost", cell) > 0);
  }
}

TEST_CASE("a program of today under another name holds the same points, also of who went off the books before") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 400, 8);
  study.horizon.warmup = 14;
  set(study, catalogue, "churn", "notice", {1});
  set(study, catalogue, "churn", "inactive_after", {3});
  sim::Policy& today = study.policies[0];
  today.segmentation = segmentation_number(catalogue, "spend");
  today.values = catalogue.segmentations()[today.segmentation].fields.standards();
  today.tiers = {{"A", {}, 3000, {}}, {"B", {}, {}, {}}};
  today.entry = 1;
  for (sim::Tier& tier : today.tiers) grant(catalogue, tier, {1, 1, 24, 0});
  study.policies.push_back(today);
  study.policies[1].name = "by another name";
  const Outcome outcome(study, catalogue);
  for (int month = 0; month < outcome.months(); ++month)
    for (const std::size_t tier : {0U, 1U})
      for (const char* metric : {"points", "points_opening", "points_earned", "points_redeemed", "points_expired"}) {
        CAPTURE(month, tier, metric);
        REQUIRE(outcome.in_tier(metric, month, tier, {0, 1}) == outcome.in_tier(metric, month, tier));
      }
  CHECK(outcome.count("on_books", 0) < 400);
  CHECK(outcome.in_tier("points_opening", 0, 0) > 0);
}

}  // namespace clientele::tests
