// Rounds for the eye, the same way wherever a number is shown.
#include "tools/clientele/compare/words.hpp"

#include <cmath>
#include <cstdio>

#include "scenarios/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

using output::ComparedArm;
using output::Comparison;
using scenarios::printable;

namespace {

constexpr std::size_t longest_name = 24;

bool is_across_policies(const Comparison& comparison) {
  return comparison.question.across == output::Question::Across::policies;
}

/// Without its sign.
std::string bare_percent(double share) {
  const double shown = 100 * share;
  if (shown > 0 && shown < 0.5) return "<1";
  if (shown < 100 && shown > 99.5) return ">99";
  return std::to_string(std::lround(shown));
}

}  // namespace

std::string scenario_of(const Comparison& comparison, const ComparedArm& arm) {
  return printable(comparison.scenario_names[arm.scenario], longest_name);
}

std::string policy_of(const Comparison& comparison, const ComparedArm& arm) {
  return printable(comparison.policy_names[arm.policy], longest_name);
}

std::string side_of(const Comparison& comparison, const ComparedArm& arm) {
  return is_across_policies(comparison) ? policy_of(comparison, arm) : scenario_of(comparison, arm);
}

std::string baseline_of(const Comparison& comparison) {
  const auto& names = is_across_policies(comparison) ? comparison.policy_names : comparison.scenario_names;
  return printable(names[comparison.question.baseline], longest_name);
}

std::string average_in_words(const output::Statements& statements) {
  return difference_in_short(statements.average.mean, statements.half_width_together);
}

std::string range_in_words(const output::Range& range) {
  if (std::isnan(range.low)) return "-";
  return signed_in_short(range.low) + " .. " + signed_in_short(range.high);
}

std::string percent(double share) { return std::isnan(share) ? "-" : bare_percent(share) + " %"; }

std::string chance_in_words(const output::Chance& chance) {
  if (std::isnan(chance.low)) return percent(chance.share);
  return percent(chance.share) + " (" + bare_percent(chance.low) + "-" + bare_percent(chance.high) + ")";
}

std::string behind_number(const std::string& unit) {
  if (unit.empty() || unit == "1") return "";
  return std::string(1, ' ').append(printable(unit, 12));
}

std::string favorable(const output::KpiWords& kpi) {
  return kpi.direction == sim::Direction::neither ? "higher" : "better";
}

}  // namespace clientele::tools
