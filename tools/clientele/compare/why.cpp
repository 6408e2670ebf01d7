// Each cause as a signed amount with its error; amounts of one table share their unit.
#include "tools/clientele/compare/why.hpp"

#include <algorithm>
#include <cmath>

#include "output/comparison/comparison.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::Comparison;
using output::Interval;
using output::Statements;
using output::Why;
using output::WhyArm;
using output::WhyKpi;

namespace {

/// As precisely as the least precise of them all is known, and never in more than three digits.
Rounding rounding_of(const std::vector<WhyPart>& parts, Language language) {
  double largest = 0, error = 0;
  for (const WhyPart& part : parts) {
    const Interval& average = part.statements->average;
    if (std::isfinite(average.mean)) largest = std::max(largest, std::fabs(average.mean));
    if (std::isfinite(average.half_width)) error = std::max(error, average.half_width);
  }
  return Rounding(std::max(largest, error), std::fmax(error, std::max(largest, error) / 100), language);
}

/// "+1.20 ± 0.10"
std::string amount(const Rounding& rounding, const Interval& average, Language language) {
  const std::string mean = rounding.with_sign(average.mean);
  if (std::isnan(average.half_width)) return mean;
  return mean + " " + say(language, "error.half_width", {{"half_width", rounding.bare(average.half_width)}});
}

std::string_view message_of(std::string_view cause) {
  return cause == "treatment"   ? "why.treatment"
         : cause == "selection" ? "why.selection"
         : cause == "moves"     ? "why.moves"
         : cause == "both"      ? "why.both"
         : cause == "own"       ? "why.own"
         : cause == "lost"      ? "why.lost"
                                : "why.all";
}

std::string table_of(const WhyKpi& kpi, const std::vector<WhyPart>& parts, const std::string& head, Paper paper) {
  const Rounding rounding = rounding_of(parts, Language::english);
  const std::string unit = rounding.unit() + behind_number(kpi.words.unit);
  Table table{{head, sim::printable(kpi.words.name) + (unit.empty() ? "" : "," + unit)}};
  for (const WhyPart& part : parts) {
    const Interval& average = part.statements->average;
    table.push_back({"  " + cause_in_words(part.cause),
                     amount(rounding, average, Language::english) + (average.caution.empty() ? "" : "*")});
  }
  return tools::table_of(paper, table, 1, 1);
}

/// Both splits, the whole told once.
std::vector<WhyPart> all_parts_of(const WhyArm& arm) {
  std::vector<WhyPart> all = parts_of(arm);
  for (const WhyPart& part : channels_of(arm))
    if (part.cause != "all") all.push_back(part);
  return all;
}

/// What is not told of whose customers it comes from.
std::string why_no_channels(const Comparison& c, const WhyKpi& kpi, const WhyArm& arm) {
  const std::string name = sim::printable(kpi.words.name);
  if (!kpi.adds_up)
    return name +
           " is not split by whose customers it comes from: a ratio, or a number of single months, does not add "
           "up over customers.";
  return policy_of(c, arm.policy) +
         " is not split by whose customers its difference comes from: that is known against "
         "the study's own baseline, of cubes that were made with it.";
}

/// Who is not split, and for what an interval is worth; each once.
std::string notes_of(const Comparison& c, const Why& why, Paper paper) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& line) {
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
  };
  add(say(Language::english, "why.how"));
  const auto is_told = [](const WhyKpi& kpi) {
    return std::ranges::any_of(kpi.arms, [](const WhyArm& arm) { return arm.channels.has_value(); });
  };
  if (std::ranges::any_of(why.kpis, is_told)) add(say(Language::english, "why.how_channels"));
  for (const std::size_t policy : why.without_reason)
    add(policy_of(c, policy) + (policy >= c.roll_outs.size() || c.roll_outs[policy].empty()
                                    ? " is not split: no policies that keep its tiers stand beside it."
                                    : " is not split: it rolls out, and has no one review whose tiers could be kept."));
  for (const WhyKpi& kpi : why.kpis)
    for (const WhyArm& arm : kpi.arms) {
      if (!arm.channels) add(why_no_channels(c, kpi, arm));
      for (const WhyPart& part : all_parts_of(arm)) {
        const Statements& s = *part.statements;
        if (!s.average.caution.empty()) add("*: the interval " + s.average.caution + ".");
        if (!s.average.why_missing.empty()) add("No interval: " + s.average.why_missing + ".");
        if (s.missing > 0)
          add(sim::printable(kpi.words.name) +
              ": pairs are left out where a side of them is missing (not simulated, or "
              "not defined), so that causes may not add up to the whole.");
      }
    }
  std::string text;
  for (const std::string& line : lines) text += paragraph(paper, line);
  return text;
}

}  // namespace

std::vector<WhyPart> parts_of(const WhyArm& arm) {
  return {{"treatment", &arm.treatment}, {"selection", &arm.selection}, {"moves", &arm.moves}, {"all", &arm.all}};
}

std::vector<WhyPart> channels_of(const WhyArm& arm) {
  if (!arm.channels) return {};
  return {{"both", &arm.channels->both}, {"own", &arm.channels->own}, {"lost", &arm.channels->lost}, {"all", &arm.all}};
}

std::string cause_in_words(std::string_view cause, Language language) { return say(language, message_of(cause)); }

std::string why_sentence(const Comparison& c, const WhyKpi& kpi, const WhyArm& arm, Language language) {
  const Rounding rounding = rounding_of(parts_of(arm), language);
  const std::string unit = rounding.unit() + behind_number(kpi.words.unit, language);
  const auto told = [&](const Statements& s) { return amount(rounding, s.average, language) + unit; };
  return say(language, "why.sentence",
             {{"scenario", scenario_of(c, arm.scenario)},
              {"policy", policy_of(c, arm.policy)},
              {"baseline", baseline_of(c)},
              {"kpi", called(c, kpi.words, language)},
              {"all", told(arm.all)},
              {"treatment", told(arm.treatment)},
              {"selection", told(arm.selection)},
              {"moves", told(arm.moves)}});
}

std::string channels_sentence(const Comparison& c, const WhyKpi& kpi, const WhyArm& arm, Language language) {
  if (!arm.channels) return "";
  const Rounding rounding = rounding_of(channels_of(arm), language);
  const std::string unit = rounding.unit() + behind_number(kpi.words.unit, language);
  const auto told = [&](const Statements& s) { return amount(rounding, s.average, language) + unit; };
  return say(language, "why.channels",
             {{"policy", policy_of(c, arm.policy)},
              {"baseline", baseline_of(c)},
              {"all", told(arm.all)},
              {"both", told(arm.channels->both)},
              {"own", told(arm.channels->own)},
              {"lost", told(arm.channels->lost)}});
}

std::string why_in_words(const Comparison& c, const Why& why, Paper paper) {
  std::string text;
  for (const WhyKpi& kpi : why.kpis)
    for (const WhyArm& arm : kpi.arms) {
      text += (text.empty() ? "" : "\n") + paragraph(paper, why_sentence(c, kpi, arm)) + "\n" +
              table_of(kpi, parts_of(arm), "cause", paper);
      if (arm.channels)
        text += "\n" + paragraph(paper, channels_sentence(c, kpi, arm)) + "\n" +
                table_of(kpi, channels_of(arm), "whose customers", paper);
    }
  text += (text.empty() ? "" : "\n") + notes_of(c, why, paper);
  return paper == Paper::markdown ? without_gaps(text) : text;
}

std::string why_as_csv(const Comparison& c, const Why& why, CsvForm form) {
  Csv csv(form);
  csv.head("kpi,unit,scenario,policy,baseline,cause,average,half_width,independent,pairs,pairs_missing,split");
  for (const WhyKpi& kpi : why.kpis)
    for (const WhyArm& arm : kpi.arms)
      for (const WhyPart& part : all_parts_of(arm)) {
        const Statements& s = *part.statements;
        const bool is_channel = part.cause == "both" || part.cause == "own" || part.cause == "lost";
        csv.text(kpi.words.name).text(kpi.words.unit).text(c.scenarios[arm.scenario]).text(c.policies[arm.policy]);
        csv.text(c.policies[c.question.baseline]).text(std::string(part.cause));
        csv.number(s.average.mean).number(s.average.half_width).count(s.average.values);
        csv.count(s.pairs).count(s.missing);
        csv.text(part.cause == "all" ? "whole" : is_channel ? "channel" : "cause").end_line();
      }
  return csv.file();
}

}  // namespace clientele::tools
