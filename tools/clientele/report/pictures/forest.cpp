// Paired differences of the headline: how far each policy is from the baseline, on average and in single futures.
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

struct Verdicts {
  std::size_t better = 0, worse = 0, all = 0;
};

Verdicts verdicts_of(const Material& material, const output::ComparedKpi& kpi, std::size_t scenario) {
  Verdicts verdicts;
  const double sign = kpi.words.direction == sim::Direction::lower_is_better ? -1 : 1;
  for (const output::ComparedArm& arm : kpi.arms) {
    if (arm.scenario != scenario || !arm.against || !material.input.is_stated(arm.policy)) continue;
    const output::Interval& average = arm.against->average;
    ++verdicts.all;
    verdicts.better += sign * average.mean > average.half_width ? 1 : 0;
    verdicts.worse += -sign * average.mean > average.half_width ? 1 : 0;
  }
  return verdicts;
}

}  // namespace

std::vector<Picture> forest_picture(const Material& material) {
  if (!material.comparison.has_two_sides()) return {};
  const output::ComparedKpi& kpi = material.comparison.kpis.front();
  Narrowest narrowest;
  Picture picture{.id = "forest", .drawn = "forest", .title = material.say("forest.title")};
  for (const output::ComparedArm& arm : kpi.arms) {
    if (!arm.against) continue;
    const output::Statements& s = *arm.against;
    narrowest.add(s.average.half_width);
    picture.rows.push_back({scenario_name(material, arm.scenario), policy_name(material, arm.policy), s.average.mean,
                            s.average.low(), s.average.high(), s.range.low, s.range.high, s.futures.share});
  }
  if (picture.rows.empty()) return {};
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
  const std::size_t scenario = scenario_of_answer(material);
  const Verdicts verdicts = verdicts_of(material, kpi, scenario);
  picture.sentence = narrowest.value() == 0
                         ? material.say("forest.no_interval", {{"baseline", baseline_name(material)}})
                         : material.say("forest.sentence", {{"scenario", scenario_name(material, scenario)},
                                                            {"all", count_text(material, verdicts.all)},
                                                            {"better", count_text(material, verdicts.better)},
                                                            {"worse", count_text(material, verdicts.worse)},
                                                            {"baseline", baseline_name(material)}});
  picture.caption = material.say("forest.caption", {{"kpi", kpi_name(material, kpi.words)},
                                                    {"meaning", kpi_meaning(material, kpi.words)},
                                                    {"baseline", baseline_name(material)}});
  picture.alternative = material.say("forest.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, kpi.words.unit)}};
  return {picture};
}

}  // namespace clientele::tools
