// Why a policy differs: who keeps tiers is never moved again, chance fills tiers of the same sizes, causes that a study
// does not have come to nothing, and the three add up to the whole.
#include "sim/why.hpp"

#include <algorithm>

#include "output/comparison/comparison.hpp"
#include "output/comparison/why.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

namespace {

using Outcomes = std::map<sim::Cell, sim::CellOutcome>;

sim::Policy policy(const sim::Catalogue& catalogue, std::string_view rule, std::vector<sim::Tier> tiers) {
  sim::Policy made{"new", segmentation_number(catalogue, rule), {}, std::move(tiers), 0};
  made.values = catalogue.segmentations()[made.segmentation].fields.standards();
  made.entry = static_cast<std::uint32_t>(made.tiers.size() - 1);
  return made;
}

std::vector<sim::Tier::Setting> care(const sim::Catalogue& catalogue, double money) {
  return {{field_ref(catalogue, "service", "care"), money}};
}
std::vector<sim::Tier::Setting> discount(const sim::Catalogue& catalogue, double share) {
  return {{field_ref(catalogue, "purchasing", "discount"), share}};
}

/// Two years after one of warm-up, in which customers leave and others follow; policy 1 and, behind it, the two that
/// keep its tiers: 2 those of its review, 3 by chance. (4 and 5 are tests/properties/channels_test.cpp's.)
sim::Study study_of(const sim::Catalogue& catalogue, sim::Policy asked) {
  sim::Study study = default_study(catalogue, 500, 24);
  study.horizon.warmup = 12;
  study.population.arrivals = sim::Arrivals::as_before;
  study.replications = 4;
  study.policies.push_back(std::move(asked));
  study.why = true;
  return sim::with_why(study);
}

Outcomes lived(const sim::Study& study, const sim::Catalogue& catalogue) {
  sim::MemorySink sink;
  sim::Plan(study, catalogue).run(sim::all_cells(study), sink);
  return sink.outcomes();
}

/// How many a review put into each tier in a month, all groups together.
std::vector<std::int64_t> put_into(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info, std::size_t month) {
  std::vector<std::int64_t> customers(info.tiers);
  for (std::size_t from = 0; from < info.tiers; ++from)
    for (std::size_t to = 0; to < info.tiers; ++to)
      for (std::size_t group = 0; group < info.groups; ++group)
        customers[to] += outcome.flows[((month * info.tiers + from) * info.tiers + to) * info.groups + group];
  return customers;
}

/// Counts of a cell, all tiers together: baselines and policies have others.
std::vector<std::int64_t> without_tiers(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info) {
  const std::size_t inner = info.groups * info.metrics.size();
  std::vector<std::int64_t> sums(info.months * inner);
  for (std::size_t at = 0; at < outcome.counts.size(); ++at)
    sums[at / (info.tiers * inner) * inner + at % inner] += outcome.counts[at];
  return sums;
}

bool same_lives(const sim::CellOutcome& one, const sim::CellOutcome& other) {
  return one.counts == other.counts && one.beyond == other.beyond && one.flows == other.flows;
}

}  // namespace

TEST_CASE("who keeps tiers is sorted once, by the rule or by chance into tiers of the same sizes") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study =
      study_of(catalogue,
               policy(catalogue, "spend",
                      {{"gold", {}, 60000.0, care(catalogue, 90)}, {"silver", {}, 9000.0, {}}, {"rest", {}, {}, {}}}));
  REQUIRE(study.policies.size() == 6);
  CHECK(study.policies[2].name == "new, held");
  CHECK(study.policies[3].name == "new, at random");
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const Outcomes outcomes = lived(study, catalogue);
  for (std::uint32_t r = 0; r < study.replications; ++r) {
    const auto& moved = outcomes.at({0, 1, 0, r});
    const auto& held = outcomes.at({0, 2, 0, r});
    const auto& by_chance = outcomes.at({0, 3, 0, r});
    const auto sizes = put_into(moved, info, 0);
    CHECK(std::ranges::count(sizes, 0) == 0);
    CHECK(put_into(held, info, 0) == sizes);
    CHECK(put_into(by_chance, info, 0) == sizes);
    CHECK_FALSE(same_lives(held, by_chance));
    CHECK_FALSE(same_lives(moved, held));
    for (std::size_t month = 1; month < info.months; ++month) {
      CHECK(std::ranges::count(put_into(held, info, month), 0) == 3);
      CHECK(std::ranges::count(put_into(by_chance, info, month), 0) == 3);
    }
  }
}

TEST_CASE("a policy that sorts by chance itself selects nobody, whatever it grants") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const bool by_sales : {false, true}) {
    const auto granted = by_sales ? discount(catalogue, 0.05) : care(catalogue, 90);
    const sim::Study study = study_of(
        catalogue, policy(catalogue, "random", {{"A", 0.2, {}, granted}, {"B", 0.3, {}, {}}, {"C", {}, {}, {}}}));
    CHECK(sim::is_granted_on_sales(study.policies[1], catalogue) == by_sales);
    const Outcomes outcomes = lived(study, catalogue);
    for (std::uint32_t r = 0; r < study.replications; ++r)
      CHECK(same_lives(outcomes.at({0, 2, 0, r}), outcomes.at({0, 3, 0, r})));
  }
}

TEST_CASE("a review that puts all customers into one tier selects nobody") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double from : {0.0, 1e9}) {
    const sim::Study study = study_of(
        catalogue, policy(catalogue, "spend", {{"gold", {}, from, discount(catalogue, 0.05)}, {"rest", {}, {}, {}}}));
    const Outcomes outcomes = lived(study, catalogue);
    for (std::uint32_t r = 0; r < study.replications; ++r)
      CHECK(same_lives(outcomes.at({0, 2, 0, r}), outcomes.at({0, 3, 0, r})));
  }
}

TEST_CASE("tiers that all get what the baseline gives treat nobody, to the last count") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(catalogue, policy(catalogue, "rank", {{"A", 0.2, {}, {}}, {"B", {}, {}, {}}}));
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const Outcomes outcomes = lived(study, catalogue);
  for (std::uint32_t r = 0; r < study.replications; ++r)
    CHECK(without_tiers(outcomes.at({0, 3, 0, r}), info) == without_tiers(outcomes.at({0, 0, 0, r}), info));
}

TEST_CASE("the three causes add up to the whole, and all of one that a study does not have is none") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study =
      study_of(catalogue, policy(catalogue, "rank", {{"A", 0.2, {}, discount(catalogue, 0.05)}, {"B", {}, {}, {}}}));
  const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
  const Outcomes outcomes = lived(study, catalogue);
  const output::ComparisonInput input = output::input_of(study, info, {}, outcomes);
  CHECK(output::has_why(input));
  CHECK(input.is_stated(1));
  CHECK_FALSE(input.is_stated(2));
  output::Question question;
  question.scenarios = {0};
  question.policies = {0, 1, 2, 3};
  question.kpis = {"npv", "dso"};
  const output::Comparison comparison = output::compare(input, question);
  REQUIRE(comparison.answer);
  CHECK(comparison.answer->rivals == 1);
  CHECK(comparison.answer->policy == 1);
  const output::Why why = output::why_of(input, comparison);
  REQUIRE(why.kpis.size() == 2);
  CHECK(why.without_reason.empty());
  for (const output::WhyKpi& kpi : why.kpis) {
    REQUIRE(kpi.arms.size() == 1);
    const output::WhyArm& arm = kpi.arms.front();
    CHECK(arm.held == 2);
    CHECK(arm.at_random == 3);
    CHECK(arm.all.average.mean == Approx(comparison.kpis.front().words.name == kpi.words.name
                                             ? comparison.kpis.front().arms[1].against->average.mean
                                             : arm.all.average.mean));
    const double parts = arm.treatment.average.mean + arm.selection.average.mean + arm.moves.average.mean;
    CHECK(parts == Approx(arm.all.average.mean).epsilon(1e-9));
    CHECK(arm.treatment.average.mean != 0);
    CHECK(arm.selection.average.mean != 0);
    CHECK(arm.moves.average.mean != 0);
    CHECK(arm.selection.average.half_width > 0);
  }
}

TEST_CASE("the baseline and who rolls out are not split; a name that is taken is refused; who asks for none has none") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = default_study(catalogue, 100, 12);
  study.policies.push_back(policy(catalogue, "rank", {{"A", 0.2, {}, {}}, {"B", {}, {}, {}}}));
  CHECK(sim::with_why(study).policies.size() == 2);
  study.why = true;
  CHECK_FALSE(sim::is_split_by_cause(study, 0));
  CHECK(sim::is_split_by_cause(study, 1));
  CHECK(sim::with_why(study).policies.size() == 6);
  CHECK_FALSE(sim::is_split_by_cause(sim::with_why(study), 2));
  CHECK(sim::without_why(sim::with_why(study)).policies.size() == 2);
  study.policies[1].rollout = {{3, 0.5}};
  CHECK_FALSE(sim::is_split_by_cause(study, 1));
  study.policies[1].rollout = {};
  study.policies.push_back(study.policies[0]);
  study.policies[2].name = "new, held";
  CHECK_THROWS_WITH(sim::with_why(study), contains("Did you mean another name?"));
}

}  // namespace clientele::tests
