// Attributes that go together: [[population.correlation]].
#pragma once
#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// After the attributes. Correlations that cannot all hold are refused, with the nearest that can.
void read_correlations(const Node& population, Reading& reading);

}  // namespace clientele::scenarios
