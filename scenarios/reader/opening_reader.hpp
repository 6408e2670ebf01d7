// What a firm's books say of the past: amounts by month or year of issue, in a file or in the study.
#pragma once
#include <string>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// Notes what is no table; what it says is read once the terms of today are known (read_openings).
void read_opening(const Node& node, const sim::FieldInfo& field, const std::string& what, Reading& reading);

}  // namespace clientele::scenarios
