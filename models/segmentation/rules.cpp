// A few customers at a time, as numbers in doubles do not fit into columns.
#include "models/segmentation/rules.hpp"

#include <algorithm>

namespace clientele::models {

ByCondition::ByCondition(const ReviewParameters& review, const sim::SegmentationSpec& spec, sim::Observed& observed)
    : review_every_(review.review_every),
      tiers_(spec.policy->tiers.size()),
      core_(observed.core()),
      conditions_(review.look_back, spec, observed) {}

void ByCondition::assign(sim::BlockMonth& month, const sim::Arm& arm, const sim::Decision&,
                         std::span<std::int32_t> tier) const {
  if (!conditions_.are_known(month.month())) {
    std::ranges::copy(arm[core_.tier], tier.begin());
    return;
  }
  Conditions::Seen seen;
  for (std::size_t begin = 0; begin < tier.size(); begin += Conditions::chunk) {
    const auto here = tier.subspan(begin, std::min(Conditions::chunk, tier.size() - begin));
    conditions_.work_out(month, arm, begin, here.size(), seen);
    std::ranges::fill(here, static_cast<std::int32_t>(tiers_ - 1));
    for (std::size_t k = 0; k + 1 < tiers_; ++k) {
      const Conditions::Holds holds = conditions_.hold(k, seen);
      for (std::size_t i = 0; i < here.size(); ++i)
        if (holds[i]) here[i] = static_cast<std::int32_t>(k);
    }
  }
}

}  // namespace clientele::models
