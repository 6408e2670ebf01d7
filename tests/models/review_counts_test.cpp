// What reviews do: whom they move, and the year after the first review of its best tier beside a closed form.
#include "models/review_counts.hpp"

#include <cmath>

#include "models/theory/regression.hpp"
#include "scenarios/part_digests.hpp"
#include "scenarios/study_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

namespace clientele::tests {
namespace {

using Catch::Matchers::WithinAbs;

// Of everybody it is 1. By hand: r = 1 and r / m = t = 1 make P(x) = 2^-(x + 1); the best quarter ordered two and more,
// three on average, and are expected to order (1 + 3) / 2.
TEST_CASE("the best of last year are expected to buy less next year, the more luck there is") {
  CHECK_THAT(models::year_on_of_best({2, 0.5, 12}, 1), WithinAbs(1, 1e-9));
  CHECK_THAT(models::year_on_of_best({1, 1, 1}, 0.25), WithinAbs(2 / 3.0, 1e-9));
  CHECK(models::year_on_of_best({1, 0.2, 12}, 0.1) < models::year_on_of_best({1, 2, 12}, 0.1));
  CHECK(models::year_on_of_best({1, 0.5, 12}, 0.01) > models::year_on_of_best({8, 0.5, 12}, 0.01));
}

TEST_CASE("who is followed is so for twelve months, and is remembered as of the best tier or not") {
  std::int32_t followed = models::followed_from_now(true);
  for (int month = 0; month < 12; ++month) {
    CHECK(models::is_followed(followed));
    CHECK(models::began_best(followed));
    followed = models::a_month_later(followed);
  }
  CHECK(followed == 0);
  CHECK(!models::began_best(models::followed_from_now(false)));
}

/// Orders of one value and negative binomial, nobody leaves: the best tenth by sales of the year before month 0.
sim::Study study_of_luck(const sim::Catalogue& catalogue, std::uint64_t customers, int months) {
  sim::Study study = default_study(catalogue, customers, months);
  study.horizon.warmup = 12;
  study.count.reviews = true;
  uncouple(study, catalogue);
  set(study, catalogue, "purchasing", "orders_per_month", {0.5, 1});
  set(study, catalogue, "purchasing", "order_value", {250, 0, 0});
  set(study, catalogue, "churn", "base_hazard", {0});
  sim::Policy ranked{"rank", segmentation_number(catalogue, "rank"), {}, {{"A", 0.1, {}, {}}, {"B", {}, {}, {}}}, 1};
  ranked.values = catalogue.segmentations()[ranked.segmentation].fields.standards();
  study.policies.push_back(ranked);
  return study;
}

// Of 3,000 who ordered 21 times and are expected to order 18.4 +- 5.8 times: standard error of the ratio below .006.
TEST_CASE("the year after the first review of the best tenth is what the negative binomial law expects") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(study_of_luck(catalogue, 30'000, 14), catalogue);
  const sim::Cell ranked{0, 1, 0, 0};
  const double expected = models::year_on_of_best({1, 0.5, 12}, 0.1);
  CHECK(expected < 0.93);
  CHECK(std::fabs(outcome.kpi("top_tier_year_on", ranked) - expected) < 4.5 * 0.006);
  CHECK(std::fabs(outcome.kpi("reviewed_year_on", ranked) - 1) < 4.5 * 0.0035);
  CHECK_THAT(outcome.kpi("top_tier_year_on", ranked),
             WithinAbs(static_cast<double>(outcome.total("top_tier_sales_after", ranked)) /
                           static_cast<double>(outcome.total("top_tier_sales_before", ranked)),
                       1e-12));
  CHECK(outcome.kpi("top_tier_year_on") == outcome.kpi("reviewed_year_on"));  // of one tier
  for (const int month : {12, 13}) CHECK(outcome.count("reviewed_sales_before", month, ranked) == 0);
  CHECK(outcome.count("reviewed_sales_after", 11, ranked) == outcome.count("revenue", 11, ranked));
}

TEST_CASE("moves are those of the flows from tier to tier, of all who are reviewed, and as shares of these") {
  const sim::Catalogue catalogue = models::catalogue();
  const Outcome outcome(study_of_luck(catalogue, 500, 14), catalogue);
  const sim::Cell ranked{0, 1, 0, 0};
  const std::size_t tiers = outcome.info().tiers, groups = outcome.info().groups;
  const auto& flows = outcome.cells().at(ranked).flows;
  std::int64_t up = 0, down = 0, reviewed = 0;
  for (std::size_t at = 0; at < flows.size(); ++at) {
    const std::size_t month = at / (groups * tiers * tiers), held = at / (tiers * groups) % tiers,
                      now = at / groups % tiers;
    reviewed += flows[at];
    if (month > 0) (now < held ? up : down) += now == held ? 0 : flows[at];  // at month 0 all come from another policy
  }
  CHECK(up > 0);
  CHECK(outcome.total("moved_up", ranked) == up);
  CHECK(outcome.total("moved_down", ranked) == down);
  CHECK(outcome.total("reviewed", ranked) == reviewed);
  CHECK(outcome.count("reviewed", 0, ranked) == 500);
  CHECK(outcome.count("reviewed", 1, ranked) == 0);
  CHECK_THAT(outcome.kpi("moved_up", ranked),
             WithinAbs(static_cast<double>(up) / static_cast<double>(reviewed), 1e-12));
}

TEST_CASE("nothing else is another where reviews are counted, and nothing is counted where they are not") {
  const sim::Catalogue catalogue = models::catalogue();
  sim::Study study = study_of_luck(catalogue, 300, 14);
  set(study, catalogue, "churn", "base_hazard", {0.05});
  const Outcome counted(study, catalogue);
  study.count.reviews = false;
  const Outcome usual(study, catalogue);
  CHECK(counted.total("reviewed_sales_after", {0, 1, 0, 0}) > 0);
  for (const sim::MetricInfo& metric : usual.info().metrics) {
    const bool is_of_reviews = metric.name.starts_with("reviewed") || metric.name.starts_with("moved_") ||
                               metric.name.starts_with("top_tier_");
    for (const std::uint32_t policy : {0U, 1U})
      CHECK(usual.total(metric.name, {0, policy, 0, 0}) ==
            (is_of_reviews ? 0 : counted.total(metric.name, {0, policy, 0, 0})));
  }
}

TEST_CASE("a study that counts reviews says so in its keys, and is warned where it has no year before") {
  const sim::Catalogue catalogue = models::catalogue();
  const auto read = [&](const std::string& says) {
    return scenarios::read_study_text(
        "[population]\ncustomers = 100\n" + says + "[[policy]]\nname = \"today\"\nsegmentation = \"everyone\"\n",
        "a.toml", ".", catalogue);
  };
  const auto key = [&](const std::string& says) {
    return scenarios::part_digests_of(read("[horizon]\nwarmup = 12\n" + says).study, catalogue).world;
  };
  CHECK(key("") == key("[count]\nreviews = false\n"));
  CHECK(key("") != key("[count]\nreviews = true\n"));
  CHECK(read("[horizon]\nwarmup = 12\n[count]\nreviews = true\n").warnings.empty());
  const auto warnings = read("[horizon]\nwarmup = 6\n[count]\nreviews = true\n").warnings;
  const auto asked = read("[output]\nkpis = [\"npv\", \"moved_down\"]\n").warnings;
  REQUIRE(!asked.empty());
  CHECK_THAT(asked.back(), Catch::Contains("output.kpis: moved_down is not there") &&
                               Catch::Contains("Did you mean [count] reviews = true?"));
  REQUIRE(!warnings.empty());
  CHECK_THAT(warnings.front(), Catch::Contains("count.reviews counts moves alone") &&
                                   Catch::Contains("(horizon.warmup = 6). Did you mean horizon.warmup = 12?"));
}

}  // namespace
}  // namespace clientele::tests
