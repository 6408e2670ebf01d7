// Whether what a cube tells of tiers and of groups adds up to what it tells of all customers.
#pragma once
#include "output/cube/reader.hpp"
#include "sim/metrics.hpp"
#include "tools/clientele/verify/findings.hpp"

namespace clientele::tools {

/// Looks at every cube that tells of parts, whatever it sums or leaves out, and writes into `findings`.
void look_at_parts(const output::CubeReader& cube, const sim::OutcomeInfo& info, Findings& findings);

}  // namespace clientele::tools
