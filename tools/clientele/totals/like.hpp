// What `init --like` was told: totals of a year, all mistakes in them at once.
#pragma once
#include <string>

#include "scenarios/totals.hpp"

namespace clientele::tools {

/// "customers=20000,sales=182e6,top_tenth=.44". Throws UserError (usage) with all that is wrong with it.
scenarios::Totals totals_in(const std::string& said);

}  // namespace clientele::tools
