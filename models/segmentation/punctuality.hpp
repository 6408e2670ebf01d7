// Tiers by how many of a customer's invoices were paid on time.
#pragma once
#include "models/segmentation/by_value.hpp"

namespace clientele::models {

/// The share of the invoices settled within the look-back that were on time; what is open says nothing yet. Of whom no
/// invoice was settled nothing is known: the last tier.
class Punctuality final : public ByValue {
 public:
  Punctuality(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : Punctuality(spec.parameters.as<ReviewParameters>(), spec, observed) {}

 private:
  Punctuality(const ReviewParameters& p, const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByValue(p.review_every, stated_least(*spec.policy),
                ObservedNumber(Number::punctuality, p.look_back, spec, observed)) {}
};

}  // namespace clientele::models
