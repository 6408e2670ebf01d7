// Which groups of customers bring more under a policy than under the baseline, and which less.
#include <algorithm>
#include <cmath>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_policies = 6;

output::Interval difference_of(const Material& material, std::size_t scenario, std::size_t policy, std::size_t group) {
  const auto ours = Counted::of(material, "contribution", scenario, policy),
             theirs = Counted::of(material, "contribution", scenario, material.comparison.question.baseline);
  if (!ours || !theirs) return {.mean = output::not_known, .caution = {}, .why_missing = {}};
  return average_of(material, output::difference(ours->sums({.group = group}), theirs->sums({.group = group})));
}

}  // namespace

std::vector<Picture> groups_picture(const Material& material) {
  const std::vector<std::string>& groups = material.cube.axes().groups;
  if (groups.size() < 2 || !material.comparison.answer) return {};
  const output::Answer& answer = *material.comparison.answer;
  Picture picture{.id = "groups", .drawn = "groups", .title = material.say("groups.title")};
  Narrowest narrowest;
  std::vector<std::string> gain, lose;
  for (const std::size_t policy : policies_to_draw(material, most_policies))
    for (std::size_t g = 0; g < groups.size() && policy != material.comparison.question.baseline; ++g) {
      const output::Interval difference = difference_of(material, answer.scenario, policy, g);
      if (std::isnan(difference.mean)) continue;
      narrowest.add(difference.half_width);
      picture.rows.push_back(
          {shown_name(groups[g]), policy_name(material, policy), difference.mean, difference.low(), difference.high()});
      if (policy != answer.policy) continue;
      if (difference.low() > 0) gain.push_back(shown_name(groups[g]));
      if (difference.high() < 0) lose.push_back(shown_name(groups[g]));
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
                                                    {"baseline", baseline_name(material)}});
  picture.alternative = material.say("groups.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, material.input.currency)}};
  return {picture};
}

}  // namespace clientele::tools
