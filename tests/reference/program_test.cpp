// Runs with a loyalty program equal the scalar simulator's, integer by integer.
#include "models/loyalty/points.hpp"
#include "models/loyalty/redemption.hpp"
#include "sim/roll_out.hpp"
#include "sim/why.hpp"
#include "tests/reference/compare.hpp"
#include "tests/reference/models/real_cell.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {
namespace {

sim::Study program_study(const sim::Catalogue& catalogue, std::uint64_t customers) {
  sim::Study study = wide_study_with_program(catalogue, customers);
  study.replications = 1;
  study.horizon.beyond = 7;
  return study;
}

std::string difference(const sim::Study& study, std::size_t block_size = 64, bool in_step = false) {
  sim::RunOptions options{.threads = 2, .block_size = block_size};
  options.in_step = in_step;
  return first_difference<RealCell>(study, models::catalogue(), options).value_or("none");
}

/// Of all cells of a policy.
std::int64_t total(const Outcome& outcome, std::string_view metric, std::uint32_t policy) {
  std::int64_t sum = 0;
  for (const auto& [cell, unused] : outcome.cells())
    if (cell.policy == policy) sum += outcome.total(metric, cell);
  return sum;
}

}  // namespace

TEST_CASE("all of a program happens in these studies") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(program_study(catalogue, 400), catalogue);
  for (const char* metric :
       {"members", "members_joined", "points", "points_earned", "points_redeemed", "points_expired", "points_forfeited",
        "points_given_back", "points_reversed", "points_set_off", "points_owed_back", "points_overdrawn",
        "points_let_go", "member_sales", "reward_value", "reward_cost", "points_sold", "points_liability"}) {
    INFO(metric);
    CHECK(total(outcome, metric, 1) > 0);
    CHECK(total(outcome, metric, 2) > 0);
    CHECK(total(outcome, metric, 0) == 0);
  }
  CHECK(total(outcome, "bystanders", 1) > 0);
  CHECK(total(outcome, "status_holders", 1) > 0);
}

TEST_CASE(
    "programs that one joins, with tiers that grant them differently and terms that fall, are the scalar "
    "simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = program_study(catalogue, 400);
  for (const std::uint32_t baseline : {0U, 1U}) {
    study.baseline = baseline;
    CHECK(difference(study) == "none");
    CHECK(difference(study, 1024, true) == "none");
  }
  // What the other policies take away in month 0 is news to members of the baseline.
  study.baseline = 1;
  study.policies[2].settings.push_back({field_ref(catalogue, "points", "value"), 0.004});
  set(study, catalogue, "churn", "leaving", {1});  // at the month's end
  set(study, catalogue, "churn", "base_hazard", {0.06});
  CHECK(difference(study) == "none");
}

TEST_CASE("every base, rounding, end and amount of points is the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double base : {0., 1., 2.})
    for (const double other : {0., 1.}) {
      CAPTURE(base, other);
      sim::Study study = program_study(catalogue, 250);
      study.scenarios.resize(1);
      set(study, catalogue, "points", "base", {base});
      set(study, catalogue, "points", "rounding", {other});
      set(study, catalogue, "points", "end", {1 - other});
      set(study, catalogue, "points", "held", {other});
      set(study, catalogue, "redemption", "amount", {other});
      set(study, catalogue, "points", "recorded_share", {other == 0 ? 1 : 0.6});
      study.population.groups[1].overrides.push_back({field_ref(catalogue, "points", "end"), {0, {other}}});
      study.horizon.start_month = base == 1 ? 11 : 4;
      CHECK(difference(study) == "none");
    }
}

TEST_CASE("a program that everybody is in from the first month on is the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = program_study(catalogue, 300);
  for (sim::Policy& policy : study.policies)
    for (sim::Tier& tier : policy.tiers)
      std::erase_if(tier.levers, [&](const sim::Tier::Setting& lever) {
        return lever.field == field_ref(catalogue, "membership", "join");
      });
  set(study, catalogue, "points", "earn", {0.2});
  set(study, catalogue, "returns", "chance", {0.4});
  set(study, catalogue, "redemption", "never", {0});
  set(study, catalogue, "redemption", "mean", {0.9});
  set(study, catalogue, "redemption", "burn", {3});
  for (const int warmup : {0, 13}) {
    study.horizon.warmup = warmup;
    CHECK(difference(study) == "none");
  }
  set(study, catalogue, "redemption", "burn", {0});
  set(study, catalogue, "returns", "chance", {0});
  CHECK(difference(study) == "none");
}

TEST_CASE("cuts of points that are held, by years and of those without an end, are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double by_year : {0., 1.}) {
    CAPTURE(by_year);
    sim::Study study = program_study(catalogue, 250);
    study.scenarios.resize(1);
    study.horizon.run_off = 4;
    study.horizon.start_month = 10;
    for (sim::Tier::Setting& lever : study.policies[1].tiers[0].levers)  // beside tiers of four and three months
      if (lever.field == field_ref(catalogue, "points", "points_valid")) lever.value = models::endless_from;
    set(study, catalogue, "points", "held", {1});
    set(study, catalogue, "points", "end", {by_year});
    std::erase_if(study.policies[1].settings, [&](const sim::PolicySetting& setting) {
      return setting.field == field_ref(catalogue, "points", "valid_at_most");
    });
    for (const auto& [months, from] : std::vector<std::pair<double, int>>{{240, 0}, {15, 4}, {240, 6}, {7, 8}, {2, 9}})
      study.policies[1].settings.push_back({field_ref(catalogue, "points", "valid_at_most"), months, from});
    CHECK(difference(study) == "none");
  }
}

TEST_CASE("points that are stated of a program that exists are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = program_study(catalogue, 260);
  study.scenarios.resize(1);
  study.horizon.warmup = 6;
  const sim::DatedAmounts some{{-30, 7, 12}, {-15, 900, 8}, {-5, 77'777}, {-4, 30}, {-3, 50'003, 3}};
  set(study, catalogue, "points", "opening", sim::packed_amounts(some));
  study.baseline = 2;  // whose points do not end
  CHECK(difference(study) == "none");
  study.baseline = 1;  // tiers of nine, four and three months
  const sim::DatedAmounts few{{-8, 800}, {-7, 90, 2}, {-5, 77'777, 2}, {-3, 5'003}, {-2, 99'991, 2}};
  set(study, catalogue, "points", "opening", sim::packed_amounts(few));
  set(study, catalogue, "redemption", "burn", {2});
  for (const double other : {0., 1.}) {
    CAPTURE(other);
    set(study, catalogue, "points", "end", {other});
    set(study, catalogue, "churn", "notice", {other});
    CHECK(difference(study) == "none");
    CHECK(difference(study, 1024, true) == "none");
    CHECK(Outcome(study, catalogue).count("points_opening", 0, {0, 2}) == 800 + 90 + 77'777 + 5'003 + 99'991);
  }
}

TEST_CASE("a program that rolls out, and one whose tiers are kept for good, are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = program_study(catalogue, 300);
  study.scenarios.resize(1);
  study.why = true;
  CHECK(difference(sim::with_why(study)) == "none");
  study.policies[1].rollout = {{2, 0.3}, {6, 1}};
  study.policies[2].rollout = {{4, 0.5, 1}, {8, 0.9}};
  sim::add_tiers_before(study);
  CHECK(difference(study) == "none");
}

TEST_CASE("programs of uncertain size are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = program_study(catalogue, 200);
  study.scenarios.resize(1);
  study.draws = 3;
  const auto draw = [&](const char* table, const char* key, float low, float high) {
    study.uncertain.push_back(
        {field_ref(catalogue, table, key), 0, std::string(table) + "." + key, {sim::Family::uniform, {low, high}}});
  };
  draw("redemption", "mean", 0.1F, 0.8F);
  draw("redemption", "never", 0, 0.6F);
  draw("redemption", "goes_with_orders", -0.5F, 0.9F);
  draw("program", "reward_pressure", 0, 1);
  draw("program", "run", 0, 5);
  draw("points", "open_redeemed", 0.5F, 1);
  draw("purchasing", "orders_per_month", 1, 4);
  CHECK(difference(study) == "none");
}

TEST_CASE("members whom a file tells of are the scalar simulator's") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = program_study(catalogue, 0);
  study.population.arrivals = sim::Arrivals::none;
  sim::CustomerFile file;
  file.traits = {{field_ref(catalogue, "purchasing", "orders_per_month"), {}}};
  for (std::uint32_t row = 0; row < 200; ++row) {
    file.ids.push_back(row * 0x9E3779B97F4AULL & 0xffff'ffff'ffffULL);
    file.groups.push_back(row % 3 == 0 ? 1 : 0);
    file.traits[0].values.push_back(0.1F * static_cast<float>(row % 37));
  }
  study.population.customers = file.ids.size();
  study.population.file = file;
  CHECK(difference(study) == "none");
}

}  // namespace clientele::tests
