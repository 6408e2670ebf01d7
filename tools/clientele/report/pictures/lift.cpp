// How much more members must buy for a program to pay, and how much more they do: the numbers of the first sentence.
#include <algorithm>
#include <cmath>

#include "tools/clientele/compare/program.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

std::vector<Picture> lift_picture(const Material& material) {
  const output::Comparison& c = material.comparison;
  if (c.lifts.empty()) return {};
  Picture picture{.id = "lift", .drawn = "bars", .title = material.say("lift.title")};
  std::vector<std::string> pay, programs;
  for (const output::Lift& lift : c.lifts) {
    const std::string policy = policy_name(material, lift.policy), scenario = scenario_name(material, lift.scenario);
    const auto add = [&](const char* measure, const output::Interval& share) {
      if (!std::isnan(share.mean))
        picture.rows.push_back(
            {policy, scenario, material.say(std::string("lift.") + measure), share.mean, share.low(), share.high()});
    };
    add("needed", lift.break_even);
    add("reached", lift.implied);
    if (lift.scenario != scenario_of_answer(material)) continue;
    programs.push_back(policy);
    if (lift.lead.mean > lift.lead.half_width) pay.push_back(policy);
  }
  if (picture.rows.empty() || programs.empty()) return {};
  std::ranges::stable_sort(picture.rows, [&](const Row& one, const Row& other) {
    const auto place = [&](const Row& row) { return std::ranges::find(programs, std::get<std::string>(row[0])); };
    return place(one) < place(other);
  });
  picture.columns = {text_column(material, "policy"),  text_column(material, "scenario"),
                     text_column(material, "measure"), share_column(material, "lift"),
                     share_column(material, "low"),    share_column(material, "high")};
  picture.columns[3].name = "amount";
  const std::string scenario = scenario_name(material, scenario_of_answer(material)),
                    baseline = baseline_name(material);
  picture.sentence =
      pay.empty()
          ? material.say("lift.none_pays", {{"scenario", scenario}, {"baseline", baseline}})
          : material.say("lift.some_pay",
                         {{"scenario", scenario}, {"policies", list_of(material, pay)}, {"baseline", baseline}});
  picture.caption =
      material.say("lift.caption", {{"baseline", baseline_name(material)},
                                    {"months", count_text(material, static_cast<double>(c.months + c.closed))}});
  if (nothing_to_run(c)) picture.caption += " " + material.say("lift.runs_free");
  picture.alternative = material.say("lift.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.lift")}};
  return {picture};
}

}  // namespace clientele::tools
