// Whether a cube's fingerprint and KPIs are those of its own counts.
#pragma once
#include "output/cube/reader.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"
#include "tools/clientele/verify/findings.hpp"

namespace clientele::tools {

/// Writes what it finds into `findings`; looks at nothing where the cube leaves out counts.
void look_at_integers(const output::CubeReader& cube, const sim::OutcomeInfo& info, const sim::Study& study,
                      Findings& findings);

}  // namespace clientele::tools
