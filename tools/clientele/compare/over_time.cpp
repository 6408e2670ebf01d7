// Years as rows, a bar each: where the money comes, and where it only goes.
#include <algorithm>
#include <cmath>
#include <map>

#include "sim/core/printable.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using output::ArmOverTime;
using output::Comparison;
using output::OverTime;

namespace {

constexpr int half_of_bar = 8;

/// Losses to the left of the axis, gains to the right.
std::string bar_of(double value, double largest) {
  if (!std::isfinite(value) || largest <= 0) return "";
  const int blocks = static_cast<int>(std::lround(half_of_bar * std::fabs(value) / largest));
  const auto repeated = [](int times, const char* what) {
    std::string text;
    for (int i = 0; i < times; ++i) text += what;
    return text;
  };
  const std::string full = repeated(blocks, "█"), empty = repeated(half_of_bar - blocks, " ");
  return value < 0 ? empty + full + "|" + repeated(half_of_bar, " ") : repeated(half_of_bar, " ") + "|" + full + empty;
}

double largest_of(const OverTime& all) {
  double largest = 0;
  for (const ArmOverTime& arm : all.arms)
    for (const output::Interval& sum : arm.sums)
      if (std::isfinite(sum.mean)) largest = std::max(largest, std::fabs(sum.mean));
  return largest;
}

double narrowest_of(const OverTime& all) {
  double narrowest = 0;
  for (const ArmOverTime& arm : all.arms)
    for (const output::Interval& sum : arm.sums)
      if (sum.half_width > 0) narrowest = narrowest == 0 ? sum.half_width : std::min(narrowest, sum.half_width);
  return narrowest;
}

std::string end_in_words(const Comparison& c, std::size_t e) {
  const std::size_t end = c.over_time->ends[e];
  const std::string months = with_commas(end) + " months";
  if (end == c.months) return months + ", horizon";
  return e + 1 == c.over_time->ends.size() ? months + ", settled" : months;
}

std::string average_of_sum(const Rounding& rounding, const output::Interval& sum) {
  const std::string mean = rounding.with_sign(sum.mean);
  if (std::isnan(sum.half_width)) return mean;
  return mean + " ± " + rounding.bare(sum.half_width) + (sum.caution.empty() ? "" : "*");
}

std::string range_of_sum(const Rounding& rounding, const output::Prediction& range) {
  return std::isnan(range.low) ? "-" : rounding.with_sign(range.low) + " to " + rounding.with_sign(range.high);
}

/// What an arm is called beside its baseline: its policy, and its scenario where there are several.
std::string heading_of(const Comparison& c, const ArmOverTime& arm) {
  const bool policies = c.question.is_across_policies();
  const std::size_t outer = (policies ? c.question.scenarios : c.question.policies).size();
  const std::string side = side_of(c, arm.scenario, arm.policy);
  if (outer < 2) return side;
  return side + ", " + (policies ? scenario_of(c, arm.scenario) : policy_of(c, arm.policy));
}

/// "today until 60 months, ranked from 72 months on"
std::string leaders_in_words(const Comparison& c, std::size_t arm) {
  const OverTime& all = *c.over_time;
  std::string text, before;
  for (std::size_t e = 0; e < all.ends.size(); ++e) {
    const auto leader = output::leader_at(all, c.question, arm, e);
    const std::string name =
        (leader ? side_of(c, all.arms[*leader].scenario, all.arms[*leader].policy) : baseline_of(c)) +
        (output::leads_clearly(all, c.question, arm, e) ? "" : " (within simulation error)");
    if (name == before) continue;
    text += (text.empty() ? name : "; from " + with_commas(all.ends[e]) + " months on " + name);
    before = name;
  }
  return text;
}

std::string month_or_never(double month) {
  return std::isinf(month) ? "never" : "month " + with_commas(static_cast<std::uint64_t>(month));
}

std::string payback_in_words(const Comparison& c, const ArmOverTime& arm) {
  if (!arm.payback) return "";
  const output::Payback& payback = *arm.payback;
  const std::string never =
      payback.never > 0 && payback.never < payback.futures
          ? "; never in " + with_commas(payback.never) + " of " + with_commas(payback.futures) + " futures"
          : "";
  if (payback.middle <= 1 && payback.never == 0) return "";  // ahead from the first month on
  return heading_of(c, arm) + " breaks even for good in " + month_or_never(payback.middle) +
         " of the middle future (nine in ten: " + month_or_never(payback.low) + " to " + month_or_never(payback.high) +
         never + ").";
}

}  // namespace

std::string over_time_of(const Comparison& c, Paper paper) {
  const OverTime& all = *c.over_time;
  const double largest = largest_of(all), narrowest = narrowest_of(all);
  const Rounding rounding = narrowest > 0 ? Rounding(largest, narrowest) : Rounding(largest);
  const std::string money = rounding.unit() + behind_number(c.currency);
  Table table{{"up to the end of", "vs " + cut_names({baseline_of(c)}, paper == Paper::markdown ? 1000 : 12).front(),
               "nine futures", ""},
              {"", money.empty() ? "" : money.substr(1), "in ten", ""}};
  std::map<std::size_t, std::string> leaders;
  std::string below;
  for (std::size_t a = 0; a < all.arms.size(); ++a) {
    const ArmOverTime& arm = all.arms[a];
    table.push_back({heading_of(c, arm) + ":", "", "", ""});
    for (std::size_t e = 0; e < all.ends.size(); ++e)
      table.push_back({"  " + end_in_words(c, e), average_of_sum(rounding, arm.sums[e]),
                       range_of_sum(rounding, arm.futures[e]), bar_of(arm.sums[e].mean, largest)});
    const bool policies = c.question.is_across_policies();
    leaders.try_emplace(
        policies ? arm.scenario : arm.policy,
        (policies ? scenario_of(c, arm.scenario) : policy_of(c, arm.policy)) + ": " + leaders_in_words(c, a));
    if (const std::string payback = payback_in_words(c, arm); !payback.empty()) below += paragraph(paper, payback, 2);
  }
  const bool markdown = paper == Paper::markdown;  // which has no room that is as wide as another, so no bars
  if (markdown)
    for (auto& row : table) row.pop_back();
  std::string text = paragraph(
      paper, std::string("All that was gained and spent until then, discounted to month 0, with the cost of what is ") +
                 (markdown ? "owed." : "owed; losses to the left of each axis.") +
                 " What the horizon leaves open is not settled there yet, as it is in npv.");
  text += table_of(paper, table, 1, 2);
  std::string ahead;
  for (const auto& [unused, words] : leaders) ahead += (ahead.empty() ? "Ahead by the average: " : ". ") + words;
  return text + paragraph(paper, ahead + ".", 2) + below;
}

}  // namespace clientele::tools
