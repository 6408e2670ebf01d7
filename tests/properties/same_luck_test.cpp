// The real catalogue has the same luck whatever else is asked: arms differ by what they do, and by nothing else.
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

using sim::Cell;

/// Whether all metrics of the first months agree, over tiers (names and numbers of tiers differ between policies).
void require_same_until(const Outcome& outcome, const Cell& a, const Cell& b, int end) {
  for (const sim::MetricInfo& metric : outcome.info().metrics)
    for (int month = 0; month < end; ++month) {
      CAPTURE(metric.name, month);
      REQUIRE(outcome.count(metric.name, month, a) == outcome.count(metric.name, month, b));
    }
}

}  // namespace

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

TEST_CASE("neither the order of policies nor that of later scenarios has a part in any cell") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.scenarios.push_back({"boom", {{driver_number(catalogue, "demand"), 1.3, 2, {}, 0, {}}}});
  sim::Study turned = study;
  std::swap(turned.policies[0], turned.policies[2]);
  turned.baseline = 2;
  std::swap(turned.scenarios[1], turned.scenarios[2]);
  const Outcome outcome(study, catalogue), other(turned, catalogue);
  for (const auto& [cell, lived] : outcome.cells())
    REQUIRE(other.cells().at({(3 - cell.scenario) % 3, 2 - cell.policy, 0, cell.replication}).counts == lived.counts);
}

TEST_CASE("a longer horizon changes no month before its end") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.horizon.run_off = 0;
  const Outcome shorter(study, catalogue);
  study.horizon.months = 20;
  const Outcome longer(study, catalogue);
  for (const auto& [cell, lived] : shorter.cells()) {
    const auto& all = longer.cells().at(cell).counts;
    REQUIRE(std::vector<std::int64_t>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(lived.counts.size())) ==
            lived.counts);
  }
}

TEST_CASE("a customer more in a file changes nobody else, where nobody is ranked against others") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = wide_study(catalogue);
  study.policies.pop_back();
  set(study, catalogue, "service", "care_exponent", {0});  // else care goes by what an account is worth beside the mean
  study.population.file = sim::CustomerFile{"customers.csv", "digest", {}, {}, {}};
  for (std::uint64_t n = 0; n < 500; ++n) {
    study.population.file->ids.push_back(n * 2654435761U % (1ULL << 48));
    study.population.file->groups.push_back(0);
  }
  sim::Study more = study;
  more.population.file->ids.insert(more.population.file->ids.begin() + 100, 4711);
  more.population.file->groups.insert(more.population.file->groups.begin() + 100, 1);
  const Outcome before(study, catalogue), after(more, catalogue);
  const std::size_t metrics = before.info().metrics.size();
  for (const auto& [cell, lived] : before.cells()) {
    const auto& counts = after.cells().at(cell).counts;
    std::int64_t of_the_new = 0;
    for (std::size_t at = 0; at < counts.size(); ++at)
      if (at / metrics % 2 == 0)
        REQUIRE(counts[at] == lived.counts[at]);
      else
        of_the_new += counts[at] != 0 ? 1 : 0;
    CHECK(of_the_new > 0);
  }
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
  study.uncertain.insert(study.uncertain.begin(), {field_ref(catalogue, "accounting", "discount_rate"),
                                                   0,
                                                   "accounting.discount_rate",
                                                   {sim::Family::constant, {0.01F}}});
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
    set(study, catalogue, "purchasing", "cut_pressure", {0});  // a cut that is seen acts before the review
    const Outcome outcome(study, catalogue);
    for (const std::uint32_t policy : {1U, 2U}) {
      require_same_until(outcome, {0, 0, 0, 0}, {0, policy, 0, 0}, 3);
      REQUIRE(outcome.count("orders", 3) < outcome.count("orders", 3, {0, policy, 0, 0}));
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
