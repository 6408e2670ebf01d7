// The least segmentation: one tier, given at month 0.
#pragma once
#include <algorithm>

#include "sim/segmentation.hpp"

namespace clientele::sim {

class OneTier final : public Segmentation {
 public:
  OneTier(const SegmentationSpec&, Observed&) {}
  bool due(int month) const override { return month == 0; }
  void assign(BlockMonth&, const Arm&, const Decision&, std::span<std::int32_t> tier) const override {
    std::ranges::fill(tier, 0);
  }
};

}  // namespace clientele::sim
