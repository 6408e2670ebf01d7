// What a policy costs the firm: once per month and world, whoever simulates it and in however many parts.
#include "models/administration.hpp"

#include <cmath>
#include <map>
#include <optional>

#include "sim/roll_out.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {
namespace {

const sim::Cell today{0, 0, 0, 0}, bands{0, 1, 0, 0};

/// The baseline costs 7 a month; bands cost 1,000 once, 40 a month, 2.5 for each of 3 managers and 4 a move.
sim::Study administered(const sim::Catalogue& catalogue) {
  sim::Study study = wide_study(catalogue, 700);
  for (sim::Policy& policy : study.policies) policy.settings.clear();
  set(study, catalogue, "administration", "per_move", {0});
  const auto field = [&](const char* table, const char* key) { return field_ref(catalogue, table, key); };
  study.policies[0].settings = {{field("administration", "per_month"), 7}};
  study.policies[1].settings = {{field("administration", "once"), 1'000},
                                {field("administration", "per_month"), 40},
                                {field("service", "managers"), 3},
                                {field("administration", "per_manager"), 2.5},
                                {field("administration", "per_move"), 4}};
  return study;
}

std::int64_t moves_in(const Outcome& outcome, const sim::Cell& cell, int month) {
  const sim::OutcomeInfo& info = outcome.info();
  std::int64_t sum = 0;
  for (std::size_t from = 0; from < info.tiers; ++from)
    for (std::size_t to = 0; to < info.tiers; ++to)
      for (std::size_t group = 0; group < info.groups && from != to; ++group)
        sum +=
            outcome.cells()
                .at(cell)
                .flows[((static_cast<std::size_t>(month) * info.tiers + from) * info.tiers + to) * info.groups + group];
  return sum;
}

TEST_CASE("a policy costs what is stated, once, per month, per manager and per move, and contribution is less by it") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = administered(catalogue);
  const Outcome outcome(study, catalogue);
  sim::Study free = study;
  for (sim::Policy& policy : free.policies)
    std::erase_if(policy.settings, [&](const sim::PolicySetting& setting) {
      return setting.field != field_ref(catalogue, "service", "managers");
    });
  const Outcome without(free, catalogue);
  std::int64_t moved = 0;
  for (const auto& [cell, unused] : outcome.cells())
    for (int month = 0; month < study.horizon.months + study.horizon.run_off; ++month) {
      const bool lives = month < study.horizon.months;
      std::int64_t cost = 0;
      if (cell.policy == 0 && lives) cost = 700;
      if (cell.policy == 1 && lives) cost = 4'000 + 750 + (month == 0 ? 100'000 : 0);
      if (cell.policy == 1 && month > 0) cost += 400 * moves_in(outcome, cell, month);
      if (cell.policy == 1 && month > 0) moved += moves_in(outcome, cell, month);
      CAPTURE(cell.policy, month);
      REQUIRE(outcome.count("administration_cost", month, cell) == cost);
      REQUIRE(outcome.count("contribution", month, cell) == without.count("contribution", month, cell) - cost);
    }
  REQUIRE(moved > 100);
  CHECK(outcome.kpi("administration_cost", today) == 14 * 7.0);
  CHECK(without.kpi("levers", today) < outcome.kpi("levers", today));
}

TEST_CASE("closed months cost what months of the horizon do, but for what is spent once") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = administered(catalogue);
  study.policies[1].settings.pop_back();  // moves
  const Outcome outcome(study, catalogue);
  for (sim::Policy& policy : study.policies)
    std::erase_if(policy.settings, [&](const sim::PolicySetting& setting) {
      return setting.field != field_ref(catalogue, "service", "managers");
    });
  const Outcome without(study, catalogue);
  for (int after = 0; after < study.horizon.beyond; ++after) {
    CHECK(outcome.beyond("contribution", after, bands) == without.beyond("contribution", after, bands) - 4'750);
    CHECK(outcome.beyond("contribution", after, today) == without.beyond("contribution", after, today) - 700);
  }
  const double rate = 0.008;
  double value = 0;
  for (int month = study.horizon.months; month < study.horizon.months + study.horizon.beyond; ++month)
    value += 47.5 / std::pow(1 + rate, month);
  CHECK(without.kpi("value_beyond", bands) - outcome.kpi("value_beyond", bands) == Approx(value).epsilon(1e-6));
}

TEST_CASE("until a policy reaches somebody it costs what the baseline does, and starts in that month") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = administered(catalogue);
  study.policies[1].settings.pop_back();
  study.policies[1].rollout = {{5, 0.3}, {9}};
  sim::add_tiers_before(study);
  const Outcome outcome(study, catalogue);
  for (int month = 0; month < study.horizon.months; ++month)
    CHECK(outcome.count("administration_cost", month, bands) == (month < 5 ? 700 : 4'750 + (month == 5 ? 100'000 : 0)));
}

TEST_CASE("the firm's own costs are booked once, whatever blocks, threads, arms and portions there are") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = administered(catalogue);
  study.policies.resize(2);  // nobody meets
  std::erase_if(study.policies[1].settings, [&](const sim::PolicySetting& setting) {
    return setting.field == field_ref(catalogue, "service", "managers");
  });
  const Outcome whole(study, catalogue);
  for (const std::uint64_t portion : {50U, 333U})
    for (const unsigned threads : {1U, 3U})
      for (const std::size_t arms : {1U, 64U}) {
        sim::RunOptions options;
        options.customers_of_portion = portion;
        options.threads = threads;
        options.arms_together = arms;
        options.block_size = portion == 50 ? 64 : 256;
        const Outcome parts(study, catalogue, options);
        for (const auto& [cell, outcome] : whole.cells()) {
          REQUIRE(parts.cells().at(cell).counts == outcome.counts);
          REQUIRE(parts.cells().at(cell).beyond == outcome.beyond);
        }
      }
}

/// Keeps portions, as a disk does.
class Keeping final : public sim::Sink {
 public:
  void accept(sim::CellOutcome&& outcome) override { whole.insert_or_assign(outcome.cell, std::move(outcome)); }
  void accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) override {
    parts.insert_or_assign({outcome.cell, portion}, std::move(outcome));
  }
  std::map<std::pair<sim::Cell, sim::Portion>, sim::CellOutcome> parts;
  std::map<sim::Cell, sim::CellOutcome> whole;
};

TEST_CASE("a run that goes on from portions which were kept books the firm's costs once") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = administered(catalogue);
  study.policies.resize(1);
  const Outcome straight(study, catalogue);
  const sim::Plan plan(study, catalogue);
  Keeping first, again;
  sim::RunOptions options;
  options.customers_of_portion = 200;
  plan.run(sim::all_cells(study), first, options);
  REQUIRE(first.parts.size() > 4);
  std::size_t taken = 0;
  options.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) -> std::optional<sim::CellOutcome> {
    const auto found = first.parts.find({cell, portion});
    if (found == first.parts.end() || taken > first.parts.size() / 2) return std::nullopt;
    ++taken;
    return found->second;
  };
  plan.run(sim::all_cells(study), again, options);
  for (const auto& [cell, outcome] : straight.cells()) {
    REQUIRE(first.whole.at(cell).counts == outcome.counts);
    REQUIRE(again.whole.at(cell).counts == outcome.counts);
    REQUIRE(again.whole.at(cell).beyond == outcome.beyond);
  }
}

TEST_CASE("a price in a currency of large numbers that does not fit is told of") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 10, 2);
  set(study, catalogue, "administration", "once", {1e12});
  study.money_quantum = 1e-5;
  CHECK_THROWS_AS(Outcome(study, catalogue), sim::UserError);
}

}  // namespace
}  // namespace clientele::tests
