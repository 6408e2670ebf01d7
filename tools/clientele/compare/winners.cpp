// Amounts of one table share their unit; a part is said to gain or lose where its interval leaves no doubt.
#include "tools/clientele/compare/winners.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "output/comparison/by.hpp"
#include "sim/class_names.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::Comparison;
using output::Interval;
using output::Winners;
using output::WinnersArm;
using output::WinnersRow;
using WinnersRows = std::vector<WinnersRow>;

namespace {

/// 1 for a gain, -1 for a loss, 0 where the interval leaves it open.
int sign_of(const Winners& winners, const WinnersRow& row) {
  const Interval& d = row.difference;
  if (std::isnan(d.mean) || std::isnan(d.half_width) || std::fabs(d.mean) <= d.half_width) return 0;
  const bool lower = winners.kpi.direction == sim::Direction::lower_is_better;
  return (d.mean > 0) == lower ? -1 : 1;
}

std::string verb_of(int sign, bool several) {
  const std::string verb = sign > 0 ? "gain" : "lose";
  return several ? verb : verb + "s";
}

/// "2", "3 to 6", "1, 2 and 7 to 9" of numbers in their order.
std::string ranges_of(const std::vector<std::size_t>& numbers) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (last - i >= 2)
      parts.push_back(std::to_string(numbers[i]) + " to " + std::to_string(numbers[last]));
    else
      for (std::size_t k = i; k <= last; ++k) parts.push_back(std::to_string(numbers[k]));
    i = last + 1;
  }
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

/// "tenths 3 to 6 gain, tenth 1 loses"; empty where nothing is clear.
std::string tenths_in_words(const Winners& winners, const WinnersRows& tenths) {
  std::string text;
  for (const int sign : {1, -1}) {
    std::vector<std::size_t> numbers;
    for (const WinnersRow& row : tenths)
      if (sign_of(winners, row) == sign) numbers.push_back(std::stoul(row.name.substr(row.name.rfind(' ') + 1)));
    if (numbers.empty()) continue;
    const bool several = numbers.size() > 1;
    text += (text.empty() ? "" : ", ") + std::string(several ? "tenths " : "tenth ") + ranges_of(numbers) + " " +
            verb_of(sign, several);
  }
  return text;
}

Rounding rounding_of(const WinnersRows& rows) {
  double largest = 0, error = 0;
  for (const WinnersRow& row : rows) {
    if (std::isfinite(row.difference.mean)) largest = std::max(largest, std::fabs(row.difference.mean));
    if (std::isfinite(row.difference.half_width)) error = std::max(error, row.difference.half_width);
  }
  return Rounding(std::max(largest, error), std::fmax(error, std::max(largest, error) / 100));
}

std::string amount(const Rounding& rounding, const Interval& value) {
  if (std::isnan(value.mean)) return "-";
  const std::string mean = rounding.with_sign(value.mean);
  return std::isnan(value.half_width) ? mean : mean + " ± " + rounding.bare(value.half_width);
}

std::string of_a_customer(const Interval& value) {
  if (std::isnan(value.mean)) return "-";
  const Rounding rounding(std::fabs(value.mean), std::isnan(value.half_width) ? 0 : value.half_width);
  return rounding.with_sign(value.mean) + rounding.unit();
}

std::string arm_in_words(const Comparison& c, const WinnersArm& arm) {
  return scenario_of(c, arm.scenario) + ", " + policy_of(c, arm.policy);
}

/// Parts under a heading of their own.
void add_rows(Table& table, const std::string& heading, const Winners& winners, const WinnersRows& rows,
              const Rounding& rounding) {
  if (rows.empty()) return;
  constexpr std::size_t width = 28;
  table.emplace_back(table.front().size()).front() = heading;
  std::vector<std::string> names;
  for (const WinnersRow& row : rows) names.push_back(sim::printable(row.name));
  names = cut_names(names, width);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const WinnersRow& row = rows[i];
    auto& line =
        table.emplace_back(std::vector<std::string>{"  " + names[i], row.customers > 0 ? in_short(row.customers) : "-",
                                                    amount(rounding, row.difference), of_a_customer(row.of_customer)});
    if (!winners.granted.empty()) line.push_back(rounding.with_sign(row.granted->mean));
  }
}

std::string tables_of(const Comparison& c, const Winners& winners, const WinnersArm& arm, Paper paper) {
  WinnersRows all{arm.all};
  for (const WinnersRows* rows : {&arm.tiers, &arm.tenths}) all.insert(all.end(), rows->begin(), rows->end());
  const Rounding rounding = rounding_of(all);
  const std::string unit = rounding.unit() + behind_number(winners.kpi.unit);
  Table table{{cut_names({arm_in_words(c, arm)}, 28).front(), "customers",
               sim::printable(winners.kpi.name) + (unit.empty() ? "" : "," + unit), "each"}};
  if (!winners.granted.empty()) table.front().push_back("granted");
  add_rows(table, "all:", winners, {arm.all}, rounding);
  add_rows(table, "by tier:", winners, arm.tiers, rounding);
  add_rows(table, "by tenth of sales:", winners, arm.tenths, rounding);
  add_rows(table, "by group:", winners, arm.groups, rounding);
  add_rows(table, "by class:", winners, arm.classes, rounding);
  return tools::table_of(paper, table, 1, 1);
}

std::string notes_of(const Comparison& c, const Winners& winners, Paper paper) {
  std::string text =
      "Each part holds the same people under both policies: as they stood when the policies parted, by the tier that " +
      baseline_of(c) +
      " gave them and by what they had bought in the year before (the twelve months before month 0, or as many as were "
      "simulated). Parts add up to the whole. Tenth 1 bought most; classes stand from the largest gain to the largest "
      "loss. Each interval is one by itself: of twenty parts that a policy does not touch, one is named by chance. "
      "customers: active under " +
      baseline_of(c) + ", by month; each: the amount over these.";
  if (!winners.granted.empty())
    text += " granted: what the firm spends on them more or less than under " + baseline_of(c) + " (" +
            sim::printable(winners.granted) + "), which is the part of it that customers see.";
  for (const WinnersArm& arm : winners.arms) {
    if (arm.are_classes_left_out)
      text += " Classes of " + arm_in_words(c, arm) + " are left out: some have fewer than " +
              sim::number_text(output::fewest_real_customers) + " customers of the file.";
    for (const std::string& name : arm.left_out)
      text += " Left out of " + arm_in_words(c, arm) + ": " + sim::printable(name, 40) + ".";
  }
  std::string lines = paragraph(paper, text);
  for (const WinnersArm& arm : winners.arms) {
    const Interval& all = arm.all.difference;
    if (!all.caution.empty()) return lines + paragraph(paper, "The interval " + all.caution + ".");
    if (!all.why_missing.empty()) return lines + paragraph(paper, "No interval: " + all.why_missing + ".");
  }
  return lines;
}

}  // namespace

std::string winners_sentence(const Comparison& c, const Winners& winners, const WinnersArm& arm) {
  const auto told = [&](const WinnersRow& row) {
    const Rounding rounding(std::fabs(row.difference.mean), row.difference.half_width);
    return rounding.bare(std::fabs(row.difference.mean)) + " ± " + rounding.bare(row.difference.half_width) +
           rounding.unit() + behind_number(winners.kpi.unit);
  };
  std::string tiers;
  for (const WinnersRow& row : arm.tiers)
    if (const int sign = sign_of(winners, row); sign != 0) {
      const bool several = row.name.ends_with(sim::class_of_leavers) || row.name.ends_with(sim::class_of_newcomers);
      tiers +=
          (tiers.empty() ? "" : ", ") + sim::printable(row.name, 60) + " " + verb_of(sign, several) + " " + told(row);
    }
  const std::string tenths = tenths_in_words(winners, arm.tenths);
  std::string text = "Of " + called(c, winners.kpi) + " under " + policy_of(c, arm.policy) + " instead of " +
                     baseline_of(c) + (c.question.scenarios.size() > 1 ? " in " + scenario_of(c, arm.scenario) : "") +
                     ": ";
  if (tiers.empty() && tenths.empty()) return text + "no part of the customers clearly gains or loses.";
  text += tiers;
  if (!tenths.empty())
    text += (tiers.empty() ? "by sales of the year before, " : "; by sales of the year before, ") + tenths;
  return text + ".";
}

std::string winners_in_words(const Comparison& c, const Winners& winners, Paper paper) {
  std::string text;
  for (const WinnersArm& arm : winners.arms)
    text += (text.empty() ? "" : "\n") + paragraph(paper, winners_sentence(c, winners, arm)) + "\n" +
            tables_of(c, winners, arm, paper);
  text += (text.empty() ? "" : "\n") + notes_of(c, winners, paper);
  return paper == Paper::markdown ? without_gaps(text) : text;
}

std::string winners_as_csv(const Comparison& c, const Winners& winners, CsvForm form) {
  Csv csv(form);
  csv.head(
      "kpi,unit,scenario,policy,baseline,by,part,customers,difference,half_width,of_customer,of_customer_half_width,"
      "granted,granted_half_width");
  for (const WinnersArm& arm : winners.arms) {
    const auto add = [&](const char* by, const WinnersRows& rows) {
      for (const WinnersRow& row : rows) {
        csv.text(winners.kpi.name).text(winners.kpi.unit).text(c.scenarios[arm.scenario]);
        csv.text(c.policies[arm.policy]).text(c.policies[c.question.baseline]).text(by).text(row.name);
        csv.number(row.customers).number(row.difference.mean).number(row.difference.half_width);
        csv.number(row.of_customer.mean).number(row.of_customer.half_width);
        const Interval granted = row.granted.value_or(Interval{output::not_known, output::not_known, 0, "", ""});
        csv.number(granted.mean).number(granted.half_width).end_line();
      }
    };
    add("all", {arm.all});
    add("tier", arm.tiers);
    add("tenth", arm.tenths);
    add("group", arm.groups);
    add("class", arm.classes);
  }
  return csv.file();
}

}  // namespace clientele::tools
