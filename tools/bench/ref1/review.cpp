// The review as a loop: as many tiers down as there are cut-offs that the spend does not reach.
#include "tools/bench/ref1/review.hpp"

#include "sim/catalogue.hpp"

namespace clientele::bench {

using sim::Arm;
using sim::BlockMonth;
using sim::Decision;
using sim::Observed;
using sim::SegmentationSpec;
using sim::Tier;

Review::Review(const SegmentationSpec& spec, Observed& observed) : spend_(observed.state<float>("spend")) {
  for (const Tier& tier : spec.policy->tiers)
    if (tier.from) from_.push_back(static_cast<float>(*tier.from));
}

void Review::assign(BlockMonth&, const Arm& arm, const Decision&, std::span<std::int32_t> tier) const {
  const auto spend = arm[spend_];
  std::ranges::fill(tier, 0);
  for (const float from : from_) {
#pragma omp simd
    for (std::size_t i = 0; i < tier.size(); ++i) tier[i] += static_cast<std::int32_t>(spend[i] < from);
  }
}

}  // namespace clientele::bench
