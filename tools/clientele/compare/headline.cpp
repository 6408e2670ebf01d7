// The range comes first: an average known to a hair says nothing of what one firm may live.
#include <cmath>

#include "scenarios/printable.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::Comparison;
using output::KpiWords;
using output::Statements;

namespace {

std::string count_of(std::size_t count, const std::string& one, const std::string& many) {
  return with_commas(count) + " " + (count == 1 ? one : many);
}

std::string lives(std::size_t count) { return count_of(count, "life", "lives"); }

/// The headline picks the best of several, and says so: the best of many looks better than it is.
std::string picked(const Comparison& c) {
  const bool policies = c.question.across == output::Question::Across::policies;
  const std::size_t others = (policies ? c.question.policies : c.question.scenarios).size() - 1;
  if (others < 2 || c.kpis.front().words.direction == sim::Direction::neither) return "";
  return " (of " + with_commas(others) + " the best on average)";
}

/// "In scenario baseline, ranked instead of today", or "Under policy today, recession instead of baseline".
std::string subject(const Comparison& c, const ComparedArm& arm) {
  const bool policies = c.question.across == output::Question::Across::policies;
  const std::string where = policies ? "In scenario " + scenario_of(c, arm) : "Under policy " + policy_of(c, arm);
  return where + ", " + side_of(c, arm) + picked(c) + " instead of " + baseline_of(c);
}

std::string range_sentence(const Comparison& c, const ComparedArm& arm, const KpiWords& kpi) {
  const output::Range& life = arm.against->life;
  const std::string name = scenarios::printable(kpi.name);
  if (std::isnan(life.low))
    return subject(c, arm) + ": how " + name + " may change for one firm is not known: " + life.why_missing + ".";
  return subject(c, arm) + ": one firm may live a change of " + name + " between " + signed_in_short(life.low) +
         " and " + signed_in_short(life.high) + behind_number(kpi.unit) + " (5 to 95 % of " + lives(life.lives) + ").";
}

std::string chance_sentence(const Comparison& c, const ComparedArm& arm, const KpiWords& kpi) {
  const Statements& s = *arm.against;
  if (std::isnan(s.lives.share)) return "";
  std::string text = " ";
  text += side_of(c, arm) + " is " + favorable(kpi) + " in " + chance_in_words(s.lives) + " of lives";
  if (!std::isnan(s.draws.share)) text += " and, on its average, in " + chance_in_words(s.draws) + " of draws";
  if (s.lives.equal > 0) text += " (equal in " + lives(s.lives.equal) + ")";
  return text + ".";
}

/// What the average tells, in the direction of the KPI.
std::string verdict(const Comparison& c, const ComparedArm& arm, const KpiWords& kpi) {
  const Statements& s = *arm.against;
  const double mean = s.average.mean;
  if (std::isnan(s.half_width_together)) return "";
  if (std::fabs(mean) <= s.half_width_together) return ", which does not tell them apart";
  if (kpi.direction == sim::Direction::neither) return mean > 0 ? ", so it is higher" : ", so it is lower";
  const bool better = (mean > 0) == (kpi.direction == sim::Direction::higher_is_better);
  return ", so " + side_of(c, arm) + (better ? " is better on average" : " is worse on average");
}

std::string average_sentence(const Comparison& c, const ComparedArm& arm, const KpiWords& kpi) {
  const Statements& s = *arm.against;
  if (std::isnan(s.average.mean)) return " There is no average: " + s.average.why_missing + ".";
  std::string text = " On average the change is " + average_in_words(s) + behind_number(kpi.unit) + " (" +
                     with_commas(s.average.values) + " " + output::name_of(s.unit, s.average.values) + ")" +
                     verdict(c, arm, kpi);
  if (!s.average.why_missing.empty()) text += "; how precise that is, is not known: " + s.average.why_missing;
  return text + ".";
}

std::string split_sentence(const Statements& s) {
  if (s.split.parts.size() < 2) return "";
  std::string text;
  bool any_negative = false;
  for (const output::VariancePart& part : s.split.parts) {
    text += (text.empty() ? "" : ", ") + percent(part.share) + " is " + output::words_of(part.cause);
    any_negative = any_negative || part.was_negative();
  }
  return " Of the variance of one life, " + text +
         (any_negative ? " (0 % stands for an estimate that fell below 0)" : "") + ".";
}

}  // namespace

std::string headline_of(const Comparison& comparison) {
  const ComparedArm* arm = output::headline_arm(comparison);
  if (arm == nullptr) return "There is no life in which both sides of a pair have a value, so nothing can be said.";
  const KpiWords& kpi = comparison.kpis.front().words;
  return range_sentence(comparison, *arm, kpi) + chance_sentence(comparison, *arm, kpi) +
         average_sentence(comparison, *arm, kpi) + split_sentence(*arm->against);
}

}  // namespace clientele::tools
