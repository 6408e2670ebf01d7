// Tiers by conditions: each takes the customers of whom its own holds, the last one whom no other takes.
#pragma once
#include <optional>

#include "models/segmentation/conditions.hpp"
#include "models/segmentation/review.hpp"

namespace clientele::models {

/// Conditions exclude each other, as the reader proves. Where nothing is known of anybody yet, all keep the tier of
/// entry.
class ByCondition : public sim::Segmentation {
 public:
  bool due(int month) const override { return review_due(month, review_every_); }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;

 protected:
  ByCondition(const ReviewParameters& review, const sim::SegmentationSpec& spec, sim::Observed& observed);

 private:
  std::int32_t review_every_;
  std::size_t tiers_;
  sim::ObservedColumns core_;
  Conditions conditions_;
};

/// Over numbers, groups and attributes: a decision tree as data.
class Rules final : public ByCondition {
 public:
  Rules(const sim::SegmentationSpec& spec, sim::Observed& observed)
      : ByCondition(spec.parameters.as<ReviewParameters>(), spec, observed) {}
};

}  // namespace clientele::models
