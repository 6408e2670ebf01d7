// What each policy brings by itself: the headline, what the study wants to see beside it, and every KPI that is a peak,
// with the month of it.
#include <algorithm>
#include <cmath>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

std::vector<std::string> kpis_shown(const Material& material) {
  std::vector<std::string> names{material.comparison.kpis.front().words.name};
  for (const std::string& name : material.input.beside)
    if (std::ranges::find(names, name) == names.end() && material.input.kpi(name) != nullptr) names.push_back(name);
  for (const output::KpiTexts& kpi : material.input.kpis)
    if (!kpi.month_of.empty() && std::ranges::find(names, kpi.month_of) == names.end() &&
        material.input.kpi(kpi.month_of) != nullptr)
      names.push_back(kpi.month_of);
  return names;
}

/// 0 in every future of every arm: the peak of what a study makes no use of.
bool is_nothing(const output::ComparedKpi& kpi) {
  return std::ranges::all_of(
      kpi.arms, [](const output::ComparedArm& arm) { return arm.mean() == 0 && !(arm.levels.mean.half_width > 0); });
}

Row row_of(const Material& material, const output::ComparedArm& arm, bool peaks) {
  const output::Interval& mean = arm.levels.mean;
  const output::Prediction& range = arm.levels.prediction;
  Row row{scenario_name(material, arm.scenario),
          policy_name(material, arm.policy),
          mean.mean,
          mean.low(),
          mean.high(),
          range.low,
          range.middle,
          range.high};
  if (!peaks) return row;
  const output::Prediction month = arm.month_of_peak.value_or(output::Prediction{
      .low = output::not_known, .middle = output::not_known, .high = output::not_known, .why_missing = {}});
  for (const double at : {month.low, month.middle, month.high}) row.push_back(at + 1);  // month 1 is the first
  return row;
}

Picture picture_of(const Material& material, const output::ComparedKpi& kpi) {
  const bool peaks = std::ranges::any_of(kpi.arms, [](const auto& arm) { return arm.month_of_peak.has_value(); });
  Picture picture{.id = "levels-" + kpi.words.name,
                  .drawn = "levels",
                  .title = material.say("levels.title", {{"kpi", kpi_name(material, kpi.words)}})};
  Narrowest narrowest;
  for (const output::ComparedArm& arm : kpi.arms) {
    narrowest.add(arm.levels.mean.half_width);
    picture.rows.push_back(row_of(material, arm, peaks));
  }
  const auto level = [&](const char* name) {
    return number_column(material, name, kpi.words.unit, "level", narrowest.value());
  };
  picture.columns = {text_column(material, "scenario"),
                     text_column(material, "policy"),
                     level("level"),
                     level("low"),
                     level("high"),
                     level("future_low"),
                     level("future_middle"),
                     level("future_high")};
  picture.columns[2].name = "mean";
  if (peaks)
    for (const char* name : {"peak_month_low", "peak_month", "peak_month_high"}) {
      Column column = text_column(material, name);
      column.holds = Column::Holds::month;
      picture.columns.push_back(column);
    }
  const output::ComparedArm& first = kpi.arms.front();
  const output::Prediction& range = first.levels.prediction;
  picture.sentence =
      material.say(std::isnan(range.low) ? "levels.mean" : "levels.sentence",
                   {{"policy", policy_name(material, first.policy)},
                    {"scenario", scenario_name(material, first.scenario)},
                    {"kpi", kpi_name(material, kpi.words)},
                    {"mean", amount(material, first.mean(), kpi.words.unit, first.levels.mean.half_width)}});
  if (!std::isnan(range.low))
    picture.sentence += material.say("levels.range", {{"low", amount(material, range.low, kpi.words.unit)},
                                                      {"high", amount(material, range.high, kpi.words.unit)}});
  picture.caption = material.say("levels.caption", {{"meaning", kpi_meaning(material, kpi.words)}});
  picture.alternative = material.say("levels.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", kpi_name(material, kpi.words)}};
  return picture;
}

}  // namespace

std::vector<Picture> levels_picture(const Material& material) {
  output::Question question = material.comparison.question;
  question.kpis = kpis_shown(material);
  question.beside.clear();
  question.over_time = false;
  std::vector<Picture> pictures;
  const auto is_there = [&](const output::ComparedKpi& kpi) {
    const bool is_asked = kpi.words.name == question.kpis.front() ||
                          std::ranges::find(material.input.beside, kpi.words.name) != material.input.beside.end();
    return !kpi.arms.empty() && !std::isnan(kpi.arms.front().mean()) && (is_asked || !is_nothing(kpi));
  };
  for (const output::ComparedKpi& kpi : output::compare(material.input, question).kpis)
    if (is_there(kpi)) pictures.push_back(picture_of(material, kpi));
  return pictures;
}

}  // namespace clientele::tools
