// Part by part: how many customers, what they bring and cost, who leaves, who moves.
#include "tools/clientele/compare/by.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::By;
using output::ByArm;
using output::ByAxis;
using output::ByMeasure;
using output::ByPart;
using output::ByValue;
using output::Comparison;
using output::Interval;

namespace {

std::string rounded(const Interval& value, bool with_sign) {
  if (std::isnan(value.mean)) return "-";
  const Rounding rounding(value.mean == 0 ? value.half_width : value.mean, value.half_width > 0 ? value.half_width : 0);
  const std::string mean = with_sign ? rounding.with_sign(value.mean) : rounding.bare(value.mean);
  if (std::isnan(value.half_width)) return mean + rounding.unit();
  return mean + " ± " + rounding.bare(value.half_width) + rounding.unit() + (value.caution.empty() ? "" : "*");
}

std::string share_in_words(const Interval& share) { return std::isnan(share.mean) ? "" : percent(share.mean); }

std::string heading_of(const Comparison& c, const ByArm& arm) {
  return scenario_of(c, arm.scenario) + ", " + policy_of(c, arm.policy);
}

/// Only where some arm has a difference there is a column of them.
bool has_differences(const By& by) {
  for (const ByArm& arm : by.arms)
    for (const ByPart& part : arm.parts)
      for (const ByValue& value : part.values)
        if (value.difference) return true;
  return false;
}

/// Which parts are not shown, and why.
std::string left_out_in_words(const Comparison& c, const ByArm& arm) {
  if (arm.left_out.empty()) return "";
  std::string names;
  for (const std::string& name : arm.left_out) names += (names.empty() ? "" : ", ") + sim::printable(name, 40);
  return " Left out of " + heading_of(c, arm) + ": " + names + " (fewer than " +
         sim::number_text(output::fewest_real_customers) +
         " customers of the file on average, or the part whose number would give them away).";
}

std::string unequal_in_words(const Comparison& c, const By& by, const ByArm& arm) {
  const output::UnequalGroups unequal = output::unequal_groups(by, arm);
  std::string groups;
  for (const output::UnequalGroups::Group& group : unequal.others)
    groups += (groups.empty() ? "" : ", ") + percent(group.share) + " of " + sim::printable(group.name, 40);
  if (groups.empty()) return "";
  return " In " + heading_of(c, arm) + " the top tier holds at month 0 " + groups + ", and " +
         percent(unequal.best.share) + " of " + sim::printable(unequal.best.name, 40) +
         ": less than four fifths of that (a rule of thumb for unequal selection, 29 CFR 1607.4(D)). Is it meant?";
}

std::string notes_of(const Comparison& c, const By& by, Paper paper) {
  std::string text =
      "Over the " + with_commas(c.months) + " months of the horizon" +
      (c.currency.empty() ? "" : ", money in " + sim::printable(c.currency)) +
      ". customers: by month. churn: of active customers, a month. Moves: after month 0, in which a policy "
      "sorts customers anew. levers: discounts, care, expediting, rebates, offers, insurance and rewards. What belongs "
      "to no customer (administration) stands in the tier of entry and the first group.";
  if (by.axis == ByAxis::tier && c.question.is_across_policies())
    text += " Tiers are what a policy makes of customers, so that those of two policies are not compared.";
  if (by.axis == ByAxis::tier && std::ranges::any_of(c.roll_outs, [](const std::string& r) { return !r.empty(); }))
    text += " Tiers \"before: ...\" hold whom a policy has not reached yet.";
  for (const ByArm& arm : by.arms) text += left_out_in_words(c, arm);
  for (const ByArm& arm : by.arms) text += unequal_in_words(c, by, arm);
  std::string lines = paragraph(paper, text);
  for (const ByArm& arm : by.arms)
    for (const ByPart& part : arm.parts)
      for (const ByValue& value : part.values)
        if (!value.level.caution.empty())
          return lines + paragraph(paper, "*: the interval " + value.level.caution + ".");
  return lines;
}

void add_interval(Csv& csv, const Interval& value) { csv.number(value.mean).number(value.half_width); }

}  // namespace

std::vector<ByMeasure> measures_by(ByAxis axis) {
  using Of = ByMeasure::Of;
  std::vector<ByMeasure> measures{
      {"customers", "customers who are active, by month", "1", Of::average_month, {"customers"}},
      {"customers_at_end",
       "customers who are active in the last month",
       "1",
       Of::last_month,
       {"customers"},
       "",
       "customers_at_end"},
      {"revenue", "invoiced, net of discount", "money", Of::all_months, {"revenue"}},
      {"contribution", "gross margin less costs", "money", Of::all_months, {"contribution"}},
      {"levers",
       "what customers are granted",
       "money",
       Of::all_months,
       {"discount_given", "care_cost", "expedite_cost", "rebate_accrued", "offer_cost", "insurance_cost",
        "reward_cost"}},
      {"churn",
       "share of active customers who leave, per month",
       "1/month",
       Of::all_months,
       {"left"},
       "customers",
       "churn"},
      {"member_sales", "revenue from members of the program", "money", Of::all_months, {"member_sales"}, "", "", true},
      {"reward_cost", "rewards, at what they cost the firm", "money", Of::all_months, {"reward_cost"}, "", "", true},
      {"program_cost_share",
       "the same over sales to members",
       "share",
       Of::all_months,
       {"reward_cost"},
       "member_sales",
       "",
       true},
      {"liability_at_end",
       "what rewards for the points held in the last month are expected to cost",
       "money",
       Of::last_month,
       {"points_liability"},
       "",
       "liability_at_end",
       true}};
  if (axis == ByAxis::group) {
    measures.push_back({"moved", "customers whom a review moved to another tier", "1", Of::moves_in});
    measures.push_back(
        {"top_tier", "share that stands in the best tier at month 0", "share", Of::top_tier, {"customers"}});
  } else {
    measures.push_back({"moved_in", "customers whom a review moved here from another tier", "1", Of::moves_in});
    measures.push_back({"moved_out", "customers whom a review moved from here to another tier", "1", Of::moves_out});
  }
  return measures;
}

std::vector<std::string> metrics_by_part() {
  std::vector<std::string> metrics;
  for (const ByAxis axis : {ByAxis::tier, ByAxis::group})
    for (const ByMeasure& measure : measures_by(axis)) {
      if (!measure.kpi.empty()) continue;
      for (const std::string& metric : measure.metrics)
        if (std::ranges::find(metrics, metric) == metrics.end()) metrics.push_back(metric);
    }
  return metrics;
}

std::string by_in_words(const Comparison& c, const By& by, Paper paper) {
  std::string text;
  const bool differ = has_differences(by);
  for (const ByArm& arm : by.arms) {
    Table table{{heading_of(c, arm), "average", "of all"}};
    if (differ) table.front().push_back("vs " + cut_names({baseline_of(c)}, 12).front());
    for (const ByPart& part : arm.parts) {
      table.emplace_back(table.front().size()).front() = sim::printable(part.name, 40) + ":";
      for (std::size_t m = 0; m < by.measures.size(); ++m) {
        const ByValue& value = part.values[m];
        auto& row = table.emplace_back(std::vector<std::string>{"  " + by.measures[m].name, rounded(value.level, false),
                                                                share_in_words(value.share)});
        if (differ) row.push_back(value.difference ? rounded(*value.difference, true) : "");
      }
    }
    text += (text.empty() ? "" : "\n") + table_of(paper, table, 1, 1);
  }
  return text + notes_of(c, by, paper);
}

std::string by_as_csv(const Comparison& c, const By& by, CsvForm form) {
  Csv csv(form);
  csv.head(std::string("scenario,policy,") + output::name_of(by.axis) +
           ",measure,unit,average,half_width,share,share_half_width,difference,difference_half_width");
  for (const ByArm& arm : by.arms)
    for (const ByPart& part : arm.parts)
      for (std::size_t m = 0; m < by.measures.size(); ++m) {
        const ByMeasure& measure = by.measures[m];
        csv.text(c.scenarios[arm.scenario]).text(c.policies[arm.policy]).text(part.name).text(measure.name);
        csv.text(measure.unit == "money" ? c.currency : measure.unit);
        add_interval(csv, part.values[m].level);
        add_interval(csv, part.values[m].share);
        add_interval(csv, part.values[m].difference.value_or(Interval{output::not_known, output::not_known}));
        csv.end_line();
      }
  return csv.file();
}

}  // namespace clientele::tools
