// Which groups of customers bring more under a policy than under the baseline, and which less: the numbers of
// `compare --by group`.
#include <cmath>

#include "output/comparison/by.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_grouped = 6;

/// Of one measure, by group.
output::By groups_by(const Material& material, std::string_view name) {
  std::vector<output::ByMeasure> measures = measures_by(output::ByAxis::group);
  std::erase_if(measures, [&](const output::ByMeasure& measure) { return measure.name != name; });
  return output::by_part(material.cube, material.input, question_of(material, policies_to_draw(material, most_grouped)),
                         output::ByAxis::group, measures);
}

/// Whether the policy of the answer puts so few of a group into its top tier that somebody should look.
std::string unequal_in_words(const Material& material, const output::Answer& answer) {
  const output::By by = groups_by(material, "top_tier");
  std::string text;
  for (const output::ByArm& arm : by.arms) {
    if (arm.policy != answer.policy || arm.scenario != answer.scenario) continue;
    const output::UnequalGroups unequal = output::unequal_groups(by, arm);
    for (const output::UnequalGroups::Group& group : unequal.others)
      text += " " + material.say("groups.four_fifths", {{"policy", policy_name(material, answer.policy)},
                                                        {"group", shown_name(group.name)},
                                                        {"share", percent(group.share, material.language)},
                                                        {"best", shown_name(unequal.best.name)},
                                                        {"of_best", percent(unequal.best.share, material.language)}});
  }
  return text;
}

}  // namespace

std::vector<Picture> groups_picture(const Material& material) {
  if (output::groups_of(material.cube).size() < 2 || !material.comparison.answer) return {};
  const output::Answer& answer = *material.comparison.answer;
  Picture picture{.id = "groups", .drawn = "groups", .title = material.say("groups.title")};
  Narrowest narrowest;
  std::vector<std::string> gain, lose;
  const output::By by = groups_by(material, "contribution");
  for (const output::ByArm& arm : by.arms)
    for (const output::ByPart& part : arm.parts) {
      if (part.values.empty() || !part.values.front().difference) continue;
      const output::Interval& difference = *part.values.front().difference;
      if (std::isnan(difference.mean)) continue;
      const std::string group = shown_name(part.name);
      narrowest.add(difference.half_width);
      picture.rows.push_back(
          {group, policy_name(material, arm.policy), difference.mean, difference.low(), difference.high()});
      if (arm.policy != answer.policy) continue;
      if (difference.low() > 0) gain.push_back(group);
      if (difference.high() < 0) lose.push_back(group);
    }
  if (picture.rows.empty()) return {};
  const auto difference = [&](const char* name) {
    return difference_column(material, name, material.input.currency, narrowest.value());
  };
  picture.columns = {text_column(material, "group"), text_column(material, "policy"), difference("mean"),
                     difference("low"), difference("high")};
  const auto named = [&](const std::vector<std::string>& names) {
    return names.empty() ? material.say("groups.none") : list_of(material, names);
  };
  picture.sentence = material.say("groups.sentence", {{"policy", policy_name(material, answer.policy)},
                                                      {"baseline", baseline_name(material)},
                                                      {"more", named(gain)},
                                                      {"less", named(lose)}});
  picture.caption = material.say("groups.caption", {{"scenario", scenario_name(material, answer.scenario)},
                                                    {"baseline", baseline_name(material)}}) +
                    unequal_in_words(material, answer) + left_out_in_words(material, by);
  picture.alternative = material.say("groups.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, material.input.currency)}};
  return {picture};
}

}  // namespace clientele::tools
