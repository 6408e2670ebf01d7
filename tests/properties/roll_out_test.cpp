// A policy that rolls out: whom it reaches, and that everybody else lives as under the baseline, bit for bit.
#include "sim/roll_out.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/same_outcomes.hpp"
#include "tests/support/wide_study.hpp"

namespace clientele::tests {

namespace {

constexpr std::uint32_t today = 0, bands = 1, ranked = 2;

/// wide_study, with a policy that rolls out beside its baseline.
sim::Study rolling(const sim::Catalogue& catalogue, std::uint32_t baseline, std::uint32_t policy,
                   std::vector<sim::RollOut> steps) {
  sim::Study study = wide_study(catalogue);
  study.baseline = baseline;
  study.policies[policy].rollout = std::move(steps);
  sim::add_tiers_before(study);
  return study;
}

/// Every metric of a tier and group in a month of the horizon or of those beyond it.
std::vector<std::int64_t> metrics_of(const Outcome& outcome, const sim::Cell& cell, std::size_t month, std::size_t tier,
                                     std::size_t group) {
  const sim::OutcomeInfo& info = outcome.info();
  const sim::CellOutcome& counted = outcome.cells().at(cell);
  const bool beyond = month >= info.months;
  const std::size_t metrics = beyond ? info.metrics_beyond().size() : info.metrics.size();
  const std::size_t at = (((beyond ? month - info.months : month) * info.tiers + tier) * info.groups + group) * metrics;
  const auto& all = beyond ? counted.beyond : counted.counts;
  return {all.begin() + static_cast<std::ptrdiff_t>(at), all.begin() + static_cast<std::ptrdiff_t>(at + metrics)};
}

std::size_t all_months(const Outcome& outcome) { return outcome.info().months + outcome.info().months_beyond; }

/// Who is not reached in some months is as in the baseline's arm, tier by tier.
void require_as_before(const Outcome& outcome, const sim::Study& study, std::uint32_t policy, std::size_t end,
                       std::size_t groups) {
  const std::size_t own = sim::own_tiers(study.policies[policy]).size();
  std::int64_t customers = 0;
  for (const auto& [cell, unused] : outcome.cells()) {
    if (cell.policy != policy) continue;
    sim::Cell before = cell;
    before.policy = study.baseline;
    for (std::size_t month = 0; month < end; ++month)
      for (std::size_t tier = 0; tier < study.policies[policy].before; ++tier)
        for (std::size_t group = 0; group < groups; ++group) {
          const auto lived = metrics_of(outcome, cell, month, own + tier, group);
          REQUIRE(lived == metrics_of(outcome, before, month, tier, group));
          customers += lived.front();
        }
  }
  REQUIRE(customers > 1000);
}

}  // namespace

TEST_CASE("until its first month a policy is the baseline, whatever the two sort by") {
  const sim::Catalogue catalogue = wide_catalogue();
  for (const auto& [baseline, policy] : {std::pair(today, bands), {today, ranked}, {ranked, bands}, {bands, ranked}}) {
    const sim::Study study = rolling(catalogue, baseline, policy, {{6}});
    const Outcome outcome(study, catalogue);
    require_as_before(outcome, study, policy, 6, 2);
    const std::size_t own = sim::own_tiers(study.policies[policy]).size();
    for (std::size_t tier = 0; tier < own; ++tier)
      for (int month = 0; month < 6; ++month)
        REQUIRE(outcome.in_tier("customers", month, tier, {0, policy, 0, 0}) == 0);
    for (std::size_t tier = own; tier < outcome.info().tiers; ++tier)
      REQUIRE(outcome.in_tier("customers", 6, tier, {0, policy, 0, 0}) == 0);
    REQUIRE(outcome.count("discount_given", 6, {0, policy, 0, 0}) > 0);
  }
}

TEST_CASE("a step among the closed months is felt there, and not before") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = rolling(catalogue, today, ranked, {{16}});  // of 14 months and 5 closed ones
  const Outcome outcome(study, catalogue);
  require_as_before(outcome, study, ranked, outcome.info().months + 2, 2);
  const auto reached = [&](std::size_t closed) {
    return metrics_of(outcome, {0, ranked, 0, 0}, outcome.info().months + closed, 0, 0).front();
  };
  CHECK(reached(1) == 0);
  CHECK(reached(2) > 0);
}

TEST_CASE("a group that is not reached lives as under the baseline to the end, with the cuts of the baseline's arm") {
  const sim::Catalogue catalogue = wide_catalogue();
  for (const auto& [baseline, policy] : {std::pair(today, ranked), {ranked, bands}, {bands, ranked}}) {
    const sim::Study study = rolling(catalogue, baseline, policy, {{4, 1, 1}});
    const Outcome outcome(study, catalogue);
    require_as_before(outcome, study, policy, all_months(outcome), 1);
  }
}

TEST_CASE("by share: the same customers are reached under every policy, and the others cannot tell which one it is") {
  const sim::Catalogue catalogue = wide_catalogue();
  sim::Study study = wide_study(catalogue);
  study.policies.push_back(study.policies[today]);
  study.policies.back().name = "as today";
  const std::uint32_t copy = 3;
  for (const std::uint32_t policy : {bands, ranked, copy}) study.policies[policy].rollout = {{2, 0.4}, {7, 0.6}};
  sim::add_tiers_before(study);
  const Outcome outcome(study, catalogue);
  for (const std::uint32_t scenario : {0U, 1U}) {
    std::int64_t reached = 0, all = 0;
    for (std::size_t month = 0; month < all_months(outcome); ++month)
      for (std::size_t group = 0; group < 2; ++group) {
        const auto not_reached = metrics_of(outcome, {scenario, copy, 0, 0}, month, 1, group);
        for (const std::uint32_t policy : {bands, ranked})
          REQUIRE(metrics_of(outcome, {scenario, policy, 0, 0}, month, sim::own_tiers(study.policies[policy]).size(),
                             group) == not_reached);
        // Reached or not, a policy that grants the same as the baseline is the baseline.
        auto both = metrics_of(outcome, {scenario, copy, 0, 0}, month, 0, group);
        if (month == 9) reached += both.front(), all += both.front() + not_reached.front();
        for (std::size_t m = 0; m < both.size(); ++m) both[m] += not_reached[m];
        REQUIRE(both == metrics_of(outcome, {scenario, today, 0, 0}, month, 0, group));
      }
    // 0.6 +- 4 standard errors of about 900 customers.
    REQUIRE(std::abs(static_cast<double>(reached) / static_cast<double>(all) - 0.6) < 0.065);
  }
}

TEST_CASE("who is reached is reviewed in that month, and quotas are of those who are reached") {
  const sim::Catalogue catalogue = wide_catalogue();
  const sim::Study study = rolling(catalogue, today, ranked, {{4, 0.5}});  // the rule reviews in months 0, 3, 6
  const Outcome outcome(study, catalogue);
  const sim::OutcomeInfo& info = outcome.info();
  for (const auto& [cell, counted] : outcome.cells()) {
    if (cell.policy != ranked) continue;
    const auto moved = [&](std::size_t from, std::size_t to) {
      std::int64_t sum = 0;
      for (std::size_t group = 0; group < 2; ++group)
        sum += counted.flows[((4 * info.tiers + from) * info.tiers + to) * info.groups + group];
      return sum;
    };
    const std::int64_t a = moved(3, 0), b = moved(3, 1), c = moved(3, 2), n = a + b + c;
    REQUIRE(n > 300);
    REQUIRE(a == static_cast<std::int64_t>(std::floor(0.2 * static_cast<double>(n) + 0.5)));
    REQUIRE(a + b == static_cast<std::int64_t>(std::floor(0.5 * static_cast<double>(n) + 0.5)));
  }
}

TEST_CASE("a policy that reaches everybody at month 0 is one that does not roll out") {
  const sim::Catalogue catalogue = wide_catalogue();
  const Outcome plain(wide_study(catalogue), catalogue);
  for (const std::uint32_t policy : {bands, ranked}) {
    const Outcome outcome(rolling(catalogue, today, policy, {{0}}), catalogue);
    for (const auto& [cell, unused] : plain.cells()) {
      const auto all_tiers = [&, at = cell](const Outcome& of, std::size_t month, std::size_t group) {
        std::vector<std::int64_t> sums = metrics_of(of, at, month, 0, group);
        for (std::size_t tier = 1; tier < of.info().tiers; ++tier) {
          const auto more = metrics_of(of, at, month, tier, group);
          for (std::size_t m = 0; m < sums.size(); ++m) sums[m] += more[m];
        }
        return sums;
      };
      for (std::size_t month = 0; month < all_months(plain); ++month)
        for (std::size_t group = 0; group < 2; ++group)
          REQUIRE(all_tiers(outcome, month, group) == all_tiers(plain, month, group));
      for (std::size_t tier = 0; tier < plain.info().tiers; ++tier)
        for (int month = 0; month < plain.months(); ++month)
          for (const char* metric : {"customers", "orders", "revenue", "care_cost"})
            REQUIRE(outcome.in_tier(metric, month, tier, cell) == plain.in_tier(metric, month, tier, cell));
    }
  }
}

TEST_CASE("arms, blocks, meetings, portions and what else is asked change no cell of a policy that rolls out") {
  const sim::Catalogue catalogue = wide_catalogue();
  for (const auto& [baseline, policy] : {std::pair(today, bands), {ranked, bands}, {bands, ranked}}) {
    const sim::Study study = rolling(catalogue, baseline, policy, {{3, 0.3}, {5, 1, 1}, {8, 0.7}});
    const Outcome reference(study, catalogue, {.threads = 1});
    for (const std::size_t arms : {1U, 2U, 4U})
      require_same(reference, Outcome(study, catalogue, {.threads = 2, .block_size = 64, .arms_together = arms}));
    sim::RunOptions spoiled{.threads = 1, .block_size = 128, .in_step = true};
    spoiled.scratch = sim::Scratch::spoiled;
    require_same(reference, Outcome(study, catalogue, spoiled));
    require_same(reference, Outcome(study, catalogue, {.threads = 2, .customers_of_portion = 300}));
    // Alone: the baseline is simulated beside it, and not delivered.
    sim::MemorySink sink;
    const sim::RunReport report = sim::Plan(study, catalogue).run({{1, policy, 0, 1}}, sink, {.threads = 1});
    REQUIRE(sink.outcomes().size() == 1);
    REQUIRE(sink.outcomes().begin()->second.counts == reference.cells().at({1, policy, 0, 1}).counts);
    REQUIRE(report.customer_months ==
            static_cast<std::uint64_t>(reference.total("customers", {1, policy, 0, 1}) +
                                       reference.total_beyond("customers", {1, policy, 0, 1})));
  }
}

TEST_CASE("shares of a step count those reached before, and a group's own step does not take anybody back") {
  sim::Policy policy;
  CHECK(sim::reached_share(policy, 0, 0) == 1);
  policy.rollout = {{3, 0.3}, {5, 1, 1}, {8, 0.7}};
  CHECK(sim::reached_share(policy, 0, 2) == 0);
  CHECK(sim::reached_share(policy, 0, 3) == 0.3);
  CHECK(sim::reached_share(policy, 0, 7) == 0.3);
  CHECK(sim::reached_share(policy, 1, 5) == 1);
  CHECK(sim::reached_share(policy, 0, 20) == 0.7);
  CHECK(sim::reached_share(policy, 1, 20) == 1);
  CHECK(sim::is_step_of_roll_out(policy, 5));
  CHECK_FALSE(sim::is_step_of_roll_out(policy, 6));
}

}  // namespace clientele::tests
