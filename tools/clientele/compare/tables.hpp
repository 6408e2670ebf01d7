// The tables below the sentences: differences, levels, and what the numbers rest on.
#pragma once
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"

namespace clientele::tools {

/// A terminal's width.
inline constexpr std::size_t columns_of_terminal = 80;

/// One KPI: mean, difference to the baseline, range of single futures, and how many of them are better.
std::string differences_of(const output::Comparison& comparison, const output::ComparedKpi& kpi);
/// Means of several KPIs, as many as a terminal is wide.
std::string means_of(const output::Comparison& comparison, const std::vector<output::ComparedKpi>& kpis);
/// One KPI of each arm alone: mean, quantiles with their intervals, range, month of a peak.
std::string levels_of(const output::Comparison& comparison, const output::ComparedKpi& kpi);
/// What arms have gained or lost by the end of each year, with a bar each, who is ahead then, and when they break even.
std::string over_time_of(const output::Comparison& comparison);
/// Field by field: value, how well it is known, from where, and whether draws vary it.
std::string guesses_of(const output::Comparison& comparison);

}  // namespace clientele::tools
