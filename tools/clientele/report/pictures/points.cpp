// What became of points, year by year: what was held, what came and what went, to the point.
#include <algorithm>
#include <cmath>
#include <optional>

#include "output/comparison/lift.hpp"
#include "tools/clientele/compare/program.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_rolled = 3;

/// What comes to points that are held, and what goes; the message "points.NAME" says what it is called.
struct PointsFlow {
  const char* name;
  std::vector<std::pair<const char*, double>> metrics;
};
std::vector<PointsFlow> flows_of_points() {
  return {{"earned", {{"points_earned", 1}}},
          {"redeemed", {{"points_redeemed", -1}}},
          {"expired", {{"points_expired", -1}}},
          {"forfeited", {{"points_forfeited", -1}}},
          {"returned", {{"points_given_back", 1}, {"points_set_off", -1}, {"points_reversed", -1}}}};
}

struct Year {
  std::string name;
  std::size_t from = 0, to = 0;  ///< months, the last not with them
};

/// Calendar years where the start is known, else years from month 0 on.
std::vector<Year> years_of(const Material& material, std::size_t months) {
  std::vector<Year> years;
  const output::Comparison& c = material.comparison;
  const bool is_known = c.first_year != 0;
  const std::size_t before = is_known ? static_cast<std::size_t>(c.first_month - 1) : 0;
  for (std::size_t month = 0; month < months; ++month) {
    const std::size_t year = (month + before) / 12;
    if (years.size() <= year)
      years.push_back({is_known ? std::to_string(static_cast<std::size_t>(c.first_year) + year)
                                : material.say("points.year", {{"year", std::to_string(year + 1)}}),
                       month, month});
    years.back().to = month + 1;
  }
  return years;
}

void add_to(output::Futures& sum, const output::Futures& more, double weight) {
  for (std::size_t f = 0; f < sum.values.size(); ++f) sum.values[f] += weight * more.values[f];
}

/// The points of an arm by what becomes of them.
class PointsOfArm {
 public:
  PointsOfArm(const Material& material, std::size_t scenario, std::size_t policy)
      : material_(material), scenario_(scenario), policy_(policy) {}

  std::optional<output::Futures> sum(const PointsFlow& flow, std::size_t from, std::size_t to) const {
    std::optional<output::Futures> sum;
    for (const auto& [metric, weight] : flow.metrics) {
      const auto counted = Counted::of(material_, metric, scenario_, policy_);
      if (!counted) continue;  // returns that the study makes no use of
      if (!sum) sum = counted->sums({.month = from}), sum->values.assign(sum->values.size(), 0);
      for (std::size_t month = from; month < to; ++month) add_to(*sum, counted->sums({.month = month}), weight);
    }
    return sum;
  }

 private:
  const Material& material_;
  std::size_t scenario_, policy_;
};

}  // namespace

std::vector<Picture> points_picture(const Material& material) {
  if (!has_single_months(material)) return {};
  const std::size_t scenario = scenario_of_answer(material);
  Picture picture{.id = "points", .drawn = "bars", .title = material.say("points.title")};
  for (const std::size_t policy : policies_to_draw(material, most_rolled + 1)) {
    if (!output::sells_to_members(material.input, program_terms(), {scenario, policy})) continue;
    const auto held = Counted::of(material, "points", scenario, policy);
    if (!held) continue;
    const PointsOfArm points(material, scenario, policy);
    const std::string name = policy_name(material, policy);
    const auto add = [&](const Year& year, const char* what, const output::Interval& average) {
      picture.rows.push_back(
          {name, year.name, material.say(std::string("points.") + what), average.mean, average.low(), average.high()});
    };
    for (const Year& year : years_of(material, held->months())) {
      for (const PointsFlow& flow : flows_of_points())
        if (const auto sum = points.sum(flow, year.from, year.to))
          if (const output::Interval average = average_of(material, *sum); average.mean != 0)
            add(year, flow.name, average);
      add(year, "held", held->average({.month = year.to - 1}));
    }
    const auto of = [&](std::size_t flow) {
      const auto sum = points.sum(flows_of_points()[flow], 0, held->months());
      return sum ? std::fabs(average_of(material, *sum).mean) : 0;
    };
    const auto opening = Counted::of(material, "points_opening", scenario, policy);
    const double earned = of(0) + (opening ? opening->average({.month = 0}).mean : 0);
    if (!(earned > 0)) continue;
    picture.sentence += (picture.sentence.empty() ? "" : " ") +
                        material.say("points.sentence", {{"policy", name},
                                                         {"redeemed", share_text(material, of(1) / earned)},
                                                         {"broken", share_text(material, (of(2) + of(3)) / earned)},
                                                         {"months", count_text(material, double(held->months()))}});
  }
  if (picture.rows.empty()) return {};
  picture.columns = {text_column(material, "policy"),  text_column(material, "year"), text_column(material, "measure"),
                     count_column(material, "points"), count_column(material, "low"), count_column(material, "high")};
  picture.columns[3].name = "amount";
  picture.caption = material.say("points.caption", {{"scenario", scenario_name(material, scenario)}});
  picture.alternative = material.say("points.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.points")}};
  return {picture};
}

}  // namespace clientele::tools
