// Balances in a cube, each held against the one of the month before.
#pragma once
#include "output/cube/reader.hpp"
#include "sim/metrics.hpp"
#include "tools/clientele/verify/findings.hpp"

namespace clientele::tools {

/// Ledgers of the horizon and its run-off, in every cell that was simulated and every group that the cube tells apart,
/// tiers taken together. Writes what it finds into `findings`.
void look_at_ledgers(const output::CubeReader& cube, const sim::OutcomeInfo& info, double money_quantum,
                     Findings& findings);

}  // namespace clientele::tools
