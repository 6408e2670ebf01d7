// Tiers by what was earned with a customer: contribution over the look-back, after what serving and winning it has
// cost.
#pragma once
#include "models/segmentation/by_value.hpp"

namespace clientele::models {

/// Amounts may be negative: who costs more than it brings can have a tier of its own.
class Profit final : public ByValue {
 public:
  Profit(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByValue(Number::profit, in_quanta_of_month(stated_least(*spec.policy), spec),
                in_quanta_of_month(stated_kept(spec), spec), spec, observed) {}
};

}  // namespace clientele::models
