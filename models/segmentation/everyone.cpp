// One tier for all.
#include "models/segmentation/everyone.hpp"

#include <algorithm>

namespace clientele::models {

void Everyone::assign(sim::BlockMonth&, const sim::Arm&, const sim::Decision&, std::span<std::int32_t> tier) const {
  std::ranges::fill(tier, 0);
}

}  // namespace clientele::models
