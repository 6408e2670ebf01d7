// What each policy has gained or lost over the baseline by the end of each month, one panel a policy.
#include <algorithm>
#include <cmath>

#include "output/comparison/over_time.hpp"
#include "output/comparison/worth.hpp"
#include "output/statistics/prediction.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_courses = 7;  ///< the baseline is none of them

std::vector<double> ascending_at(const output::WorthOverTime& worth, std::size_t month) {
  std::vector<double> values;
  for (std::size_t f = 0; f < worth.sums.size() / worth.months; ++f)
    if (const double value = worth.up_to(f, month); !std::isnan(value)) values.push_back(value);
  std::ranges::sort(values);
  return values;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Bands need as many futures as a range of nine in ten; the middle one is there whenever one is.
Row row_of(const std::string& policy, std::size_t month, const std::vector<double>& values) {
  const bool enough = values.size() >= output::least_futures_of_a_range;
  const auto at = [&](double p) { return enough ? output::prediction_bound(values, p) : output::not_known; };
  return {policy,   static_cast<double>(month + 1),        mean_of(values), at(0.05),
          at(0.25), output::prediction_bound(values, 0.5), at(0.75),        at(0.95)};
}

struct End {
  std::string policy;
  double middle = 0;  ///< over futures
};

}  // namespace

std::vector<Picture> course_picture(const Material& material) {
  if (!material.comparison.has_two_sides()) return {};
  const output::KpiTexts* whole = material.input.kpi(sim::KpiPart::whole);
  if (whole == nullptr) return {};
  const std::size_t scenario = scenario_of_answer(material), baseline = material.comparison.question.baseline;
  Picture picture{.id = "course", .drawn = "course", .title = material.say("course.title")};
  std::vector<End> ends;
  std::size_t months = 0;
  for (const std::size_t policy : policies_to_draw(material, most_courses)) {
    if (policy == baseline) continue;
    const auto worth = output::worth_over_time(material.input, {scenario, policy}, {scenario, baseline});
    if (!worth) return {};
    months = worth->months;
    const std::vector<std::size_t> years = output::ends_of_years(material.input.months, material.input.closed, months);
    for (std::size_t month = 0; month < months; ++month) {
      const std::vector<double> values = ascending_at(*worth, month);
      if (values.empty()) continue;
      if (std::ranges::find(years, month + 1) != years.end()) picture.listed.push_back(picture.rows.size());
      picture.rows.push_back(row_of(policy_name(material, policy), month, values));
    }
    if (!picture.rows.empty())
      ends.push_back({policy_name(material, policy), std::get<double>(picture.rows.back()[5])});
  }
  if (ends.empty()) return {};
  const auto difference = [&](const char* name) { return difference_column(material, name, whole->unit); };
  picture.columns = {text_column(material, "policy"), month_column(material),    difference("mean"),
                     difference("low_future"),        difference("quarter_low"), difference("middle"),
                     difference("quarter_high"),      difference("high_future")};
  picture.columns[3].name = "low";
  picture.columns[7].name = "high";
  const End& best = *std::ranges::max_element(ends, {}, &End::middle);
  picture.sentence = material.say(best.middle >= 0 ? "course.gains" : "course.loses",
                                  {{"policy", best.policy},
                                   {"baseline", baseline_name(material)},
                                   {"amount", amount(material, std::fabs(best.middle), whole->unit)},
                                   {"months", count_text(material, static_cast<double>(months))},
                                   {"scenario", scenario_name(material, scenario)}});
  picture.caption = material.say("course.caption", {{"scenario", scenario_name(material, scenario)},
                                                    {"baseline", baseline_name(material)},
                                                    {"horizon", count_text(material, double(material.input.months))}});
  picture.alternative = material.say("course.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.month")},
                    {"y", axis_of_difference(material, whole->unit)},
                    {"horizon", std::to_string(material.input.months)}};
  return {picture};
}

}  // namespace clientele::tools
