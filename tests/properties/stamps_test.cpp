// A behavior that acts on others, keeps a ledger of lots and costs money, and changes no file but its own.
#include "sim/roll_out.hpp"
#include "tests/reference/compare.hpp"
#include "tests/reference/models/real_cell.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/stamps_in_an_hour.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

sim::Catalogue catalogue_with_stamps() {
  sim::Catalogue all = wide_catalogue();
  add_stamps(all);
  return all;
}

sim::Study study_with_stamps(const sim::Catalogue& catalogue, std::uint64_t customers = 900) {
  sim::Study study = wide_study(catalogue, customers);
  set(study, catalogue, "stamps", "earn", {0.1});
  study.policies[1].tiers[0].levers.push_back({field_ref(catalogue, "stamps", "validity"), 12});
  study.policies[1].tiers[1].levers.push_back({field_ref(catalogue, "stamps", "validity"), 2});
  return study;
}

/// The product's catalogue and stamps: what the scalar simulator lives as well.
sim::Catalogue twinned_catalogue() {
  sim::Catalogue all = models::catalogue();
  add_stamps(all);
  return all;
}

void require_twin(const sim::Study& study, const sim::Catalogue& catalogue) {
  sim::RunOptions small{.threads = 2, .block_size = 64}, large{.threads = 1, .block_size = 1024, .arms_together = 2};
  large.in_step = true;
  REQUIRE(first_difference<RealCell>(study, catalogue, small).value_or("none") == "none");
  REQUIRE(first_difference<RealCell>(study, catalogue, large).value_or("none") == "none");
}

}  // namespace

TEST_CASE("stamps that are held long or briefly, spent or kept, or off: every count is the scalar simulator's") {
  struct Terms {
    double earn, validity, spend, value;
  };
  const sim::Catalogue catalogue = twinned_catalogue();
  for (const auto& [earn, validity, spend, value] :
       {Terms{0, 6, 0.1, 0.01}, Terms{0.1, 0, 0.6, 0.01}, Terms{0.3, 1, 0.1, 2}, Terms{0.1, 24, 1, 0.3},
        Terms{0.02, 9, 0, 0.01}}) {
    CAPTURE(earn, validity, spend);
    sim::Study study = study_with_stamps(catalogue, 350);
    study.replications = 1;
    set(study, catalogue, "stamps", "earn", {earn});
    set(study, catalogue, "stamps", "validity", {validity});
    set(study, catalogue, "stamps", "spend", {spend});
    set(study, catalogue, "stamps", "value", {value});
    require_twin(study, catalogue);
  }
}

TEST_CASE("stamps by group, by draw and by a policy that rolls out: every count is the scalar simulator's") {
  const sim::Catalogue catalogue = twinned_catalogue();
  sim::Study study = study_with_stamps(catalogue, 300);
  const sim::FieldRef validity = field_ref(catalogue, "stamps", "validity");
  study.population.groups[1].overrides.push_back({validity, {0, {3}}});
  study.population.groups[1].overrides.push_back({field_ref(catalogue, "stamps", "enough"), {0, {40}}});
  study.population.groups[1].overrides.push_back({field_ref(catalogue, "stamps", "stay"), {0, {-1}}});
  set(study, catalogue, "churn", "base_hazard", {0.06});
  study.baseline = 1;
  study.draws = 2;
  study.replications = 1;
  study.uncertain = {{validity, 0, "stamps.validity", {sim::Family::uniform, {1, 15}}},
                     {field_ref(catalogue, "stamps", "spend"), 0, "stamps.spend", {sim::Family::beta, {0.3F, 2}}}};
  study.policies[2].rollout = {{1, 0.3}, {6, 1}};
  sim::add_tiers_before(study);
  require_twin(study, catalogue);
  set(study, catalogue, "churn", "leaving", {1});  // at the month's end
  require_twin(study, catalogue);
}

TEST_CASE("stamps balance in every cell, and each of them is earned, spent, ended or still there") {
  const sim::Catalogue catalogue = catalogue_with_stamps();
  const Outcome outcome(study_with_stamps(catalogue), catalogue);  // the engine checks every month and group
  for (const auto& [cell, unused] : outcome.cells()) {
    for (const char* metric : {"stamps_opening", "stamps_earned", "stamps_spent", "stamps_ended", "stamps_cost"})
      REQUIRE(outcome.total(metric, cell) > 0);
    REQUIRE(outcome.total("stamps_opening", cell) + outcome.total("stamps_earned", cell) -
                outcome.total("stamps_spent", cell) - outcome.total("stamps_ended", cell) ==
            outcome.count("stamps", outcome.months() - 1, cell));
  }
}

TEST_CASE("stamps that nobody spends end after their validity, to the unit") {
  const sim::Catalogue catalogue = catalogue_with_stamps();
  sim::Study study = study_with_stamps(catalogue);
  set(study, catalogue, "stamps", "spend", {0});
  study.policies.resize(1);
  for (const int validity : {0, 1, 6}) {
    set(study, catalogue, "stamps", "validity", {static_cast<double>(validity)});
    const Outcome outcome(study, catalogue);
    for (const auto& [cell, unused] : outcome.cells())
      for (int month = validity; month < outcome.months(); ++month)
        REQUIRE(outcome.count("stamps_ended", month, cell) == outcome.count("stamps_earned", month - validity, cell));
  }
}

TEST_CASE("stamps that nobody earns change nothing else, and take no memory") {
  const sim::Catalogue with = catalogue_with_stamps(), without = wide_catalogue();
  const sim::Study off = wide_study(with), plain = wide_study(without);
  const Outcome outcome(off, with), before(plain, without);
  for (const auto& [cell, unused] : before.cells())
    for (const sim::MetricInfo& metric : before.info().metrics)
      for (int month = 0; month < before.months(); ++month)
        REQUIRE(outcome.count(metric.name, month, cell) == before.count(metric.name, month, cell));
  REQUIRE(outcome.report().bytes_per_customer_arm == before.report().bytes_per_customer_arm);
  for (const char* metric :
       {"stamps", "stamps_opening", "stamps_earned", "stamps_spent", "stamps_ended", "stamps_cost"})
    REQUIRE(std::ranges::find(outcome.info().metrics, metric, &sim::MetricInfo::name)->is_zero);
}

TEST_CASE("stamps raise orders, lower leaving, and what they cost comes off contribution in full") {
  const sim::Catalogue catalogue = catalogue_with_stamps();
  sim::Study study = study_with_stamps(catalogue);
  const Outcome outcome(study, catalogue);
  set(study, catalogue, "stamps", "earn", {0});
  const Outcome none(study, catalogue);
  for (const auto& [cell, unused] : outcome.cells()) {
    REQUIRE(outcome.total("orders", cell) > none.total("orders", cell));
    REQUIRE(outcome.total("left", cell) < none.total("left", cell));
    for (int month = 0; month < outcome.months(); ++month) {
      const auto of = [&](const char* metric) { return outcome.count(metric, month, cell); };
      REQUIRE(of("contribution") == of("gross_margin") - of("discount_given") - of("logistics_cost") - of("care_cost") -
                                        of("expedite_cost") - of("acquisition_cost") - of("stamps_cost") -
                                        of("insurance_cost") - of("written_off") - of("credited") -
                                        of("rebate_accrued") - of("offer_cost") + of("surcharges") - of("returned") +
                                        of("goods_returned") - of("returns_cost"));
    }
  }
}

TEST_CASE("blocks, arms, portions and scratch memory change no stamp") {
  const sim::Catalogue catalogue = catalogue_with_stamps();
  const sim::Study study = study_with_stamps(catalogue);
  const Outcome reference(study, catalogue, {.threads = 1});
  require_same(reference, Outcome(study, catalogue, {.threads = 2, .block_size = 64, .arms_together = 1}));
  require_same(reference, Outcome(study, catalogue, {.threads = 2, .customers_of_portion = 300}));
  sim::RunOptions spoiled{.threads = 1, .block_size = 192, .in_step = true};
  spoiled.scratch = sim::Scratch::spoiled;
  require_same(reference, Outcome(study, catalogue, spoiled));
}

}  // namespace clientele::tests
