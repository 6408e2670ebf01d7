// Loyalty programs that are legal and hard to believe.
#pragma once
#include <string>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// Points that are worth more than the margin; rewards that take an average customer longer than points are valid, or
/// ten years; notice that is longer than the horizon.
std::vector<std::string> unlikely_programs_in(const sim::Study& study, const sim::Catalogue& catalogue);

/// Policies with points whose months of issue do not follow from their months of end, each with the reason, where a
/// study counts points by age: what their points will come to is not estimated.
std::vector<std::string> programs_without_triangle(const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
