// The tables below the sentences: differences, levels, and what the numbers rest on. Markdown has names whole.
#pragma once
#include <string>
#include <vector>

#include "output/comparison/comparison.hpp"
#include "tools/clientele/paper.hpp"

namespace clientele::tools {

/// One KPI: mean, difference to the baseline, range of single futures, and how many of them are better.
std::string differences_of(const output::Comparison& comparison, const output::ComparedKpi& kpi, Paper paper);
/// Means of several KPIs, as many as a terminal is wide.
std::string means_of(const output::Comparison& comparison, const std::vector<output::ComparedKpi>& kpis, Paper paper);
/// One KPI of each arm alone: mean, quantiles with their intervals, range, month of a peak.
std::string levels_of(const output::Comparison& comparison, const output::ComparedKpi& kpi, Paper paper);
/// What arms have gained or lost by the end of each year, with a bar each, who is ahead then, and when they break even.
std::string over_time_of(const output::Comparison& comparison, Paper paper);
/// Field by field: value, how well it is known, from where, and whether draws vary it.
std::string guesses_of(const output::Comparison& comparison, Paper paper);

}  // namespace clientele::tools
