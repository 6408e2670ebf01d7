// Tiers by how long a customer has been with us.
#pragma once
#include "models/segmentation/by_value.hpp"

namespace clientele::models {

/// Months since the customer was won, before month 0 too.
class Tenure final : public ByValue {
 public:
  Tenure(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByValue(spec.parameters.as<ReviewParameters>().review_every, stated_least(*spec.policy),
                ObservedNumber(Number::tenure, 0, spec, observed)) {}
};

}  // namespace clientele::models
