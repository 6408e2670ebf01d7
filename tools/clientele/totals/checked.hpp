// What `check` says of a study's own [totals].
#pragma once
#include <string>

#include "scenarios/totals.hpp"
#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

struct CheckedTotals {
  std::string told;                   ///< for stdout; empty where the study says nothing
  std::vector<std::string> warnings;  ///< totals that the baseline's year does not have
};

/// Simulates the warm-up of the baseline in a few small populations, if the study has totals.
CheckedTotals checked_totals(const scenarios::Totals& totals, const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
