// Which customers of the day when the policies parted gain, and which lose: the parts of `compare --by class`, by the
// tier that the baseline gave and by what they had bought.
#include "output/comparison/winners.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "sim/class_names.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

/// "A" for "today's A", "the largest tenth" for "tenth 1".
std::string part_in_words(const Material& material, const std::string& name) {
  const std::string of_baseline = material.input.policies[material.comparison.question.baseline] + "'s ";
  if (name.starts_with(of_baseline)) return shown_name(name.substr(of_baseline.size()));
  for (const char* other : {sim::class_of_leavers, sim::class_of_newcomers, sim::class_of_firm})
    if (name == other) return material.say(std::string("winners.") + other);
  return material.say("winners.tenth", {{"number", name.substr(name.rfind(' ') + 1)}});
}

/// Those whose interval leaves no doubt.
struct Clear {
  std::vector<std::string> gain, lose;

  void add(const std::string& part, const output::Interval& difference, bool lower_is_better) {
    if (std::isnan(difference.mean) || std::isnan(difference.half_width)) return;
    if (std::fabs(difference.mean) <= difference.half_width) return;
    ((difference.mean > 0) != lower_is_better ? gain : lose).push_back(part);
  }
};

const output::KpiTexts* kpi_by_class(const Material& material) {
  for (const output::ComparedKpi& kpi : material.comparison.kpis)
    if (output::is_told_by_class(material.cube, kpi.words.name)) return &kpi.words;
  return nullptr;
}

}  // namespace

std::vector<Picture> winners_picture(const Material& material) {
  if (!material.comparison.answer || !output::has_classes(material.cube)) return {};
  const output::KpiTexts* kpi = kpi_by_class(material);
  if (kpi == nullptr) return {};
  const output::Answer& answer = *material.comparison.answer;
  output::Question question = question_of(material, {material.comparison.question.baseline, answer.policy});
  question.kpis = {kpi->name};
  const output::Winners winners = output::winners_of(material.cube, material.input, question);
  if (winners.arms.empty()) return {};
  const output::WinnersArm& arm = winners.arms.front();

  Picture picture{.id = "winners", .drawn = "winners", .title = material.say("winners.title")};
  Narrowest narrowest;
  Clear clear;
  const auto add = [&](const char* by, const std::vector<output::WinnersRow>& rows) {
    for (const output::WinnersRow& row : rows) {
      const std::string part = part_in_words(material, row.name);
      narrowest.add(row.difference.half_width);
      clear.add(part, row.difference, kpi->direction == sim::Direction::lower_is_better);
      picture.rows.push_back({material.say(by, {{"baseline", baseline_name(material)}}), part, row.customers,
                              row.difference.mean, row.difference.low(), row.difference.high(), row.of_customer.mean});
    }
  };
  add("winners.by_tenth", arm.tenths);
  add("winners.by_tier", arm.tiers);
  if (picture.rows.empty()) return {};

  const auto difference = [&](const char* name) {
    return difference_column(material, name, kpi->unit, narrowest.value());
  };
  Column each = difference_column(material, "of_customer", kpi->unit);
  each.alike = "each";
  picture.columns = {text_column(material, "by"),
                     text_column(material, "part"),
                     count_column(material, "customers"),
                     difference("mean"),
                     difference("low"),
                     difference("high"),
                     each};
  const auto named = [&](const std::vector<std::string>& parts) {
    return parts.empty() ? material.say("winners.none") : list_of(material, parts);
  };
  picture.sentence = material.say("winners.sentence", {{"kpi", kpi_name(material, *kpi)},
                                                       {"policy", policy_name(material, answer.policy)},
                                                       {"baseline", baseline_name(material)},
                                                       {"gain", named(clear.gain)},
                                                       {"lose", named(clear.lose)}});
  picture.caption = material.say("winners.caption", {{"scenario", scenario_name(material, answer.scenario)},
                                                     {"kpi", kpi_name(material, *kpi)},
                                                     {"baseline", baseline_name(material)}});
  picture.alternative = material.say("winners.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, kpi->unit)}};
  return {picture};
}

}  // namespace clientele::tools
