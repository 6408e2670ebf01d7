// Tiers by what was earned with a customer: contribution over the look-back, after what serving it has cost.
#pragma once
#include "models/segmentation/by_value.hpp"

namespace clientele::models {

/// Amounts may be negative: who costs more than it brings can have a tier of its own.
class Profit final : public ByValue {
 public:
  Profit(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : Profit(spec.parameters.as<ReviewParameters>(), spec, observed) {}

 private:
  Profit(const ReviewParameters& p, const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByValue(p.review_every, least_of_month(spec, p.look_back),
                ObservedNumber(Number::profit, p.look_back, spec, observed)) {}
};

}  // namespace clientele::models
