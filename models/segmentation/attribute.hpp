// Tiers by what customers are, whatever they do: each takes some groups, or some values of an attribute.
#pragma once
#include "models/segmentation/rules.hpp"

namespace clientele::models {

/// A group or an attribute is what a firm can tell of a customer from the start, so that nobody changes tiers;
/// newcomers are put into theirs by the next review.
class Attribute final : public ByCondition {
 public:
  Attribute(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByCondition(spec.parameters.as<ReviewParameters>(), spec, observed) {}
};

}  // namespace clientele::models
