// How points come to be redeemed: of those earned, the share that is redeemed so many months later at the latest.
#include <algorithm>
#include <cmath>

#include "output/statistics/prediction.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_triangles = 5;

/// Points of one arm by age, all months of a future behind each other.
class PointsByAgeOfArm {
 public:
  PointsByAgeOfArm(const Material& material, std::size_t scenario, std::size_t policy)
      : held_(material.cube.metric_by_age("points_held_by_age", scenario, policy)),
        redeemed_(material.cube.metric_by_age("points_redeemed_by_age", scenario, policy)),
        broken_(material.cube.metric_by_age("points_broken_by_age", scenario, policy)),
        ages_(material.cube.ages()),
        futures_(material.cube.axes().of_cells().worlds()),
        settles_(std::ranges::count(material.cube.axes().run_off, true) > 0),
        horizon_(material.cube.axes().run_off.size()) {}

  std::size_t ages() const { return ages_; }
  std::size_t futures() const { return futures_; }

  /// By age, the share of what was earned that is redeemed until then and that has come to nothing: of what is open at
  /// an age, as much goes as goes of all that was seen there. NaN from the first age that nobody has reached.
  std::vector<std::pair<double, double>> course(std::size_t future) const {
    const std::size_t months = held_.size() / ages_ / futures_, last = settles_ ? horizon_ : months;
    std::vector<std::pair<double, double>> shares{{0, 0}};
    for (std::size_t age = 1; age < ages_; ++age) {
      double open = 0, redeemed = 0, broken = 0;
      for (std::size_t t = 1; t < last; ++t) {
        const std::size_t now = (future * months + t) * ages_ + age;
        open += number(held_[now - ages_ - 1]);
        redeemed += number(redeemed_[now]);
        broken += number(broken_[now]);
      }
      const auto [so_far, gone] = shares.back();
      const double left = 1 - so_far - gone;
      if (open <= 0) {
        shares.emplace_back(output::not_known, output::not_known);
        continue;
      }
      shares.emplace_back(so_far + left * redeemed / open, gone + left * broken / open);
    }
    return shares;
  }

 private:
  static double number(double value) { return std::isnan(value) ? 0 : value; }

  std::vector<double> held_, redeemed_, broken_;
  std::size_t ages_, futures_;
  bool settles_;         ///< then closed months do not follow those before them
  std::size_t horizon_;  ///< and what settles it
};

/// Whether ages are known of all points that a policy's members hold (models/loyalty/liability.hpp).
bool has_ages(const Material& material, std::size_t scenario, std::size_t policy) {
  constexpr const char* kpi = "contract_liability_at_end";
  if (material.input.kpi(kpi) == nullptr) return false;
  const std::vector<double> values = material.input.values(kpi);
  const std::size_t worlds = material.cube.axes().of_cells().worlds();
  const std::size_t first = (scenario * material.cube.axes().policies.size() + policy) * worlds;
  for (std::size_t world = 0; world < worlds; ++world)
    if (!std::isnan(values[first + world])) return true;
  return false;
}

/// Ends of the band are order statistics of futures: below nine of these there is none.
Row row_of_age(const std::string& policy, std::size_t age, double mean, std::vector<double> values) {
  constexpr std::size_t fewest = 9;
  std::ranges::sort(values);
  const auto at = [&](double p) {
    return values.size() >= fewest ? output::prediction_bound(values, p) : output::not_known;
  };
  return {policy, static_cast<double>(age), mean, at(0.1), at(0.25), output::prediction_bound(values, 0.5), at(0.75),
          at(0.9)};
}

}  // namespace

std::vector<Picture> triangle_picture(const Material& material) {
  if (material.cube.metrics_by_age().empty()) return {};
  const std::size_t scenario = scenario_of_answer(material);
  Picture picture{.id = "triangle", .drawn = "course", .title = material.say("triangle.title")};
  for (const std::size_t policy : policies_to_draw(material, most_triangles)) {
    if (!has_ages(material, scenario, policy)) continue;
    const PointsByAgeOfArm points(material, scenario, policy);
    std::vector<std::vector<std::pair<double, double>>> courses;
    for (std::size_t future = 0; future < points.futures(); ++future) courses.push_back(points.course(future));
    double redeemed = output::not_known, broken = output::not_known;
    std::size_t last = 0;
    for (std::size_t age = 1; age < points.ages(); ++age) {
      std::vector<double> values;
      double sum = 0, sum_broken = 0;
      for (const auto& course : courses) {
        if (std::isnan(course[age].first)) continue;
        values.push_back(100 * course[age].first);
        sum += course[age].first;
        sum_broken += course[age].second;
      }
      if (values.empty()) continue;
      last = age;
      redeemed = sum / static_cast<double>(values.size());
      broken = sum_broken / static_cast<double>(values.size());
      constexpr std::size_t listed_each = 6;
      if (age % listed_each == 0) picture.listed.push_back(picture.rows.size());
      picture.rows.push_back(row_of_age(policy_name(material, policy), age, 100 * redeemed, values));
    }
    if (last == 0) continue;
    picture.sentence += (picture.sentence.empty() ? "" : " ") +
                        material.say("triangle.sentence", {{"policy", policy_name(material, policy)},
                                                           {"months", count_text(material, static_cast<double>(last))},
                                                           {"redeemed", share_text(material, redeemed)},
                                                           {"broken", share_text(material, broken)}});
  }
  if (picture.rows.empty()) return {};
  const auto level = [&](const char* name) { return number_column(material, name, "%", "level", 0.5); };
  picture.columns = {text_column(material, "policy"),
                     month_column(material),
                     level("level"),
                     level("tenth"),
                     level("quarter_low"),
                     level("middle"),
                     level("quarter_high"),
                     level("nine_tenths")};
  picture.columns[1].label = material.say("triangle.age");
  picture.columns[2].name = "mean";
  picture.columns[3].name = "low";
  picture.columns[7].name = "high";
  picture.caption = material.say("triangle.caption", {{"scenario", scenario_name(material, scenario)}});
  picture.alternative = material.say("triangle.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("triangle.age")},
                    {"y", material.say("triangle.axis")},
                    {"most", material.say("liability.most")},
                    {"half", material.say("liability.half")}};
  return {picture};
}

}  // namespace clientele::tools
