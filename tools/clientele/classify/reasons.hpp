// Why a customer is in its tier, and how far it is from a better one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"
#include "tools/clientele/classify/simulated.hpp"

namespace clientele::tools {

/// What the distance to the next better tier is counted in: the unit of the tiers' `from`, a share of customers by
/// rank, or a share of sales; empty where a policy has none.
std::string unit_of_distance(const sim::Study& study, const sim::Catalogue& catalogue, const ClassifiedUnder& under);

/// Of each row: in the unit above, more than 0 where there is a better tier; nothing in the best one, of who is not
/// told, and where tiers have no order to climb.
std::vector<std::optional<double>> distances_to_next(const sim::Study& study, const sim::Catalogue& catalogue,
                                                     const ClassifiedUnder& under);

/// Of each row, in words: "sales of 12 months 5,310: gold from 5,000". No id stands in it.
std::vector<std::string> reasons(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& info,
                                 const ClassifiedUnder& under);

}  // namespace clientele::tools
