// A cube with points holds at each of them what a cube of that point alone would hold, and grows by points.
#include "output/cube/points.hpp"

#include <cmath>

#include "output/comparison/over_points.hpp"
#include "output/cube/difference.hpp"
#include "output/cube/identity.hpp"
#include "output/cube/reader.hpp"
#include "output/hdf5/hdf5.hpp"
#include "tests/output/folder.hpp"
#include "tests/output/invented_points.hpp"
#include "tests/support/catch.hpp"
#include "tools/clientele/compare/over_points.hpp"

namespace clientele::tests {

using output::CubeReader;
using output::Existing;
using output::Standing;

namespace {

bool are_same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

void check_same(const CubeReader& slice, const CubeReader& alone) {
  CHECK(slice.text("data_hash") == alone.text("data_hash"));
  CHECK(slice.text("study_digest") == alone.text("study_digest"));
  CHECK(slice.cells_done() == alone.cells_done());
  for (const std::string& kpi : alone.kpis()) {
    CHECK(are_same(slice.kpi(kpi), alone.kpi(kpi)));
    for (const auto axis : {output::ByAxis::tier, output::ByAxis::group})
      if (alone.has_kpi_by(kpi, axis)) CHECK(are_same(slice.kpi_by(kpi, axis, 2, 1), alone.kpi_by(kpi, axis, 2, 1)));
  }
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t p = 0; p < 3; ++p) {
      for (const std::string& metric : alone.metrics())
        CHECK(are_same(slice.metric(metric, s, p), alone.metric(metric, s, p)));
      CHECK(are_same(slice.metric_beyond("revenue", s, p), alone.metric_beyond("revenue", s, p)));
      CHECK(are_same(slice.series("revenue_so_far", s, p), alone.series("revenue_so_far", s, p)));
      CHECK(are_same(slice.tier_flow(s, p), alone.tier_flow(s, p)));
    }
}

}  // namespace

TEST_CASE("a slice of a cube with points is the cube of that point") {
  const Folder folder;
  const InventedPoints all = invented_points(3);
  all.write(folder / "points.nc");
  CubeReader cube(folder / "points.nc");
  CHECK(cube.text("cube_format") == "2.0");
  CHECK(cube.points().paths == std::vector<std::string>{"payment.terms_days", "policy.\"A & B\".tier.C.discount"});
  CHECK(cube.points().units == std::vector<std::string>{"day", ""});
  CHECK(cube.points().values[2] == std::vector<double>{32, 0.5});
  CHECK(cube.cells_of_all_points() == 3 * all.stated.outcomes.size());
  CHECK_THROWS_AS(cube.kpi("npv"), sim::UserError);  // of which point?
  for (std::size_t point = 0; point < 3; ++point) {
    const auto alone = folder / ("alone" + std::to_string(point) + ".nc");
    all.write_alone(point, alone);
    cube.look_at(point);
    check_same(cube, CubeReader(alone));
  }
  CHECK(output::Hdf5Reader(folder / "points.nc").has("policy._A___B_.tier.C.discount"));
}

TEST_CASE("a chunk holds as many points as fit, and all of a point's futures") {
  const Folder folder;
  const InventedPoints all = invented_points(40);
  all.write(folder / "points.nc");
  const output::Hdf5Reader file(folder / "points.nc");
  CHECK(file.dataset("kpi_npv").extent() == output::Extent{40, 3, 3, 2, 3});
  CHECK_NOTHROW(file.dataset("kpi_npv").read_chunk({0, 2, 2, 0, 0}));
  CHECK_THROWS(file.dataset("kpi_npv").read_chunk({1, 0, 0, 0, 0}));
}

TEST_CASE("a cube with points gives way to one with more points, and to no other") {
  const Folder folder;
  const InventedPoints few = invented_points(2), more = invented_points(3);
  few.write(folder / "a.nc");
  std::string why;
  const auto standing = [&](const InventedPoints& asked) {
    return output::standing_of(folder / "a.nc", asked.stated.study, asked.stated.info, asked.details, why);
  };
  CHECK(standing(few) == Standing::same);
  CHECK(standing(more) == Standing::smaller);
  more.write(folder / "a.nc", Existing::replace);
  CHECK(standing(few) == Standing::foreign);
  CHECK(why == "the study no longer asks for 1 of its 3 points");
  InventedPoints swapped = more;
  swapped.swap(0, 2);
  CHECK(standing(swapped) == Standing::same_cells);
  const Invented& plain = more.stated;
  CHECK(output::standing_of(folder / "a.nc", plain.study, plain.info, plain.details, why) == Standing::foreign);
  CHECK(why == "it holds the points of a sweep, for which the study does not ask");
  few.write_alone(1, folder / "one.nc");
  CHECK(output::standing_of(folder / "one.nc", more.stated.study, more.stated.info, more.details, why) ==
        Standing::smaller);
}

TEST_CASE("a point may have draws of its own") {
  const Folder folder;
  InventedPoints all = invented_points(2);
  all.details.points.parameter_values = {{{0.01, 2.5}, {0.02, 3.5}}, {{0.5, 1}, {0.25, 2}}};
  all.details.points.keys[1].draws = {"other", all.details.keys.draws[1]};
  all.write(folder / "a.nc");
  CubeReader cube(folder / "a.nc");
  cube.look_at(1);
  CHECK(cube.parameter_values() == std::vector<double>{0.5, 0.25, 1, 2});
  std::string why;
  CHECK(output::standing_of(folder / "a.nc", all.stated.study, all.stated.info, all.details, why) == Standing::same);
  all.details.points.keys[1].draws[0] = "another";
  all.details.points.parameter_values[1][0][0] = 0.75;
  CHECK(output::standing_of(folder / "a.nc", all.stated.study, all.stated.info, all.details, why) == Standing::foreign);
}

TEST_CASE("cubes with points are compared point by point, by what points are") {
  const Folder folder;
  InventedPoints few = invented_points(2), more = invented_points(3);
  few.write(folder / "a.nc");
  more.outcomes[1].at({1, 1, 1, 1}).counts[0] += 5;
  more.swap(0, 2);
  more.write(folder / "b.nc");
  const output::CubeDifference found = output::difference_of(folder / "a.nc", folder / "b.nc");
  CHECK(found.cells == 2 * few.stated.outcomes.size());
  CHECK(found.cells_of_first == 0);
  CHECK(found.cells_of_second == few.stated.outcomes.size());
  REQUIRE(found.differing() > 0);
  const auto& first = found.variables[found.earliest].earliest;
  CHECK(first.place.front() ==
        std::pair<std::string, std::string>{"point", "payment.terms_days=31, policy.\"A & B\".tier.C.discount=0.25"});
  few.write_alone(0, folder / "plain.nc");
  CHECK_THROWS_AS(output::difference_of(folder / "a.nc", folder / "plain.nc"), sim::UserError);
}

namespace {

/// A KPI in six futures: at each point what a policy has above common luck, in all futures; NaN is not simulated.
/// Futures move what is not 0 by up to a tenth, each policy in its own way.
output::OverPoints over_gains(const std::vector<std::vector<double>>& places,
                              const std::vector<std::vector<double>>& gains,
                              double share_of_ten_largest = output::not_known) {
  output::ComparisonInput facts;
  facts.scenarios = {"one"};
  facts.policies = {"today", "new", "third"};
  facts.policies.resize(gains.front().size());
  facts.same_money_as.resize(facts.policies.size());
  facts.replications = 6;
  facts.share_of_ten_largest = share_of_ten_largest;
  facts.kpis = {{.name = "npv", .unit = "EUR", .direction = sim::Direction::higher_is_better}};
  output::Question question{.scenarios = {0}, .baseline = 0, .kpis = {"npv"}};
  for (std::size_t p = 0; p < facts.policies.size(); ++p) question.policies.push_back(p);
  output::CubePoints points{.paths = {"a.b", "a.c"}, .values = places};
  points.paths.resize(places.front().size());
  points.units.resize(points.paths.size());
  return output::over_points(facts, question, points, [&](const std::string&) {
    std::vector<double> all;
    for (const std::vector<double>& at_point : gains)
      for (std::size_t p = 0; p < at_point.size(); ++p)
        for (std::size_t r = 0; r < 6; ++r)
          all.push_back(100 * static_cast<double>(r) + at_point[p] +
                        (at_point[p] == 0 ? 0 : 0.1 * static_cast<double>(r / (p + 1) % 2)));
    return all;
  });
}

constexpr double nothing = output::not_known;

}  // namespace

TEST_CASE("over points nobody is best where the baseline is missing, and nobody clearly where a rival is") {
  const output::OverPoints over = over_gains(
      {{10}, {20}, {30}, {40}}, {{0, -5, -9}, {nothing, nothing, nothing}, {0, -5, nothing}, {0, 5, nothing}});
  const output::KpiOverPoints& table = over.tables.at(0);
  CHECK((table.points[0].best == 0U && table.points[0].best_is_clear && table.points[0].is_told()));
  CHECK((!table.points[1].best && !table.points[1].best_is_clear));
  CHECK((table.points[2].best == 0U && !table.points[2].best_is_clear));
  CHECK((table.points[3].best == 1U && !table.points[3].best_is_clear));
  CHECK(table.points_not_told() == 3);
  CHECK(table.points[2].policies[2].missing == 6);
  CHECK(table.points[2].policies[1].pairs == 6);
  const std::string text = tools::text_of(over, tools::Paper::markdown);
  CHECK(text.find("today is best at 1 of 1 point (clearly at 1).") != std::string::npos);
  CHECK(text.find("3 of 4 points lack the difference of a policy") != std::string::npos);
  CHECK(text.find("24 of 48 pairs are left out") != std::string::npos);
  CHECK(text.find("no difference changes its sign") == std::string::npos);
}

TEST_CASE("over points the best is clear only where it is clear of the second best too") {
  const output::OverPoints over = over_gains({{10}, {20}}, {{0, 5, 4.95}, {0, 5, 3}});
  const output::KpiOverPoints& table = over.tables.at(0);
  CHECK(over.certainty.shown == 6);  // three pairs at each of two points
  CHECK((table.points[0].policies[1].is_clear() && table.points[0].policies[2].is_clear()));
  CHECK((table.points[0].best == 1U && !table.points[0].best_is_clear));
  CHECK((table.points[1].best == 1U && table.points[1].best_is_clear));
}

TEST_CASE("over points a sign that turns through exact zeros and missing points is found") {
  const output::OverPoints zero = over_gains({{30}, {60}, {90}}, {{0, -57.5}, {0, 0}, {0, 0.5}});
  REQUIRE(zero.tables.at(0).turns.size() == 1);
  const output::SignTurn& turn = zero.tables.at(0).turns[0];
  CHECK((turn.from == 0 && turn.to == 2 && turn.policy == 1 && turn.at == 60 && turn.is_clear));
  const output::OverPoints missing = over_gains({{30}, {60}, {90}}, {{0, 8}, {nothing, nothing}, {0, -7}});
  REQUIRE(missing.tables.at(0).turns.size() == 1);
  CHECK((missing.tables.at(0).turns[0].from == 0 && missing.tables.at(0).turns[0].to == 2));
  CHECK(over_gains({{30}, {60}, {90}}, {{0, 8}, {0, 0}, {0, 7}}).tables.at(0).turns.empty());
}

TEST_CASE("over points nothing is said of neighbours where there are none") {
  const std::string claim = "no difference changes its sign", none = "No two points differ in one number only";
  const std::string scattered = tools::text_of(over_gains({{1, 1}, {2, 2}}, {{0, 8}, {0, -7}}), tools::Paper::markdown);
  CHECK(scattered.find(claim) == std::string::npos);
  CHECK(scattered.find(none) != std::string::npos);
  const std::string line = tools::text_of(over_gains({{1, 1}, {1, 2}}, {{0, 8}, {0, 7}}), tools::Paper::markdown);
  CHECK(line.find(claim) != std::string::npos);
  CHECK(line.find(none) == std::string::npos);
}

TEST_CASE("over points the table says what intervals are worth, and why there are none") {
  const auto told = [](double share) {
    return tools::text_of(over_gains({{1}, {2}}, {{0, 8}, {0, 7}}, share), tools::Paper::markdown);
  };
  CHECK(told(0.05).find("!") != told(0.05).find("!: still clear"));
  CHECK(told(0.05).find("*: the interval") == std::string::npos);
  const std::string few = told(0.2), fewest = told(0.5);
  CHECK(few.find("*: the interval covers about 9 in 10.") != std::string::npos);
  CHECK(few.find("(clearly at 0)") != std::string::npos);
  CHECK(few.find("!") == few.find("!: still clear"));  // none in the table
  CHECK(fewest.find("No interval: a few customers decide") != std::string::npos);
}

TEST_CASE("over points nobody is best alone") {
  const output::OverPoints over = over_gains({{1}, {2}}, {{0}, {0}});
  CHECK(!over.tables.at(0).points[0].best);
  const std::string text = tools::text_of(over, tools::Paper::markdown);
  CHECK(text.find("best") == std::string::npos);
  CHECK(text.find("others") == std::string::npos);
}

TEST_CASE("over points a sign turns between neighbours along one number, and the best policy is told at each") {
  output::ComparisonInput facts;
  facts.scenarios = {"one"};
  facts.policies = {"today", "new"};
  facts.same_money_as = {std::nullopt, std::nullopt};
  facts.replications = 6;
  facts.kpis = {{.name = "npv", .unit = "EUR", .direction = sim::Direction::higher_is_better}};
  const output::Question question{.scenarios = {0}, .policies = {0, 1}, .baseline = 0, .kpis = {"npv"}};
  const output::CubePoints points{.paths = {"a.b"}, .units = {""}, .values = {{30}, {10}, {20}}};
  const auto values = [](const std::string&) {
    std::vector<double> all;
    for (const double gain : {-9.0, 3.0, 1.0})
      for (const double own : {0.0, gain})
        for (int r = 0; r < 6; ++r) all.push_back(100 * r + own + (own == 0 ? 0 : 0.1 * (r % 2)));
    return all;
  };
  const output::OverPoints over = output::over_points(facts, question, points, values);
  CHECK(over.certainty.shown == 3);
  const output::KpiOverPoints& table = over.tables.at(0);
  CHECK(table.points[0].best == 0U);
  CHECK(table.points[1].best == 1U);
  CHECK(table.points[1].best_is_clear);
  CHECK(table.points[1].policies[1].average->mean == Approx(3.05));
  CHECK(table.points[1].policies[1].half_width_together > table.points[1].policies[1].average->half_width);
  CHECK(table.points[1].policies[1].change.mean == Approx(12));  // since the first point, on the same luck
  REQUIRE(table.turns.size() == 1);
  CHECK(table.turns[0].from == 2U);  // from 20
  CHECK(table.turns[0].to == 0U);    // to 30
  CHECK(table.turns[0].at == Approx(20 + 10 * 1.05 / (1.05 + 8.95)));
  CHECK(table.turns[0].is_clear);
}

}  // namespace clientele::tests
