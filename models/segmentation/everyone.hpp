// No segmentation: every customer is in the one tier.
#pragma once
#include "models/segmentation/review.hpp"
#include "sim/catalogue.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

inline sim::FieldTable everyone_fields() { return sim::fields<ReviewParameters>({}); }

class Everyone final : public sim::Segmentation {
 public:
  Everyone(const sim::SegmentationSpec&, sim::Observed&) {}
  /// Once, so that the baseline's tiers end where they began.
  bool due(int month) const override { return month == 0; }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;
};

}  // namespace clientele::models
