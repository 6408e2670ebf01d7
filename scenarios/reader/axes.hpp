// The axes that all points of a sweep share, and the luck.
#pragma once
#include <optional>
#include <string>

#include "sim/study.hpp"

namespace clientele::scenarios {

struct AxisThatDiffers {
  std::string name;          ///< "the months"
  std::string stated, here;  ///< "36", "24"
};

/// The first axis in which a point is not as the study states.
std::optional<AxisThatDiffers> axis_that_differs(const sim::Study& stated, const sim::Study& point);

}  // namespace clientele::scenarios
