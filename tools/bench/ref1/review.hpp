// Who is in which tier: once a year, by the net spend since the last review.
#pragma once
#include <vector>

#include "sim/segmentation.hpp"

namespace clientele::sim {
struct SegmentationSpec;
}

namespace clientele::bench {

class Review final : public sim::Segmentation {
 public:
  Review(const sim::SegmentationSpec& spec, sim::Observed& observed);

  bool due(int month) const override { return month % 12 == 0; }
  void assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision& decision,
              std::span<std::int32_t> tier) const override;

 private:
  sim::State<const float> spend_;
  std::vector<float> from_;  ///< of each tier but the last
};

}  // namespace clientele::bench
