// Which customers of the day when the policies parted gain, and which lose: the parts of `compare --by class`, by the
// tier that the baseline gave and by what they had bought.
#include "output/comparison/winners.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/class_names.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

std::string prefix_of_tiers(const Material& material) {
  return material.input.policies[material.comparison.question.baseline] + "'s ";
}

/// "A" for "today's A", "tenth 1" in the language.
std::string part_in_words(const Material& material, const std::string& name) {
  const std::string of_baseline = prefix_of_tiers(material);
  if (name.starts_with(of_baseline)) return shown_name(name.substr(of_baseline.size()));
  for (const char* other : {sim::class_of_leavers, sim::class_of_newcomers, sim::class_of_firm})
    if (name == other) return material.say(std::string("winners.") + other);
  return material.say("winners.tenth", {{"number", name.substr(name.rfind(' ') + 1)}});
}

/// Parts whose interval leaves no doubt, of one sign: tenths that stand side by side are named together, and a tier is
/// named where there is another one.
std::vector<std::string> clear_parts(const Material& material, const output::WinnersArm& arm, double sign) {
  const auto is_clear = [&](const output::WinnersRow& row) {
    return sign * row.difference.mean > row.difference.half_width;  // false where either is missing
  };
  const auto number_of = [](const output::WinnersRow& row) { return row.name.substr(row.name.rfind(' ') + 1); };
  std::vector<std::string> parts;
  for (std::size_t first = 0, behind = 0; first < arm.tenths.size(); first = behind + 1) {
    for (behind = first; behind < arm.tenths.size() && is_clear(arm.tenths[behind]);) ++behind;
    if (behind == first + 1) parts.push_back(part_in_words(material, arm.tenths[first].name));
    if (behind > first + 1)
      parts.push_back(material.say(
          "winners.tenths", {{"first", number_of(arm.tenths[first])}, {"last", number_of(arm.tenths[behind - 1])}}));
  }
  const std::string of_baseline = prefix_of_tiers(material);
  const auto tiers =
      std::ranges::count_if(arm.tiers, [&](const auto& row) { return row.name.starts_with(of_baseline); });
  for (const output::WinnersRow& row : arm.tiers)
    if (is_clear(row) && (tiers > 1 || !row.name.starts_with(of_baseline)))
      parts.push_back(part_in_words(material, row.name));
  return parts;
}

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
  const auto add = [&](const std::string& by, const std::vector<output::WinnersRow>& rows) {
    for (const output::WinnersRow& row : rows) {
      const std::string part = part_in_words(material, row.name);
      narrowest.add(row.difference.half_width);
      picture.rows.push_back({by, part, row.customers, row.difference.mean, row.difference.low(), row.difference.high(),
                              row.of_customer.mean});
    }
  };
  add(material.say("winners.by_tenth"), arm.tenths);
  add(material.say("winners.by_tier", {{"baseline", baseline_name(material)}}), arm.tiers);
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
  const auto named = [&](double sign) {
    const std::vector<std::string> parts = clear_parts(material, arm, sign);
    return parts.empty() ? material.say("winners.none") : list_of(material, parts);
  };
  picture.sentence = material.say("winners.sentence", {{"kpi", kpi_name(material, *kpi)},
                                                       {"policy", policy_name(material, answer.policy)},
                                                       {"baseline", baseline_name(material)},
                                                       {"more", named(1)},
                                                       {"less", named(-1)}});
  picture.caption = material.say("winners.caption", {{"scenario", scenario_name(material, answer.scenario)},
                                                     {"kpi", kpi_name(material, *kpi)},
                                                     {"baseline", baseline_name(material)}});
  picture.alternative = material.say("winners.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, kpi->unit)}};
  return {picture};
}

}  // namespace clientele::tools
