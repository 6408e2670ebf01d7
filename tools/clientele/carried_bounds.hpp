// The bounds of the study that a cube carries.
#pragma once
#include <vector>

#include "output/comparison/constraints.hpp"
#include "output/cube/reader.hpp"

namespace clientele::tools {

/// None where its text cannot be read any more.
std::vector<output::Bound> bounds_in(const output::CubeReader& cube);

}  // namespace clientele::tools
