// What each tier brings and costs, as shares of its policy, beside its share of customers.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/counted.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_policies = 4;

/// The message "measure.NAME" says what it is called; several metrics add up.
struct Measure {
  const char* name;
  std::vector<const char*> metrics;
};

const std::vector<Measure> measures = {
    {"customer_months", {"customers"}},
    {"revenue", {"revenue"}},
    {"contribution", {"contribution"}},
    {"levers", {"discount_given", "care_cost", "expedite_cost", "rebate_accrued", "offer_cost", "insurance_cost"}},
};

/// Sums over the horizon by future, of a tier or of all; nothing where the cube does not hold it.
std::optional<output::Futures> sums_of(const Material& material, const Measure& measure, std::size_t scenario,
                                       std::size_t policy, std::optional<std::size_t> tier) {
  std::optional<output::Futures> sums;
  for (const char* metric : measure.metrics)
    if (const auto counted = Counted::of(material, metric, scenario, policy)) {
      if (sums)
        add(*sums, counted->sums({.tier = tier}));
      else
        sums = counted->sums({.tier = tier});
    }
  return sums;
}

struct Tier {
  std::string policy, name;
  double customers = 0, contribution = 0;  ///< shares
};

}  // namespace

std::vector<Picture> money_picture(const Material& material) {
  const std::size_t scenario = scenario_of_answer(material);
  Picture picture{.id = "money", .drawn = "bars", .title = material.say("money.title")};
  std::vector<Tier> tiers;
  for (const std::size_t policy : policies_to_draw(material, most_policies)) {
    if (material.cube.axes().tiers < 2 || material.cube.tier_name(policy, 1).empty() ||
        material.input.same_money_as[policy])
      continue;
    std::vector<Tier> of_policy;
    for (std::size_t t = 0; t < material.cube.axes().tiers; ++t)
      of_policy.push_back({policy_name(material, policy), tier_name(material, policy, t)});
    for (const Measure& measure : measures) {
      const auto all = sums_of(material, measure, scenario, policy, {});
      for (std::size_t t = 0; t < of_policy.size() && all; ++t) {
        if (of_policy[t].name.empty()) continue;
        const auto sums = sums_of(material, measure, scenario, policy, t);
        const output::Interval share = average_of(material, ratio(*sums, *all));
        if (std::isnan(share.mean)) continue;
        if (std::string_view(measure.name) == "customer_months") of_policy[t].customers = share.mean;
        if (std::string_view(measure.name) == "contribution") of_policy[t].contribution = share.mean;
        picture.rows.push_back({of_policy[t].policy, of_policy[t].name,
                                material.say(std::string("measure.") + measure.name), share.mean, share.low(),
                                share.high(), average_of(material, *sums).mean});
      }
    }
    tiers.insert(tiers.end(), of_policy.begin(), of_policy.end());
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
  picture.caption = material.say("money.caption", {{"scenario", scenario_name(material, scenario)},
                                                   {"currency", shown_name(material.input.currency)}});
  picture.alternative = material.say("money.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.share_of_policy")}};
  return {picture};
}

}  // namespace clientele::tools
