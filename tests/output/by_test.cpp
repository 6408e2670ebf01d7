// Sums of a part are those that were put in, and ratios, shares and differences are taken future by future.
#include "output/comparison/by.hpp"

#include <algorithm>
#include <cmath>

#include "output/cube/reader.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::By;
using output::ByAxis;
using output::ByMeasure;
using output::ByPart;
using Of = ByMeasure::Of;

namespace {

/// Orders in each month and group: (tier + 1) x (replication + 1), one more in each scenario after the first. Twice as
/// many half days late. In month 2 seven customers of the second group move from the first tier to the second, and
/// hundred in month 0, when all are sorted; fifty stay where they are.
Invented by_hand() {
  Invented all = invented();
  const std::size_t metrics = all.info.metrics.size(), groups = all.info.groups, tiers = all.info.tiers;
  for (auto& [cell, outcome] : all.outcomes) {
    const std::size_t held = all.study.policies[cell.policy].tiers.size();
    std::ranges::fill(outcome.counts, 0);
    std::ranges::fill(outcome.flows, 0);
    for (std::size_t t = 0; t < all.info.months; ++t)
      for (std::size_t k = 0; k < held; ++k)
        for (std::size_t g = 0; g < groups; ++g) {
          const std::size_t at = ((t * tiers + k) * groups + g) * metrics;
          outcome.counts[at + 1] = static_cast<std::int64_t>((k + 1) * (cell.replication + 1) + cell.scenario);
          outcome.counts[at + 2] = 2 * outcome.counts[at + 1];
        }
    if (held < 2) continue;
    const auto flow = [&](std::size_t t, std::size_t to) -> std::int64_t& {
      return outcome.flows[(t * tiers * tiers + to) * groups + 1];
    };
    flow(0, 1) = 100;
    flow(2, 1) = 7;
    flow(2, 0) = 50;
  }
  return all;
}

const std::vector<ByMeasure> measures{{"orders", "", "1", Of::all_months, {"orders", "not of this cube"}},
                                      {"by month", "", "1", Of::average_month, {"orders"}},
                                      {"last", "", "1", Of::last_month, {"orders"}, "", "orders_at_end"},
                                      {"days", "", "1", Of::all_months, {"days_late"}, "orders"},
                                      {"in", "", "1", Of::moves_in},
                                      {"out", "", "1", Of::moves_out},
                                      {"unknown", "", "1", Of::all_months, {"not of this cube"}}};

By told(const Invented& all, ByAxis axis, output::Question::Across across = output::Question::Across::policies,
        const std::vector<ByMeasure>& asked = measures) {
  const Folder folder;
  write(all, folder / "a.nc");
  const output::CubeReader cube(folder / "a.nc");
  output::Question question;
  question.across = across;
  question.scenarios = {0, 1};
  question.policies = {0, 1};
  return output::by_part(cube, output::input_of({&cube}), question, axis, asked);
}

/// All that is told, name by name; what is not known as a number of its own.
std::vector<double> numbers_of(const By& by) {
  std::vector<double> all{static_cast<double>(by.measures.size())};
  const auto add = [&](const output::Interval& value) {
    for (const double number : {value.mean, value.half_width}) all.push_back(std::isnan(number) ? -1e99 : number);
  };
  for (const output::ByArm& arm : by.arms)
    for (const ByPart& part : arm.parts)
      for (const output::ByValue& value : part.values) {
        add(value.level);
        add(value.share);
        add(value.difference.value_or(output::Interval{}));
      }
  return all;
}

std::vector<double> means(const ByPart& part) {
  std::vector<double> all;
  for (const output::ByValue& value : part.values) all.push_back(value.level.mean);
  return all;
}

}  // namespace

TEST_CASE("each tier has its sums over the horizon, and a policy has no tiers of another") {
  const By by = told(by_hand(), ByAxis::tier);
  CHECK(by.measures.size() == 6);  // the unknown one is left out
  REQUIRE(by.arms.size() == 4);
  CHECK((by.arms[1].scenario == 0 && by.arms[1].policy == 1));
  CHECK(by.arms[0].parts.size() == 1);
  REQUIRE(by.arms[1].parts.size() == 2);
  CHECK(by.arms[1].parts[0].name == "gold");
  // 5 months x 2 groups x (1, 2 and 3, on average 2); the month of the run-off is no part of the horizon.
  CHECK(means(by.arms[1].parts[0]) == std::vector<double>{20, 4, 4, 1, 0, 7});
  CHECK(means(by.arms[1].parts[1]) == std::vector<double>{40, 8, 8, 1, 7, 0});
  CHECK(std::fabs(by.arms[1].parts[1].values[0].share.mean - 2.0 / 3) < 1e-12);
  CHECK(std::isnan(by.arms[1].parts[1].values[3].share.mean));
  CHECK_FALSE(by.arms[1].parts[1].values[0].difference);
  CHECK(by.arms[1].parts[0].values[0].level.half_width == 0);  // both draws are alike
}

TEST_CASE("groups are compared with the baseline's, future by future") {
  const By by = told(by_hand(), ByAxis::group);
  REQUIRE(by.arms[1].parts.size() == 2);
  CHECK(means(by.arms[1].parts[0]) == std::vector<double>{30, 6, 6, 1, 0, 0});
  CHECK(means(by.arms[1].parts[1]) == std::vector<double>{30, 6, 6, 1, 7, 7});
  CHECK(by.arms[1].parts[0].values[0].difference->mean == 20);
  CHECK(by.arms[1].parts[1].values[4].difference->mean == 7);
  CHECK_FALSE(by.arms[0].parts[0].values[0].difference);
}

// In month 0 gold holds 30 of 100 workshops and 4 or 5 of 20 chains; later months do not count.
TEST_CASE("a group that stands in the top tier by less than four fifths of the best one's share is found") {
  for (const auto& [chains, is_unequal] : {std::pair<std::int64_t, bool>{4, true}, {5, false}}) {
    Invented all = by_hand();
    const std::size_t metrics = all.info.metrics.size(), groups = all.info.groups;
    for (auto& [cell, outcome] : all.outcomes) {
      const auto at = [&](std::size_t tier, std::size_t group) -> std::int64_t& {
        return outcome.counts[(tier * groups + group) * metrics + 1];
      };
      if (all.study.policies[cell.policy].tiers.size() < 2) continue;
      at(0, 0) = 30, at(1, 0) = 70, at(0, 1) = chains, at(1, 1) = 20 - chains;
    }
    const std::vector<ByMeasure> standing{{"top", "", "share", Of::top_tier, {"orders"}}};
    const By by = told(all, ByAxis::group, output::Question::Across::policies, standing);
    REQUIRE(by.arms[1].parts.size() == 2);
    CHECK(by.arms[1].parts[0].values[0].level.mean == Approx(0.3));
    CHECK(by.arms[1].parts[1].values[0].level.mean == Approx(static_cast<double>(chains) / 20));
    CHECK(std::isnan(by.arms[1].parts[0].values[0].share.mean));
    CHECK(std::isnan(by.arms[0].parts[0].values[0].level.mean));  // one tier holds all
    const output::UnequalGroups unequal = output::unequal_groups(by, by.arms[1]);
    CHECK(unequal.best.name == "workshop");
    CHECK(unequal.others.size() == (is_unequal ? 1 : 0));
    CHECK(told(all, ByAxis::tier, output::Question::Across::policies, standing).measures.empty());
  }
}

TEST_CASE("across scenarios a policy's tiers are the same, and are compared") {
  const By by = told(by_hand(), ByAxis::tier, output::Question::Across::scenarios);
  REQUIRE(by.arms.size() == 4);
  CHECK((by.arms[3].scenario == 1 && by.arms[3].policy == 1));
  CHECK(by.arms[3].parts[0].values[0].difference->mean == 10);  // 5 months x 2 groups x 1
}

TEST_CASE("a future that was not simulated is missing, and not 0") {
  Invented all = by_hand();
  for (std::uint32_t r = 0; r < 3; ++r) all.outcomes.erase(sim::Cell{0, 1, 0, r});
  all.outcomes.erase(sim::Cell{0, 1, 1, 0});
  const By by = told(all, ByAxis::group);
  CHECK(by.arms[1].parts[0].values[0].level.mean == 37.5);  // replications 1 and 2 of one draw
  CHECK(by.arms[1].parts[1].values[4].level.mean == 7);
}

TEST_CASE("parts come to the same whatever a cube sums of months and groups or leaves out") {
  Invented all = by_hand();
  sim::KpiInfo last = all.info.kpis[1];
  last.name = "orders_at_end";
  last.rule = sim::KpiRule::last;
  last.numerator = {{"orders"}};
  last.money = false;
  all.info.kpis.push_back(last);
  const std::vector<double> whole_tier = numbers_of(told(all, ByAxis::tier)),
                            whole_group = numbers_of(told(all, ByAxis::group));
  all.details.summed = {"orders", "days_late"};
  for (const auto& [groups, months, metrics] :
       {std::tuple{sim::Output::Groups::apart, sim::MonthsKept::all, std::vector<std::string>{}},
        {sim::Output::Groups::summed, sim::MonthsKept::total, {}},
        {sim::Output::Groups::summed, sim::MonthsKept::year, {}},
        {sim::Output::Groups::apart, sim::MonthsKept::total, {"revenue"}}}) {
    all.study.output.groups = groups;
    all.study.output.months = months;
    all.study.output.metrics = metrics;
    CHECK(numbers_of(told(all, ByAxis::tier)) == whole_tier);
    CHECK(numbers_of(told(all, ByAxis::group)) == whole_group);
  }
}

}  // namespace clientele::tests
