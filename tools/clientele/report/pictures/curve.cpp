// What policies add over the values of each number that a sweep asked for, all others as at the point of the page.
#include <algorithm>
#include <cmath>

#include "output/comparison/over_points.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_curve_panels = 7;  ///< the baseline is none of them

/// Points that differ from one in a number alone, in the order of that number.
std::vector<std::size_t> line_through(const output::CubePoints& points, std::size_t point, std::size_t path) {
  std::vector<std::size_t> line;
  for (std::size_t other = 0; other < points.places(); ++other) {
    bool differs_elsewhere = false;
    for (std::size_t p = 0; p < points.paths.size(); ++p)
      differs_elsewhere = differs_elsewhere || (p != path && points.values[other][p] != points.values[point][p]);
    if (!differs_elsewhere) line.push_back(other);
  }
  std::ranges::sort(line, {}, [&](std::size_t other) { return points.values[other][path]; });
  return line;
}

/// Where the first sign turns on the line.
const output::SignTurn* turn_on(const output::KpiOverPoints& table, const std::vector<std::size_t>& line,
                                std::size_t path) {
  for (const output::SignTurn& turn : table.turns)
    if (turn.path == path && std::ranges::count(line, turn.from) + std::ranges::count(line, turn.to) == 2) return &turn;
  return nullptr;
}

Picture picture_of(const Material& material, const output::OverPoints& over, std::size_t path,
                   const std::vector<std::size_t>& line) {
  const output::KpiOverPoints& table = over.tables.front();
  const std::string name = sim::printable(over.points.paths[path], 80);
  Picture picture{.id = "curve-" + std::to_string(path + 1),
                  .drawn = "curve",
                  .title = material.say("curve.title", {{"number", name}})};
  Narrowest narrowest;
  for (std::size_t p = 0; p < over.question.policies.size(); ++p)
    for (const std::size_t point : line) {
      const output::PolicyAtPoint& told = table.points[point].policies[p];
      if (!told.average || !told.is_told()) continue;
      narrowest.add(told.average->half_width);
      picture.rows.push_back({policy_name(material, told.policy), over.points.values[point][path], told.average->mean,
                              told.average->low(), told.average->high()});
    }
  const auto column = [&](const char* which) {
    return difference_column(material, which, table.words.unit, narrowest.value());
  };
  Column value = number_column(material, "value", over.points.units[path], "each");
  value.label = name;
  picture.columns = {text_column(material, "policy"), value, column("mean"), column("low"), column("high")};
  const std::string kpi = kpi_name(material, table.words);
  if (const output::SignTurn* turn = turn_on(table, line, path))
    picture.sentence = material.say("curve.turns", {{"policy", policy_name(material, turn->policy)},
                                                    {"baseline", baseline_name(material)},
                                                    {"kpi", kpi},
                                                    {"from", sim::shortest_text(over.points.values[turn->from][path])},
                                                    {"to", sim::shortest_text(over.points.values[turn->to][path])},
                                                    {"number", name}});
  else if (std::ranges::all_of(line, [&](std::size_t point) { return table.points[point].is_told(); }))
    picture.sentence = material.say("curve.stays", {{"kpi", kpi}, {"number", name}});
  else
    picture.sentence = picture.title;  // of what is missing nobody knows
  picture.caption = material.say("curve.caption", {{"scenario", scenario_name(material, table.scenario)},
                                                   {"baseline", baseline_name(material)},
                                                   {"meaning", kpi_meaning(material, table.words)}});
  picture.alternative = material.say("curve.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", name},
                    {"y", axis_of_difference(material, table.words.unit)},
                    {"here", sim::shortest_text(over.points.values[*material.cube.point()][path])},
                    {"here_name", material.say("curve.here")}};
  return picture;
}

}  // namespace

std::vector<Picture> curve_picture(const Material& material) {
  const output::CubePoints& points = material.cube.points();
  if (!points.any() || !material.cube.point() || !material.comparison.has_two_sides()) return {};
  output::Question question = question_of(material, policies_to_draw(material, most_curve_panels));
  question.kpis.resize(1);
  const output::OverPoints over = output::over_points(
      material.input, question, points, [&](const std::string& kpi) { return material.cube.kpi_at_all_points(kpi); });
  std::vector<Picture> pictures;
  for (std::size_t path = 0; path < points.paths.size(); ++path)
    if (const auto line = line_through(points, *material.cube.point(), path); line.size() > 1)
      pictures.push_back(picture_of(material, over, path, line));
  return pictures;
}

}  // namespace clientele::tools
