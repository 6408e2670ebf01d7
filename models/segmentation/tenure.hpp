// Tiers by how long a customer has been with us.
#pragma once
#include "models/segmentation/by_value.hpp"

namespace clientele::models {

/// Months since the customer was won, before month 0 too.
class Tenure final : public ByValue {
 public:
  Tenure(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByValue(Number::tenure, stated_least(*spec.policy), {}, spec, observed) {}
};

}  // namespace clientele::models
