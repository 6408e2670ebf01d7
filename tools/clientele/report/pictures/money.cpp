// What each tier brings and costs, as shares of its policy, beside its share of customers.
#include <algorithm>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
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

/// Sums over the horizon by tier; empty where the cube does not hold it.
std::vector<double> by_tier(const Material& material, const Measure& measure, std::size_t scenario,
                            std::size_t policy) {
  std::vector<double> sums;
  for (const char* metric : measure.metrics) {
    const auto mean = averaged(material, metric, scenario, policy);
    if (!mean) continue;
    sums.resize(mean->tiers);
    for (std::size_t t = 0; t < mean->tiers; ++t) sums[t] += mean->sum_of_tier(t);
  }
  return sums;
}

double total_of(const std::vector<double>& sums) {
  double all = 0;
  for (const double sum : sums) all += sum;
  return all;
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
      const std::vector<double> sums = by_tier(material, measure, scenario, policy);
      const double all = total_of(sums);
      for (std::size_t t = 0; t < sums.size() && all != 0; ++t) {
        if (of_policy[t].name.empty()) continue;
        if (std::string_view(measure.name) == "customer_months") of_policy[t].customers = sums[t] / all;
        if (std::string_view(measure.name) == "contribution") of_policy[t].contribution = sums[t] / all;
        picture.rows.push_back({of_policy[t].policy, of_policy[t].name,
                                material.say(std::string("measure.") + measure.name), sums[t] / all, sums[t]});
      }
    }
    tiers.insert(tiers.end(), of_policy.begin(), of_policy.end());
  }
  if (picture.rows.empty()) return {};
  picture.columns = {text_column(material, "policy"), text_column(material, "tier"), text_column(material, "measure"),
                     share_column(material, "share_of_policy"), number_column(material, "sum", "", "each")};
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
