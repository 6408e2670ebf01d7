// Tiers by chance, which no number explains: what a segmentation is worth is what it gains over this one.
#pragma once
#include "models/segmentation/by_share.hpp"

namespace clientele::models {

/// The hash of a customer's id decides, the same under every policy and for life; who is in a tier changes as others
/// come and go.
class Random final : public ByShare {
 public:
  Random(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByShare(spec.parameters.as<ReviewParameters>().review_every, std::nullopt, spec, observed) {}
};

}  // namespace clientele::models
