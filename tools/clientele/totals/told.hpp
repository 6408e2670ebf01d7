// Totals beside what a simulation shows of them, as a table.
#pragma once
#include <string>
#include <vector>

#include "scenarios/totals.hpp"
#include "tools/clientele/totals/year_before.hpp"

namespace clientele::tools {

/// A line for each total: what was said, or that it is a guess, and the simulated mean with its deviation.
std::string totals_beside_simulated(const scenarios::Totals& totals, const YearBefore& shown);

/// Totals that were said and are not met: off by more than three deviations of a population and two per cent.
std::vector<std::string> totals_not_met(const scenarios::Totals& totals, const YearBefore& shown);

}  // namespace clientele::tools
