// Tiers by how many of a customer's invoices were paid on time.
#pragma once
#include "models/segmentation/by_value.hpp"

namespace clientele::models {

/// The share of the invoices settled within the look-back that were on time; what is open says nothing yet. Of whom no
/// invoice was settled nothing is known: the last tier.
class Punctuality final : public ByValue {
 public:
  Punctuality(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByValue(Number::punctuality, stated_least(*spec.policy), stated_kept(spec), spec, observed) {}
};

}  // namespace clientele::models
