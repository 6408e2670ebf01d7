// The real catalogue: the same bits however a run is carried out, and the same luck whatever else is asked.
#include <atomic>

#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

using sim::Cell, sim::RunOptions;

void require_same(const Outcome& a, const Outcome& b) {
  REQUIRE(a.cells().size() == b.cells().size());
  for (const auto& [cell, outcome] : a.cells()) {
    REQUIRE(b.cells().at(cell).counts == outcome.counts);
    REQUIRE(b.cells().at(cell).histograms == outcome.histograms);
  }
}

/// Whether all metrics of the first months agree, over tiers (names and numbers of tiers differ between policies).
void require_same_until(const Outcome& outcome, const Cell& a, const Cell& b, int end) {
  for (const sim::MetricInfo& metric : outcome.info().metrics)
    for (int month = 0; month < end; ++month) {
      CAPTURE(metric.name, month);
      REQUIRE(outcome.count(metric.name, month, a) == outcome.count(metric.name, month, b));
    }
}

}  // namespace

TEST_CASE("threads, teams, block sizes, groups of arms and steps change nothing") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  const Outcome reference(study, catalogue, {.threads = 1});
  for (const sim::Engine engine : {sim::Engine::tbb, sim::Engine::threads})
    for (const unsigned threads : {1U, 2U, 3U, 8U})
      require_same(reference, Outcome(study, catalogue, {.engine = engine, .threads = threads, .block_size = 128}));
  for (const std::size_t block : {64U, 256U, 1024U})
    require_same(reference, Outcome(study, catalogue, {.threads = 2, .block_size = block}));
  for (const std::size_t arms : {1U, 2U, 5U})
    require_same(reference, Outcome(study, catalogue, {.threads = 2, .arms_together = arms}));
  require_same(reference, Outcome(study, catalogue, {.threads = 2, .block_size = 192, .in_step = true}));
}

TEST_CASE("policies that never meet run freely and in step alike") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.policies.pop_back();  // rank meets
  require_same(Outcome(study, catalogue, {.threads = 1}), Outcome(study, catalogue, {.threads = 1, .in_step = true}));
}

TEST_CASE("a policy beside itself differs by exactly nothing") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.policies.push_back(study.policies[2]);
  study.policies.back().name = "again";
  const Outcome outcome(study, catalogue);
  for (std::uint32_t scenario = 0; scenario < 2; ++scenario)
    for (std::uint32_t replication = 0; replication < 2; ++replication)
      REQUIRE(outcome.cells().at({scenario, 2, 0, replication}).counts ==
              outcome.cells().at({scenario, 3, 0, replication}).counts);
}

TEST_CASE("a policy or a scenario more changes no other cell") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = wide_study(catalogue);
  sim::Study more = study;
  more.policies.push_back(policy_of(catalogue, "flat", "everyone", {{"all", {}, {}, gets(catalogue, 0.1, 90)}}));
  more.scenarios.push_back({"boom", {{driver_number(catalogue, "demand"), 3.0, 0, {}, 0, {}}}});
  const Outcome few(study, catalogue), many(more, catalogue);
  REQUIRE(many.cells().size() == 24);
  for (const auto& [cell, outcome] : few.cells()) REQUIRE(many.cells().at(cell).counts == outcome.counts);
}

TEST_CASE("replication k of ten is replication k of twenty") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue, 200);
  study.replications = 10;
  const Outcome ten(study, catalogue);
  study.replications = 20;
  const Outcome twenty(study, catalogue);
  for (const auto& [cell, outcome] : ten.cells()) REQUIRE(twenty.cells().at(cell).counts == outcome.counts);
  REQUIRE(twenty.cells().at({0, 0, 0, 0}).counts != twenty.cells().at({0, 0, 0, 19}).counts);
}

TEST_CASE("draw k of two is draw k of three, and nothing is drawn for who is sure") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue, 300);
  study.uncertain = {
      {field_ref(catalogue, "purchasing", "elasticity"), 0, "purchasing.elasticity", {sim::Family::uniform, {-4, -1}}}};
  study.draws = 2;
  const Outcome two(study, catalogue);
  study.draws = 3;
  study.uncertain.insert(study.uncertain.begin(), {field_ref(catalogue, "accounting", "capital_cost"),
                                                   0,
                                                   "accounting.capital_cost",
                                                   {sim::Family::constant, {0.08F}}});
  const Outcome three(study, catalogue);
  for (const auto& [cell, outcome] : two.cells()) REQUIRE(three.cells().at(cell).counts == outcome.counts);
  REQUIRE(two.cells().at({0, 1, 0, 0}).counts != two.cells().at({0, 1, 1, 0}).counts);
}

TEST_CASE("a behavior more changes no other behavior's metrics") {
  const sim::Catalogue catalogue = wide_catalogue(), larger = wide_catalogue_and_complaints();
  const Outcome before(wide_study(catalogue), catalogue), after(wide_study(larger), larger);
  REQUIRE(after.info().metrics.size() == before.info().metrics.size() + 1);
  for (const auto& [cell, unused] : before.cells()) {
    for (const sim::MetricInfo& metric : before.info().metrics)
      for (int month = 0; month < before.months(); ++month)
        for (std::size_t tier = 0; tier < before.info().tiers; ++tier)
          REQUIRE(after.in_tier(metric.name, month, tier, cell) == before.in_tier(metric.name, month, tier, cell));
    CHECK(after.total("complaints", cell) > 0);
  }
}

TEST_CASE("scenarios are identical until their first differing shock") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome outcome(wide_study(catalogue), catalogue);
  for (std::uint32_t policy = 0; policy < 3; ++policy) {
    require_same_until(outcome, {0, policy, 0, 0}, {1, policy, 0, 0}, 5);
    REQUIRE(outcome.count("orders", 6, {0, policy, 0, 0}) > outcome.count("orders", 6, {1, policy, 0, 0}));
  }
}

TEST_CASE("policies are identical until their first differing act") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  SECTION("which is the fork where customers have a past") {
    const Outcome outcome(study, catalogue);
    REQUIRE(outcome.count("customers", 0) == outcome.count("customers", 0, {0, 2, 0, 0}));
    REQUIRE(outcome.count("orders", 0) < outcome.count("orders", 0, {0, 2, 0, 0}));
  }
  SECTION("which is the first review of a past where they have none") {
    study.horizon.warmup = 0;
    const Outcome outcome(study, catalogue);
    for (const std::uint32_t policy : {1U, 2U}) {
      require_same_until(outcome, {0, 0, 0, 0}, {0, policy, 0, 0}, 3);
      REQUIRE(outcome.count("orders", 3) < outcome.count("orders", 3, {0, policy, 0, 0}));
    }
  }
}

TEST_CASE("progress tells every active customer-month once, running freely and in step") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue, 3'000);
  for (const std::size_t policies : {3U, 2U}) {  // with the third, customers meet
    study.policies.resize(policies);
    for (const unsigned threads : {1U, 3U}) {
      std::atomic<std::uint64_t> told = 0, calls = 0;
      sim::RunOptions options{.threads = threads, .block_size = 64};
      options.progress = [&](std::uint64_t customer_months) { told += customer_months, ++calls; };
      const Outcome outcome(study, catalogue, options);
      std::uint64_t lived = 0;
      for (const auto& [cell, unused] : outcome.cells())
        lived += static_cast<std::uint64_t>(outcome.total("customers", cell));
      REQUIRE(told == lived);
      REQUIRE(outcome.report().customer_months == lived);
      REQUIRE(calls > 4);
    }
  }
}

TEST_CASE("three policies in two scenarios make as much luck as one, but for orders that only some place") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  const std::uint64_t all = Outcome(study, catalogue, {.threads = 1}).report().philox_blocks;
  study.scenarios.resize(1);
  study.policies.resize(1);
  const std::uint64_t one = Outcome(study, catalogue, {.threads = 1}).report().philox_blocks;
  CHECK(all >= one);
  CHECK(static_cast<double>(all) < 1.15 * static_cast<double>(one));
}

}  // namespace clientele::tests
