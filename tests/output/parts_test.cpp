// What a tier or a group comes to is worked out from its own counts, and does not depend on what a cube sums of
// metrics.
#include <bit>
#include <cmath>
#include <functional>

#include "output/cube/reader.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::ByAxis;
using output::CubeReader;

namespace {

/// Under the policy of two tiers. Orders of a month: 10 in the first tier and 20 in the second in the first group, 20
/// and 50 in the second group; in month 3 twice as many in the first tier. An order of the first tier is 2 days late,
/// in month 3 it is 20, and one of the second tier is 10. Revenue of month t: t + 1 times the tier's place times the
/// group's, from 1.
Invented by_hand() {
  Invented all = invented();
  const std::size_t metrics = all.info.metrics.size(), groups = all.info.groups, tiers = all.info.tiers;
  for (auto& [cell, outcome] : all.outcomes) {
    if (cell.policy != 1) continue;
    std::ranges::fill(outcome.counts, 0);
    std::ranges::fill(outcome.flows, 0);
    for (std::size_t t = 0; t < all.info.months; ++t)
      for (std::size_t k = 0; k < 2; ++k)
        for (std::size_t g = 0; g < groups; ++g) {
          const std::size_t at = ((t * tiers + k) * groups + g) * metrics;
          const std::int64_t usual = k == 0 ? 10 + 10 * static_cast<std::int64_t>(g) : g == 0 ? 20 : 50;
          const std::int64_t orders = usual * (k == 0 && t == 3 ? 2 : 1);
          outcome.counts[at] = 100 * static_cast<std::int64_t>((t + 1) * (k + 1) * (g + 1));
          outcome.counts[at + 1] = orders;
          outcome.counts[at + 2] = orders * (k == 1 ? 20 : t == 3 ? 40 : 4);  // half days
        }
    for (const auto& [month, customers] : {std::pair{0U, 100}, {2U, 7}, {5U, 3}})  // the last is of the run-off
      outcome.flows[(month * tiers * tiers + 1) * groups + 1] = customers;
  }
  all.details.summed = {"revenue", "orders"};
  return all;
}

/// Numbers of the first cell of an arm.
std::vector<double> first(const std::vector<double>& values, std::size_t of_a_cell) {
  return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(of_a_cell)};
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// All that a cube tells of parts, in one list.
std::vector<double> of_parts(const CubeReader& cube) {
  std::vector<double> all;
  const auto add = [&](const std::vector<double>& values) { all.insert(all.end(), values.begin(), values.end()); };
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t p = 0; p < 3; ++p) {
      for (const std::string& kpi : cube.kpis())
        for (const ByAxis axis : {ByAxis::tier, ByAxis::group})
          if (cube.has_kpi_by(kpi, axis)) add(cube.kpi_by(kpi, axis, s, p));
      for (const char* metric : {"revenue", "orders"}) add(cube.sum(metric, s, p));
      add(cube.flow_sum(s, p));
    }
  return all;
}

}  // namespace

TEST_CASE("the KPI of a tier or group is evaluated from its own counts: a ratio is no average of months or groups") {
  const Folder folder;
  write(by_hand(), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(same(first(cube.kpi_by("delay", ByAxis::tier, 0, 1), 4), {8, 10, none, none}));  // 1,440 days / 180 orders
  CHECK(same(first(cube.kpi_by("delay", ByAxis::group, 0, 1), 2), {1480.0 / 160, 3460.0 / 370}));
  CHECK(cube.kpi("delay")[6] == 4940.0 / 530);
  CHECK(same(first(cube.kpi_by("revenue", ByAxis::tier, 0, 1), 4), {63, 126, none, none}));  // 21 x 3, the run-off too
  CHECK(same(first(cube.kpi_by("revenue", ByAxis::group, 0, 1), 2), {63, 126}));
  CHECK(cube.kpi("revenue")[6] == 189);
}

TEST_CASE("sums are of the months of the horizon by tier and group, and moves are without month 0") {
  const Folder folder;
  write(by_hand(), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK(same(first(cube.sum("revenue", 0, 1), 8), {15, 30, 30, 60, none, none, none, none}));
  CHECK(same(first(cube.sum("orders", 0, 1), 8), {60, 120, 100, 250, none, none, none, none}));
  CHECK_FALSE(cube.has_sum("days_late"));
  const std::vector<double> moves = first(cube.flow_sum(0, 1), 32);
  CHECK(moves[3] == 7);  // from the first tier to the second, of the second group
  CHECK(moves[2] == 0);
  CHECK(std::isnan(moves[4]));  // to a tier that the policy lacks
}

TEST_CASE("a KPI whose months depend on those before has none by tier, since customers move") {
  const Folder folder;
  write(by_hand(), folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  CHECK_FALSE(cube.has_kpi_by("least", ByAxis::tier));
  CHECK(same(first(cube.kpi_by("least", ByAxis::group, 0, 1), 2), {18, 36}));  // 2 x 3 x (1 + 2), month 0 is missing
  CHECK(cube.kpi("least")[6] == 54);
}

TEST_CASE("what is told of parts is the same whatever a cube sums of months and groups or leaves out") {
  const Folder folder;
  const Invented all = by_hand();
  write(all, folder / "whole.nc");
  const std::vector<double> whole = of_parts(CubeReader(folder / "whole.nc"));
  const auto is_same = [&](const char* name, const std::function<void(sim::Output&)>& select) {
    Invented selected = all;
    select(selected.study.output);
    write(selected, folder / name);
    const CubeReader cube(folder / name);
    CHECK(cube.axes().each_group == std::vector<std::string>{"workshop", "cha\xc3\xaene"});
    CHECK(same(of_parts(cube), whole));
  };
  is_same("groups", [](sim::Output& output) { output.groups = sim::Output::Groups::summed; });
  is_same("total", [](sim::Output& output) { output.months = sim::MonthsKept::total; });
  is_same("metrics", [](sim::Output& output) { output.metrics = {"days_late"}; });
}

TEST_CASE("a cell that was not simulated has no KPIs of parts, and one tier has the KPIs of all") {
  const Folder folder;
  Invented all = by_hand();
  all.outcomes.erase(unfinished);
  write(all, folder / "a.nc");
  const CubeReader cube(folder / "a.nc");
  const std::vector<double> last = cube.kpi_by("revenue", ByAxis::group, 2, 1);
  CHECK((std::isnan(last[10]) && std::isnan(last[11]) && !std::isnan(last[9])));
  CHECK(std::isnan(cube.sum("orders", 2, 1)[40]));
  for (const char* kpi : {"npv", "revenue", "delay"}) {
    const std::vector<double> of_tiers = cube.kpi_by(kpi, ByAxis::tier, 1, 0), of_all = cube.kpi(kpi);
    for (std::size_t world = 0; world < 6; ++world)
      CHECK(std::bit_cast<std::uint64_t>(of_tiers[4 * world]) == std::bit_cast<std::uint64_t>(of_all[18 + world]));
  }
}

TEST_CASE("the sum of a metric that a study makes no use of is 0, and no variable where the cube names the metric") {
  const Folder folder;
  Invented all = by_hand();
  all.info.metrics[3].is_zero = true;
  all.details.summed = {"nothing"};
  for (const bool selected : {false, true}) {
    if (selected) all.study.output.metrics = {"orders"};
    const auto path = folder / (selected ? "selected.nc" : "whole.nc");
    write(all, path);
    const CubeReader cube(path);
    REQUIRE(cube.has_sum("nothing"));
    CHECK(same(first(cube.sum("nothing", 0, 1), 8), {0, 0, 0, 0, none, none, none, none}));
    CHECK((bytes_of(path).find("sum_nothing") != std::string::npos) == selected);
  }
}

}  // namespace clientele::tests
