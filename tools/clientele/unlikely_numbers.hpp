// Numbers that are legal and plausible each, and still unlikely to be meant: beside others, or as what they are for.
#pragma once
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// Chances and rates of a month that look like those of a year.
std::vector<std::string> yearly_rates_in(const sim::Study& study, const sim::Catalogue& catalogue);

/// Care and terms that cost more than what the account, or the order, brings.
std::vector<std::string> costly_grants_in(const sim::Study& study, const sim::Catalogue& catalogue);

/// Cuts of a rank that fall among customers who have the same number, so that chance sorts them.
std::vector<std::string> ties_at_cuts_in(const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
