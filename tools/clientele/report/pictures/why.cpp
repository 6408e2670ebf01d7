// Why policies differ: what is granted, whom it is granted to, and what later reviews move; and whose customers it
// comes from.
#include "output/comparison/why.hpp"

#include "tools/clientele/compare/why.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_split = 6;

output::Why why_of_answer(const Material& material) {
  output::Comparison comparison = material.comparison;
  comparison.kpis.resize(1);
  comparison.question = question_of(material, policies_to_draw(material, most_split));
  return output::why_of(material.input, comparison);
}

}  // namespace

std::vector<Picture> why_picture(const Material& material) {
  if (!material.comparison.has_two_sides() || !output::has_why(material.input)) return {};
  const output::Why why = why_of_answer(material);
  const output::WhyKpi& kpi = why.kpis.front();
  if (kpi.arms.empty()) return {};
  Narrowest narrowest;
  Picture picture{.id = "why", .drawn = "forest", .title = material.say("why.title")};
  for (const output::WhyArm& arm : kpi.arms) {
    std::vector<WhyPart> parts = parts_of(arm);
    for (const WhyPart& part : channels_of(arm))
      if (part.cause != "all") parts.push_back(part);
    for (const WhyPart& part : parts) {
      const output::Statements& s = *part.statements;
      narrowest.add(s.average.half_width);
      picture.rows.push_back({scenario_name(material, arm.scenario),
                              material.say("why.row", {{"policy", policy_name(material, arm.policy)},
                                                       {"cause", cause_in_words(part.cause, material.language)}}),
                              s.average.mean, s.average.low(), s.average.high(), s.range.low, s.range.high,
                              s.futures.share});
    }
    picture.sentence +=
        (picture.sentence.empty() ? "" : " ") + why_sentence(material.comparison, kpi, arm, material.language);
    if (arm.channels) picture.sentence += " " + channels_sentence(material.comparison, kpi, arm, material.language);
  }
  const auto difference = [&](const char* name) {
    return difference_column(material, name, kpi.words.unit, narrowest.value());
  };
  picture.columns = {text_column(material, "scenario"),
                     text_column(material, "policy"),
                     difference("mean"),
                     difference("low"),
                     difference("high"),
                     difference("future_low"),
                     difference("future_high"),
                     share_column(material, "better")};
  picture.caption = material.say("why.how");
  if (kpi.arms.front().channels) picture.caption += " " + material.say("why.how_channels");
  picture.alternative = material.say("why.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, kpi.words.unit)}};
  return {picture};
}

}  // namespace clientele::tools
