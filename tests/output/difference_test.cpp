// Two cubes are compared by labels: what both have must have the same bits, and the first difference has a name.
#include "output/cube/difference.hpp"

#include <algorithm>
#include <cmath>

#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::CubeDifference;
using output::difference_of;
using output::Place;

namespace {

CubeDifference difference_between(const Invented& first, const Invented& second) {
  const Folder folder;
  write(first, folder / "first.nc");
  write(second, folder / "second.nc");
  return difference_of(folder / "first.nc", folder / "second.nc");
}

/// Of a month, tier, group and metric.
std::int64_t& count(Invented& all, const sim::Cell& cell, std::size_t month, std::size_t tier, std::size_t group,
                    std::size_t metric) {
  return all.outcomes.at(cell)
      .counts[((month * all.info.tiers + tier) * all.info.groups + group) * all.info.metrics.size() + metric];
}

std::vector<std::string> differing(const CubeDifference& difference) {
  std::vector<std::string> names;
  for (const auto& variable : difference.variables)
    if (variable.differing > 0) names.push_back(variable.name);
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

TEST_CASE("equal outcomes are equal bytes, and nothing differs") {
  const CubeDifference found = difference_between(invented(), invented());
  CHECK(found.same_bytes);
  CHECK(found.is_nothing());
  CHECK(found.cells == 54);
}

TEST_CASE("the first difference is the one of the earliest cell and month, and has its place and both numbers") {
  const Invented first = invented();
  Invented second = first;
  count(second, {2, 1, 0, 0}, 0, 1, 0, 0) += 100;
  count(second, {1, 1, 1, 2}, 3, 0, 1, 1) += 7;
  count(second, {1, 1, 1, 2}, 4, 0, 0, 0) += 100;
  const CubeDifference found = difference_between(first, second);
  CHECK_FALSE(found.same_bytes);
  CHECK_FALSE(found.has_same_numbers());
  const auto& earliest = found.variables[found.earliest];
  CHECK(earliest.name == "orders");
  CHECK(earliest.differing == 1);
  CHECK(earliest.numbers == 3 * 3 * 2 * 3 * 6 * 4 * 2);
  CHECK(earliest.earliest.place == Place{{"scenario", "recession \xe2\x80\x94 mild"},
                                         {"policy", "spend"},
                                         {"draw", "1"},
                                         {"replication", "2"},
                                         {"month", "2028-02"},
                                         {"tier", "gold"},
                                         {"group", "cha\xc3\xaene"}});
  CHECK(earliest.earliest.second - earliest.earliest.first == 7);
  CHECK(has(differing(found), "revenue"));
  CHECK(has(differing(found), "kpi_npv"));
  CHECK_FALSE(has(differing(found), "days_late"));
  CHECK(has(found.texts, "data_hash"));
}

TEST_CASE("a cube with fewer replications and policies has the same numbers where both have any") {
  const Invented first = invented();
  Invented second = first;
  second.study.replications = 2;
  second.study.policies.erase(second.study.policies.begin());
  second.outcomes.clear();
  for (const auto& [cell, outcome] : first.outcomes)
    if (cell.policy > 0 && cell.replication < 2) {
      sim::CellOutcome moved = outcome;
      --moved.cell.policy;
      second.outcomes.emplace(moved.cell, std::move(moved));
    }
  second.details.keys = {};
  for (const bool turned : {false, true}) {
    const CubeDifference found = turned ? difference_between(second, first) : difference_between(first, second);
    CHECK(found.differing() == 0);
    CHECK(found.numbers() > 1000);
    CHECK_FALSE(found.has_same_numbers());
    CHECK(found.cells == 3 * 2 * 2 * 2);
    CHECK((turned ? found.cells_of_second : found.cells_of_first) == 54 - 24);
    CHECK((turned ? found.cells_of_first : found.cells_of_second) == 0);
    REQUIRE(found.axes.size() == 2);
    CHECK(found.axes[0].name == "policy");
    CHECK((turned ? found.axes[0].only_in_second : found.axes[0].only_in_first) == std::vector<std::string>{"today"});
    CHECK(found.axes[1].name == "replication");
  }
}

TEST_CASE("a cell that one of them has not simulated is no difference of numbers") {
  const Invented first = invented();
  Invented second = first;
  second.outcomes.erase(unfinished);
  const CubeDifference found = difference_between(first, second);
  CHECK(found.differing() == 0);
  CHECK(found.cells == 53);
  CHECK(found.cells_of_first == 1);
  CHECK(has(found.texts, "complete"));
}

TEST_CASE("a bin that only one cube has is empty in the other") {
  Invented first = invented();
  for (auto& [cell, outcome] : first.outcomes)
    for (auto& histogram : outcome.histograms)
      for (auto& bins : histogram) std::erase_if(bins, [](const sim::HistogramBin& bin) { return bin.bin > 150; });
  Invented second = first;
  second.outcomes.at({1, 0, 0, 1}).histograms[0][2].push_back({200, 3, 12345});
  for (const bool turned : {false, true}) {
    const CubeDifference found = turned ? difference_between(second, first) : difference_between(first, second);
    REQUIRE(differing(found) == std::vector<std::string>{"histogram_value_customers", "histogram_value_sum"});
    const auto& earliest = found.variables[found.earliest].earliest;
    CHECK(earliest.place.back() == std::pair<std::string, std::string>("bin", "200"));
    CHECK(earliest.first == (turned ? 3 : 0));
    CHECK(earliest.second == (turned ? 0 : 3));
    CHECK(found.variables[found.earliest].differing == 1);
  }
}

TEST_CASE("other texts are named, and are no other numbers") {
  const Invented first = invented();
  Invented second = first;
  second.study.title = "Another";
  second.study.text += "# one line more\n";
  second.info.kpis[1].meaning = "all revenue";
  const CubeDifference found = difference_between(first, second);
  CHECK(found.has_same_numbers());
  CHECK_FALSE(found.is_nothing());
  CHECK(found.texts == std::vector<std::string>{"title", "made_from", "study_text", "kpi_revenue.long_name",
                                                "kpi_revenue_by_tier.long_name", "kpi_revenue_by_group.long_name"});
}

TEST_CASE("cubes without a cell in common are refused with the names that do not match") {
  const Invented first = invented();
  Invented second = first;
  for (sim::Policy& policy : second.study.policies) policy.name += " of others";
  CHECK_THROWS_WITH(difference_between(first, second),
                    contains("no policy of the one, such as \"today\"") && contains("such as \"today of others\""));
}

}  // namespace clientele::tests
