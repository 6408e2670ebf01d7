// Reads how numbers become points: by rank, linear between two values, or by a table.
#pragma once
#include <string>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// { volume = { from = 0, to = 50_000 }, growth = { values = [0, 1, 3], points = [0, 80, 100] }, profit = "percentile"
/// } into `value`, whose other curves stay. `what` names the field.
void read_curves(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& value,
                 Reading& reading);

}  // namespace clientele::scenarios
