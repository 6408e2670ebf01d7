// Sentences first, a table per KPI, and below it how to read it and what stays with it.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sim/core/printable.hpp"
#include "sim/gains.hpp"
#include "tools/clientele/caveat.hpp"
#include "tools/clientele/compare/program.hpp"
#include "tools/clientele/compare/sentences.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/tables.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::ComparedKpi;
using output::Comparison;
using sim::printable;

namespace {

/// How many futures, and how far they carry.
std::string futures_line(const Comparison& c) {
  std::string text = c.draws > 1 ? with_commas(c.draws) + " draws x " : "";
  text += with_commas(c.replications) + (c.replications == 1 ? " replication" : " replications");
  text += ", the same customers and luck in every row";
  const double saved = c.answer ? c.answer->headline.statements.futures_saved : 0;
  if (saved > 1.5 && std::isfinite(saved))
    text += " (independent runs would need about " + output::about(saved) + " times as many futures)";
  if (c.people == sim::People::fixed) text += "; of these very customers, so that only luck differs";
  if (c.draws > 1 && c.luck == sim::Luck::common)
    text += "; draws share their luck, so that averages hold for this luck only";
  if (c.draws == 1 && !c.drawn.empty()) text += "; one draw does not show how far what is uncertain matters";
  if (c.draws == 1 && c.drawn.empty()) text += "; assumptions are taken as the study states them";
  return text + ".";
}

/// How much wider the intervals of a table are when all of them are to hold together.
double widening(const Comparison& c) {
  for (const ComparedKpi& kpi : c.kpis)
    for (const ComparedArm& arm : kpi.arms)
      if (arm.against && arm.against->average.half_width > 0)
        return arm.against->half_width_together / arm.against->average.half_width;
  return 1;
}

std::string interval_line(const Comparison& c) {
  std::string text = "± and brackets: intervals of " + percent(c.certainty.alone) + ", each alone";
  if (const double wider = widening(c); wider > 1)
    text += "; all " + with_commas(c.certainty.shown) + " hold together where each is " + Rounding(wider, 1)(wider) +
            " times as wide";
  return text + ". The range of nine futures in ten does not shrink with more futures.";
}

/// Of a study that is fitted its sentences say it.
std::string caveat_lines(const Comparison& c, Paper paper) {
  const std::string caveat = caveat_of(c.customer_file, c.to_books);
  return caveat.empty() || c.to_books.fitted ? "" : paragraph(paper, caveat);
}

/// What it costs to sort in another way, in the first scenario that is compared: " Its average npv less that of others,
/// in calm [M EUR]: sales 1.20, chance 0.41."
std::string behind_benchmark(const Comparison& c, const ComparedKpi& kpi, std::size_t benchmark) {
  const auto best = std::ranges::find(kpi.arms, benchmark, &ComparedArm::policy);
  if (best == kpi.arms.end()) return "";
  std::vector<std::pair<std::size_t, double>> others;
  double largest = 0;
  for (const ComparedArm& arm : kpi.arms) {
    const double less = best->mean() - arm.mean();
    if (arm.scenario != best->scenario || !c.is_stated(arm.policy) || c.is_benchmark(arm.policy) || std::isnan(less))
      continue;
    others.emplace_back(arm.policy, less);
    largest = std::max(largest, std::fabs(less));
  }
  const Rounding rounding(largest);
  std::string text;
  for (const auto& [policy, less] : others)
    text += (text.empty() ? "" : ", ") + policy_of(c, policy) + " " + rounding.bare(less);
  if (text.empty()) return "";
  const std::string unit = rounding.unit() + behind_number(kpi.words.unit);
  return " Its average " + printable(kpi.words.name) + " less that of others, in " + scenario_of(c, best->scenario) +
         (unit.empty() ? "" : " [" + unit.substr(1) + "]") + ": " + text + ".";
}

/// "41 ± 2"; the share alone where its error is not known.
std::string of_hundred(const output::Interval& share) {
  const double error = 100 * share.half_width;
  const Rounding rounding(100 * share.mean, std::isnan(error) ? 1 : std::clamp(error, 0.1, 1.0));
  return rounding.bare(100 * share.mean) + (std::isnan(error) ? "" : " ± " + rounding.bare(error));
}

/// "Of 100 customers reviewed in month 0, in another tier than best_response puts them into: sales 41 ± 2, chance 62
/// ± 1."
std::string misplaced_line(const Comparison& c, Paper paper) {
  std::string text;
  for (std::size_t p = 0; p < c.misplaced.size(); ++p)
    if (c.is_stated(p) && !std::isnan(c.misplaced[p].mean))
      text += (text.empty() ? "" : ", ") + policy_of(c, p) + " " + of_hundred(c.misplaced[p]);
  if (text.empty()) return "";
  return paragraph(paper, "Of 100 customers reviewed in month 0, in another tier than " +
                              std::string(sim::sorts_by_gains) + " puts them into: " + text + ".");
}

/// Who reads a table takes the best line for what can be had.
std::string benchmark_lines(const Comparison& c, Paper paper) {
  std::string text;
  for (std::size_t p = 0; p < c.policies.size(); ++p)
    if (c.is_stated(p) && c.is_benchmark(p))
      text += paragraph(paper, "Benchmark: " + policy_of(c, p) + ", " + std::string(sim::said_of_benchmarks) + "." +
                                   (c.kpis.empty() ? "" : behind_benchmark(c, c.kpis.front(), p)));
  return text + misplaced_line(c, paper);
}

std::string missing_lines(const Comparison& c, Paper paper) {
  std::string text;
  if (c.cells_done < c.axes().cells())
    text += paragraph(paper, "Not finished: " + with_commas(c.cells_done) + " of " + with_commas(c.axes().cells()) +
                                 " cells are simulated.");
  for (const ComparedKpi& kpi : c.kpis) {
    std::size_t missing = 0, all = 0;
    for (const ComparedArm& arm : kpi.arms)
      if (arm.against) missing += arm.against->missing, all += arm.against->missing + arm.against->pairs;
    if (missing > 0)
      text +=
          paragraph(paper, printable(kpi.words.name) + ": " + with_commas(missing) + " of " + with_commas(all) +
                               " pairs are left out, since a side of them is missing (not simulated, or not defined).");
  }
  return text;
}

/// Why an interval is not there, or what it is worth; each reason once.
std::string caution_lines(const Comparison& c, Paper paper) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& line) {
    if (!line.empty() && std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
  };
  for (const ComparedKpi& kpi : c.kpis)
    for (const ComparedArm& arm : kpi.arms) {
      if (!arm.against) continue;
      const output::Interval& average = arm.against->average;
      if (!average.caution.empty()) add("*: the interval " + average.caution + ".");
      if (!average.why_missing.empty()) add("No interval: " + average.why_missing + ".");
      if (!arm.against->range.why_missing.empty()) add("No range: " + arm.against->range.why_missing + ".");
    }
  std::string text;
  for (const std::string& line : lines) text += paragraph(paper, line);
  return text;
}

std::string warning_lines(const Comparison& c, Paper paper) {
  std::string text;
  for (const std::string& warning : c.warnings) text += paragraph(paper, "Warning: " + printable(warning, 1000), 2);
  std::string levers;
  for (const sim::LeverUse& lever : c.one_sided) levers += (levers.empty() ? "" : ", ") + printable(lever.path);
  if (!levers.empty()) text += paragraph(paper, "Warning: only one side is modelled of " + levers + ".", 2);
  return text;
}

/// What a study wants to see beside the headline may be more than a terminal is wide.
std::string tables_beside(const Comparison& c, Paper paper) {
  constexpr std::size_t of_terminal = 4;  // a bound's KPI may stand behind the usual three
  const std::size_t at_once = paper == Paper::markdown ? std::max<std::size_t>(1, c.beside.size()) : of_terminal;
  std::string text;
  for (std::size_t first = 0; first < c.beside.size(); first += at_once) {
    const auto begin = c.beside.begin() + static_cast<std::ptrdiff_t>(first);
    const auto some = static_cast<std::ptrdiff_t>(std::min(at_once, c.beside.size() - first));
    text += "\n" + means_of(c, {begin, begin + some}, paper);
  }
  return text;
}

}  // namespace

std::string text_of(const Comparison& c, const Shown& shown) {
  const Paper paper = shown.paper;
  std::string text;
  for (const Sentence& sentence : sentences_of(c)) text += paragraph(paper, sentence.text);
  for (const Sentence& sentence : shown.more) text += paragraph(paper, sentence.text);
  if (!c.lifts.empty()) text += "\n" + lifts_of(c, paper);
  if (!c.of_program.empty()) text += "\n" + owed_of(c, paper);
  if (const std::string books = books_of_program(c, paper); !books.empty()) text += "\n" + books;
  for (std::size_t k = 0; k < c.kpis.size(); ++k) {
    if (c.has_two_sides()) text += "\n" + differences_of(c, c.kpis[k], paper);
    if (shown.levels || !c.has_two_sides()) text += "\n" + levels_of(c, c.kpis[k], paper);
    if (k == 0) text += tables_beside(c, paper);
  }
  if (c.over_time) text += "\n" + over_time_of(c, paper);
  text += "\n" + paragraph(paper, futures_line(c));
  if (c.has_two_sides())
    text += paragraph(paper, interval_line(c)) + caution_lines(c, paper);
  else
    text +=
        paragraph(paper, "Intervals of " + percent(c.certainty.alone) +
                             ", each alone; one more future falls into the range of nine in ten nine times in ten.");
  text += caveat_lines(c, paper) + benchmark_lines(c, paper) + missing_lines(c, paper) + warning_lines(c, paper);
  if (shown.guesses) text += "\n" + guesses_of(c, paper);
  return paper == Paper::markdown ? without_gaps(text) : text;
}

}  // namespace clientele::tools
