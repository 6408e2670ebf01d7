// Names and numbers of a comparison as people read them.
#pragma once
#include <string>

#include "output/comparison.hpp"

namespace clientele::tools {

std::string scenario_of(const output::Comparison& comparison, const output::ComparedArm& arm);
std::string policy_of(const output::Comparison& comparison, const output::ComparedArm& arm);
/// What an arm is compared by: its policy, or its scenario; and what with.
std::string side_of(const output::Comparison& comparison, const output::ComparedArm& arm);
std::string baseline_of(const output::Comparison& comparison);

/// "+1.200 M ± 0.300 M"; the width is the one that holds together with all that is shown.
std::string average_in_words(const output::Statements& statements);
/// "-0.100 M .. +2.400 M"
std::string range_in_words(const output::Range& range);
/// "96 %", and "<1 %" where it is not quite 0.
std::string percent(double share);
/// "96 % (90-98)"
std::string chance_in_words(const output::Chance& chance);
/// " EUR" for a unit that says something, else "".
std::string behind_number(const std::string& unit);
/// "better", or "higher" where a KPI has no better side.
std::string favorable(const output::KpiWords& kpi);

}  // namespace clientele::tools
