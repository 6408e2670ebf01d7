// What each tier and each group comes to: KPIs of these customers alone, and sums over the horizon, whatever a study's
// [output] sums.
#pragma once
#include <vector>

#include "output/cube/variables.hpp"
#include "output/cube/wording.hpp"
#include "sim/metrics.hpp"

namespace clientele::output {

/// Whether a cube holds a KPI by tier, or by group. A tier has none where the value of a month depends on the months
/// before it (cash that is cumulated, days that are counted back): customers take with them to another tier what they
/// owe, and not the months in which they came to owe it.
bool is_told_by(const sim::KpiInfo& kpi, ByAxis axis);

/// Whether the KPIs of all tiers, or of all groups, add up to that of all customers: ratios, highest months and the
/// like do not.
bool adds_up(const sim::KpiInfo& kpi);

/// KPIs by tier and by group, sums of metrics over the months of the horizon, and those of moves between tiers.
std::vector<Variable> variables_of_parts(const Source& source);

}  // namespace clientele::output
