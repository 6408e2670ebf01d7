// What each tier brings and costs, as shares of its policy, beside its share of customers: the numbers of
// `compare --by tier`.
#include <algorithm>
#include <cmath>

#include "output/comparison/by.hpp"
#include "tools/clientele/compare/by.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_paid = 4;

/// Those of which a share says something; the message "measure.NAME" says what each is called.
std::vector<output::ByMeasure> measures_shown() {
  std::vector<output::ByMeasure> measures = measures_by(output::ByAxis::tier);
  std::erase_if(measures, [](const output::ByMeasure& measure) {
    return measure.name != "customers" && measure.name != "revenue" && measure.name != "contribution" &&
           measure.name != "levers";
  });
  return measures;
}

/// Policies that sort customers: one tier brings all there is.
std::vector<std::size_t> policies_shown(const Material& material) {
  std::vector<std::size_t> policies = policies_to_draw(material, most_paid);
  std::erase_if(policies, [&](std::size_t policy) {
    return material.cube.axes().tiers < 2 || material.cube.tier_name(policy, 1).empty() ||
           !material.input.is_stated(policy);
  });
  return policies;
}

struct Tier {
  std::string policy, name;
  double customers = 0, contribution = 0;  ///< shares
};

}  // namespace

std::vector<Picture> money_picture(const Material& material) {
  const std::vector<std::size_t> policies = policies_shown(material);
  if (policies.empty()) return {};
  const output::By by = output::by_part(material.cube, material.input, question_of(material, policies),
                                        output::ByAxis::tier, measures_shown());
  Picture picture{.id = "money", .drawn = "bars", .title = material.say("money.title")};
  std::vector<Tier> tiers;
  for (const output::ByArm& arm : by.arms)
    for (const output::ByPart& part : arm.parts) {
      Tier& tier = tiers.emplace_back(Tier{policy_name(material, arm.policy), shown_name(part.name)});
      for (std::size_t m = 0; m < by.measures.size(); ++m) {
        const output::ByValue& value = part.values[m];
        if (std::isnan(value.share.mean)) continue;
        if (by.measures[m].name == "customers") tier.customers = value.share.mean;
        if (by.measures[m].name == "contribution") tier.contribution = value.share.mean;
        picture.rows.push_back({tier.policy, tier.name, material.say("measure." + by.measures[m].name),
                                value.share.mean, value.share.low(), value.share.high(), value.level.mean});
      }
    }
  if (picture.rows.empty()) return {};
  picture.columns = {
      text_column(material, "policy"),           text_column(material, "tier"), text_column(material, "measure"),
      share_column(material, "share_of_policy"), share_column(material, "low"), share_column(material, "high"),
      number_column(material, "sum", "", "each")};
  picture.columns[3].name = "amount";
  const Tier& first = *std::ranges::max_element(tiers, {}, [](const Tier& t) { return t.contribution - t.customers; });
  picture.sentence = material.say("money.sentence", {{"policy", first.policy},
                                                     {"tier", first.name},
                                                     {"customers", share_text(material, first.customers)},
                                                     {"contribution", share_text(material, first.contribution)}});
  picture.caption = material.say("money.caption", {{"scenario", scenario_name(material, scenario_of_answer(material))},
                                                   {"currency", shown_name(material.input.currency)}}) +
                    (material.comparison.lifts.empty() ? "" : " " + material.say("money.members")) +
                    left_out_in_words(material, by);
  picture.alternative = material.say("money.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.share_of_policy")}};
  return {picture};
}

}  // namespace clientele::tools
