// What a cube with points says of each of them, held against the point's own study.
#pragma once
#include <stop_token>

#include "output/cube/reader.hpp"
#include "tools/clientele/sweep/point_studies.hpp"
#include "tools/clientele/verify/findings.hpp"

namespace clientele::tools {

/// Ledgers, parts and integers of every point. A ledger that does not balance is told with the point.
void look_at_each_point(output::CubeReader& cube, const PointStudies& studies, const std::stop_token& stop,
                        Findings& findings);

}  // namespace clientele::tools
