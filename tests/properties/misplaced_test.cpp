// How far other tiers are from a yardstick's, counted once in month 0: nobody where all stand in one tier, everybody
// where they cannot, the same count whatever is simulated beside; and nothing at all where there is no yardstick.
#include <algorithm>
#include <cmath>

#include "sim/gains.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {

namespace {

using Outcomes = std::map<sim::Cell, sim::CellOutcome>;

sim::Policy policy(const sim::Catalogue& catalogue, std::string name, std::string_view rule, double share_of_first) {
  sim::Policy made{std::move(name), segmentation_number(catalogue, rule), {}, {}, 1};
  made.values = catalogue.segmentations()[made.segmentation].fields.standards();
  made.tiers = {{"A", share_of_first, {}, {}}, {"B", {}, {}, {}}};
  return made;
}

/// Policy 1 is by gains that are given; those behind it sort by sales and by chance.
sim::Study study_of(const sim::Catalogue& catalogue, double share_of_yardstick, double share_of_others) {
  sim::Study study = default_study(catalogue, 300, 6);
  study.horizon.warmup = 12;
  study.replications = 2;
  study.policies.push_back(policy(catalogue, "best", "best_response", share_of_yardstick));
  for (std::size_t of = 0; of < sim::classes_of_gain; ++of)
    study.policies[1].gains.push_back(static_cast<double>(of % 17));
  study.policies.push_back(policy(catalogue, "sales", "rank", share_of_others));
  study.policies.push_back(policy(catalogue, "chance", "random", share_of_others));
  return study;
}

Outcomes lived(const sim::Study& study, const sim::Catalogue& catalogue, const std::vector<sim::Cell>& cells,
               const sim::RunOptions& options = {}) {
  sim::MemorySink sink;
  sim::Plan(study, catalogue).run(cells, sink, options);
  return sink.outcomes();
}

struct Counted {
  std::int64_t placed = 0, misplaced = 0, reviewed = 0;  ///< in month 0
};
Counted counted(const sim::CellOutcome& outcome, const sim::OutcomeInfo& info) {
  Counted all;
  const std::size_t metrics = info.metrics.size(), of_month = info.tiers * info.groups * metrics;
  for (std::size_t at = 0; at < outcome.counts.size(); ++at) {
    const std::string& name = info.metrics[at % metrics].name;
    if (name == sim::metric_of_placed) all.placed += outcome.counts[at];
    if (name == sim::metric_of_misplaced) all.misplaced += outcome.counts[at];
    if (at >= of_month && (name == sim::metric_of_placed || name == sim::metric_of_misplaced))
      CHECK(outcome.counts[at] == 0);
  }
  for (std::size_t at = 0; at < info.tiers * info.tiers * info.groups; ++at) all.reviewed += outcome.flows[at];
  return all;
}

}  // namespace

TEST_CASE("who stands where the yardstick puts him is placed well, and all who do not are counted once") {
  const sim::Catalogue catalogue = models::catalogue();
  for (const double of_yardstick : {0.0, 0.3, 1.0})
    for (const double of_others : {0.0, 0.3, 1.0}) {
      const sim::Study study = study_of(catalogue, of_yardstick, of_others);
      const sim::Plan plan(study, catalogue);
      const Outcomes outcomes = lived(study, catalogue, sim::all_cells(study));
      const double apart = std::fabs(of_yardstick - of_others);
      INFO(of_yardstick << " " << of_others);
      for (const std::uint32_t p : {2U, 3U}) {
        const Counted all = counted(outcomes.at({0, p, 0, 1}), plan.info());
        CHECK(all.placed == all.reviewed);
        CHECK(all.placed > 250);
        if (apart == 0 && of_others != 0.3) CHECK(all.misplaced == 0);
        if (apart == 1) CHECK(all.misplaced == all.placed);
        if (of_yardstick == 0.3 && of_others == 0.3) {
          CHECK(all.misplaced > 0);
          CHECK(all.misplaced < all.placed);
        }
      }
      CHECK(counted(outcomes.at({0, 1, 0, 1}), plan.info()).placed == 0);  // the yardstick itself
      CHECK(counted(outcomes.at({0, 0, 0, 1}), plan.info()).placed == 0);  // one tier
    }
}

TEST_CASE("a cell that is held against a yardstick is the same one whatever is simulated beside it") {
  const sim::Catalogue catalogue = models::catalogue();
  const sim::Study study = study_of(catalogue, 0.3, 0.3);
  const Outcomes all = lived(study, catalogue, sim::all_cells(study));
  for (const std::size_t arms : {std::size_t{1}, std::size_t{2}, std::size_t{16}})
    for (const std::uint32_t p : {2U, 3U}) {
      sim::RunOptions options;
      options.arms_together = arms;
      options.in_step = arms == 2;
      options.block_size = 64;
      const Outcomes alone = lived(study, catalogue, {{0, p, 0, 0}}, options);
      REQUIRE(alone.size() == 1);
      CHECK(alone.at({0, p, 0, 0}).counts == all.at({0, p, 0, 0}).counts);
    }
}

TEST_CASE("without a yardstick of as many tiers nothing is counted, and no KPI tells of it") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of(catalogue, 0.3, 0.3);
  const auto tells = [&] {
    const sim::OutcomeInfo info = sim::Plan(study, catalogue).info();
    const bool has_kpi = std::ranges::find(info.kpis, sim::kpi_of_misplaced, &sim::KpiInfo::name) != info.kpis.end();
    CHECK((std::ranges::find(info.metrics, sim::metric_of_misplaced, &sim::MetricInfo::name) != info.metrics.end()) ==
          has_kpi);
    return has_kpi;
  };
  CHECK(tells());
  CHECK(sim::yardstick_of(study, catalogue, 2) == 1U);
  CHECK_FALSE(sim::yardstick_of(study, catalogue, 0));
  CHECK_FALSE(sim::yardstick_of(study, catalogue, 1));
  study.policies[2].rollout = {{3, 1}};
  CHECK_FALSE(sim::yardstick_of(study, catalogue, 2));
  CHECK(tells());
  study.policies[1].tiers.insert(study.policies[1].tiers.begin() + 1, {"more", 0.1, {}, {}});
  CHECK_FALSE(sim::has_yardstick(study, catalogue));
  study.policies.erase(study.policies.begin() + 1, study.policies.begin() + 3);
  CHECK_FALSE(tells());
}

}  // namespace clientele::tests
