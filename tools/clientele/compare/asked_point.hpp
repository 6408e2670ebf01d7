// Which point of a cube is meant, and what it is called.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "output/cube/points.hpp"

namespace clientele::tools {

/// The point that is asked for: "17", or "payment.terms_days=45", several of which leave one point. Throws UserError
/// (usage) where none or several are left.
std::size_t point_of(const output::CubePoints& points, const std::vector<std::string>& asked);

/// "payment.terms_days = 45, churn.base_hazard = 0.01"
std::string point_in_words(const output::CubePoints& points, std::size_t point);

}  // namespace clientele::tools
