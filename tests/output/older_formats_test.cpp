// Cubes that earlier programs made are read as they were made: one of each format stands in fixtures/.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>

#include "output/comparison/by.hpp"
#include "output/comparison/comparison.hpp"
#include "output/cube/reader.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using output::CubeReader;
using Json = nlohmann::json;

namespace {

const std::filesystem::path fixtures = std::filesystem::path(CLIENTELE_SOURCE_DIR) / "tests/output/fixtures";

/// The facts beside every cube, by its format.
std::vector<std::pair<std::filesystem::path, Json>> cubes_of_formats() {
  std::vector<std::pair<std::filesystem::path, Json>> all;
  for (const auto& entry : std::filesystem::directory_iterator(fixtures))
    if (entry.path().extension() == ".json") {
      std::ifstream facts(entry.path());
      all.emplace_back(std::filesystem::path(entry.path()).replace_extension(".nc"), Json::parse(facts));
    }
  return all;
}

bool is_before_1_5(const Json& facts) { return facts.at("cube_format") == "1.3" || facts.at("cube_format") == "1.4"; }

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += std::isnan(value) ? 0 : value;
  return sum;
}

/// Every arm has the sum that was found when the cube was made.
template <class Values>
void check_sums(const CubeReader& cube, const Json& sums, Values values) {
  for (std::size_t s = 0; s < cube.axes().scenarios.size(); ++s)
    for (std::size_t p = 0; p < cube.axes().policies.size(); ++p)
      CHECK(sum_of(values(s, p)) == Approx(sums.at(s).at(p).get<double>()).epsilon(1e-12));
}

void check_labels(const CubeReader& cube, const Json& facts) {
  const CubeReader::Axes& axes = cube.axes();
  CHECK(Json(axes.scenarios) == facts.at("scenario"));
  CHECK(Json(axes.policies) == facts.at("policy"));
  CHECK(Json(axes.groups) == facts.at("group"));
  CHECK(axes.draws == facts.at("draw").size());
  CHECK(axes.replications == facts.at("replication").size());
  CHECK(Json(axes.month_starts) == facts.at("month"));
  CHECK(std::ranges::count(axes.run_off, true) == std::ranges::count(facts.at("run_off"), Json(1)));
  CHECK(cube.cells_done() == facts.at("cells_done").get<std::size_t>());
  CHECK(Json(cube.parameters()) == facts.at("parameter"));
  for (std::size_t p = 0; p < axes.policies.size(); ++p)
    for (std::size_t k = 0; k < axes.tiers; ++k)
      CHECK(cube.tier_name(p, k) == facts.at("tier_name").at(p).at(k).get<std::string>());
  for (const char* text : {"cube_format", "title", "baseline", "headline", "currency", "people", "model_version",
                           "study_digest", "data_hash"})
    CHECK(cube.text(text) == facts.at(text).get<std::string>());
  for (std::size_t f = 0; const sim::Assumption& field : cube.assumptions()) {
    CHECK(field.path == facts.at("field").at(f).get<std::string>());
    CHECK(field.value == facts.at("field_value").at(f++).get<std::string>());
  }
  CHECK(cube.levers().size() == facts.at("lever").size());
}

void check_kpis(const CubeReader& cube, const Json& kpis) {
  CHECK(cube.kpis().size() == kpis.size());
  for (const auto& [name, kpi] : kpis.items()) {
    CHECK(cube.kpi_text(name, "units") == kpi.at("unit").get<std::string>());
    CHECK(cube.kpi_text(name, "formula") == kpi.at("formula").get<std::string>());
    CHECK(cube.kpi_text(name, "direction") == kpi.at("direction").get<std::string>());
    const std::vector<double> values = cube.kpi(name);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Json& value = kpi.at("values").at(i);
      CHECK((value.is_null() ? std::isnan(values[i]) : values[i] == value.get<double>()));
    }
  }
}

/// The mean of an arm over its lives, from what h5py found.
double mean_of(const CubeReader& cube, const Json& values, std::size_t scenario, std::size_t policy) {
  const sim::CellAxes axes = cube.axes().of_cells();
  const std::size_t lives = axes.worlds(), from = axes.number_of_arm(scenario, policy) * lives;
  double sum = 0;
  for (std::size_t life = 0; life < lives; ++life) sum += values.at(from + life).get<double>();
  return sum / static_cast<double>(lives);
}

}  // namespace

TEST_CASE("a cube of every format from 1.3 on holds what was found in it when it was made") {
  const auto all = cubes_of_formats();
  REQUIRE_FALSE(all.empty());
  for (const auto& [path, facts] : all) {
    INFO(path);
    const CubeReader cube(path);
    CHECK_FALSE(cube.study_text().empty());
    check_labels(cube, facts);
    check_kpis(cube, facts.at("kpis"));
    CHECK(cube.metrics().size() == facts.at("metrics").size());
    CHECK(cube.series_names().empty() == is_before_1_5(facts));
    CHECK(cube.axes().each_group.empty());
    CHECK_FALSE((cube.has_kpi_by("npv", output::ByAxis::tier) || cube.has_sum("customers") || cube.has_flow_sum()));
    for (const auto& [name, metric] : facts.at("metrics").items()) {
      CHECK(cube.metric_text(name, "units") == metric.at("unit").get<std::string>());
      check_sums(cube, metric.at("sums"), [&](std::size_t s, std::size_t p) { return cube.metric(name, s, p); });
    }
    for (const std::string& name : cube.histograms()) {
      const std::string variable = "histogram_" + name;
      check_sums(cube, facts.at("histograms").at(variable + "_customers"),
                 [&](std::size_t s, std::size_t p) { return cube.histogram(name, s, p).customers; });
      check_sums(cube, facts.at("histograms").at(variable + "_sum"),
                 [&](std::size_t s, std::size_t p) { return cube.histogram(name, s, p).sum; });
    }
    check_sums(cube, facts.at("tier_flow"), [&](std::size_t s, std::size_t p) { return cube.tier_flow(s, p); });
  }
}

TEST_CASE("a comparison needs only the KPIs of a cube, whatever they are called and counted from") {
  for (const auto& [path, facts] : cubes_of_formats()) {
    INFO(path);
    const CubeReader cube(path);
    output::Question question;
    question.policies = question.scenarios = {0, 1};
    question.kpis = cube.kpis();
    const output::Comparison comparison = output::compare(output::input_of({&cube}), question);
    for (const output::ComparedKpi& kpi : comparison.kpis)
      for (const output::ComparedArm& arm : kpi.arms) {
        const Json& values = facts.at("kpis").at(kpi.words.name).at("values");
        if (std::ranges::none_of(values, [](const Json& value) { return value.is_null(); }))
          CHECK(arm.mean() == Approx(mean_of(cube, values, arm.scenario, arm.policy)).epsilon(1e-12));
      }
  }
}

TEST_CASE("a cube that says of no KPI what it is to an answer is compared by its headline alone") {
  for (const auto& [path, facts] : cubes_of_formats()) {
    INFO(path);
    if (!is_before_1_5(facts)) continue;
    const CubeReader cube(path);
    const std::string headline = facts.at("headline").get<std::string>();
    output::Question question;
    question.policies = question.scenarios = {0, 1};
    question.kpis = {headline};
    const output::Comparison comparison = output::compare(output::input_of({&cube}), question);
    REQUIRE(comparison.answer);
    CHECK(comparison.answer->headline.kpi.name == headline);
    CHECK_FALSE(comparison.answer->within);
    CHECK_FALSE(comparison.answer->whole);
    CHECK_FALSE(comparison.answer->payback);
    CHECK_FALSE(comparison.answer->spending);
  }
}

TEST_CASE("a cube that keeps nothing of parts is told by tier and group from its metrics") {
  for (const auto& [path, facts] : cubes_of_formats()) {
    INFO(path);
    const CubeReader cube(path);
    output::Question question;
    question.policies = question.scenarios = {0, 1};
    const output::ComparisonInput input = output::input_of({&cube});
    for (const output::ByAxis axis : {output::ByAxis::tier, output::ByAxis::group}) {
      const output::By by =
          output::by_part(cube, input, question, axis,
                          {{"revenue", "", "money", output::ByMeasure::Of::all_months, {"revenue"}, "", "revenue"},
                           {"moved", "", "1", output::ByMeasure::Of::moves_in}});
      REQUIRE((by.measures.size() == 2 && by.arms.size() == 4));
      double told = 0, there = 0;
      for (const output::ByPart& part : by.arms[1].parts) told += part.values[0].level.mean;
      const std::vector<double> revenue = cube.metric("revenue", 0, 1);
      const std::size_t of_month = cube.axes().tiers * cube.axes().groups.size(), months = cube.axes().months;
      for (std::size_t i = 0; i < revenue.size(); ++i)
        if (!std::isnan(revenue[i]) && !cube.axes().run_off[i / of_month % months]) there += revenue[i];
      CHECK(told == Approx(there / static_cast<double>(cube.axes().of_cells().worlds())).epsilon(1e-12));
      CHECK(by.arms[1].parts.front().values[1].level.mean > 0);
    }
  }
}

}  // namespace clientele::tests
