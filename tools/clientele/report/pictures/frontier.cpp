// Two KPIs against each other, as differences to the baseline: which policies no other beats in both.
#include <algorithm>
#include <cmath>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

/// The first of these that a cube has, and that is not the headline.
const output::KpiTexts* second_kpi(const Material& material) {
  for (const char* name : {"satisfaction", "churn", "customers_at_end", "contribution", "revenue"})
    if (const output::KpiTexts* kpi = material.input.kpi(name); kpi != nullptr &&
                                                                name != material.comparison.kpis.front().words.name &&
                                                                kpi->direction != sim::Direction::neither)
      return kpi;
  return nullptr;
}

struct Point {
  std::size_t policy = 0;
  output::Interval x, y;
};

/// Whether some other point is at least as good in both and better in one.
bool is_beaten(const std::vector<Point>& points, const Point& point, double x_sign, double y_sign) {
  return std::ranges::any_of(points, [&](const Point& other) {
    const double x = x_sign * (other.x.mean - point.x.mean), y = y_sign * (other.y.mean - point.y.mean);
    return x >= 0 && y >= 0 && (x > 0 || y > 0);
  });
}

}  // namespace

std::vector<Picture> frontier_picture(const Material& material) {
  const output::KpiTexts* second = second_kpi(material);
  const output::KpiTexts& headline = material.comparison.kpis.front().words;
  if (!material.comparison.has_two_sides() || second == nullptr || headline.direction == sim::Direction::neither)
    return {};
  output::Question question = material.comparison.question;
  question.kpis = {headline.name, second->name};
  question.beside.clear();
  question.over_time = false;
  const std::size_t scenario = scenario_of_answer(material);
  question.scenarios = {scenario};
  const output::Comparison two = output::compare(material.input, question);
  std::vector<Point> points;
  for (std::size_t a = 0; a < two.kpis[0].arms.size(); ++a) {
    const auto &x = two.kpis[0].arms[a], &y = two.kpis[1].arms[a];
    if (x.against && y.against && !std::isnan(x.against->average.mean) && !std::isnan(y.against->average.mean))
      points.push_back({x.policy, x.against->average, y.against->average});
  }
  if (points.empty()) return {};
  points.insert(points.begin(), {question.baseline, {}, {}});
  Picture picture{.id = "frontier", .drawn = "frontier", .title = material.say("frontier.title")};
  Narrowest of_x, of_y;
  std::vector<std::string> best;
  for (const Point& point : points) {
    of_x.add(point.x.half_width), of_y.add(point.y.half_width);
    if (!is_beaten(points, point, sign_of(headline), sign_of(*second)))
      best.push_back(policy_name(material, point.policy));
    picture.rows.push_back({policy_name(material, point.policy), point.x.mean, point.x.low(), point.x.high(),
                            point.y.mean, point.y.low(), point.y.high()});
  }
  const std::string x = kpi_name(material, headline), y = kpi_name(material, *second);
  const auto column = [&](const char* name, const std::string& kpi, const output::KpiTexts& words, double half) {
    return Column{.name = name,
                  .label = material.say(std::string("column.") + name, {{"kpi", kpi}}),
                  .unit = unit_shown(words.unit),
                  .alike = kpi,
                  .half_width = half,
                  .with_sign = true};
  };
  picture.columns = {text_column(material, "policy"),
                     column("x", x, headline, of_x.value()),
                     column("x_low", x, headline, of_x.value()),
                     column("x_high", x, headline, of_x.value()),
                     column("y", y, *second, of_y.value()),
                     column("y_low", y, *second, of_y.value()),
                     column("y_high", y, *second, of_y.value())};
  picture.sentence = material.say("frontier.sentence", {{"x", x}, {"y", y}, {"policies", list_of(material, best)}});
  picture.caption = material.say("frontier.caption", {{"baseline", baseline_name(material)},
                                                      {"scenario", scenario_name(material, scenario)},
                                                      {"meaning", kpi_meaning(material, *second)}});
  picture.alternative = material.say("frontier.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", x}, {"y", y}};
  return {picture};
}

}  // namespace clientele::tools
