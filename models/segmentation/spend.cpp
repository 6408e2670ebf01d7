// How far customers know themselves to be from a better tier.
#include "models/segmentation/spend.hpp"

#include <vector>

namespace clientele::models {

/// From the nearest amount below that customers know of, or from nothing, to the nearest above; nowhere where there is
/// none above.
Spend::Way Spend::way_of(std::size_t tier, std::uint32_t known) const {
  Way way;
  std::size_t above = tier, below = tier;
  while (above > 0 && (known >> (above - 1) & 1U) == 0) --above;
  while (below < least().size() && (known >> below & 1U) == 0) ++below;
  if (above > 0) way.ends = least()[above - 1];
  if (below < least().size()) way.begins = least()[below];
  return way;
}

void Spend::tell_progress(sim::BlockMonth& month, const sim::Arm& arm, std::uint32_t known,
                          std::span<float> progress) const {
  if (!number().is_known(month.month())) return;
  std::vector<Way> ways;
  for (std::size_t tier = 0; tier <= least().size(); ++tier) ways.push_back(way_of(tier, known));
  const auto tier = arm[number().core().tier];
  for_each_score(number(), month, arm, progress.size(), [&](std::size_t begin, std::span<const double> spend) {
    for (std::size_t i = 0; i < spend.size(); ++i) {
      const std::int32_t held = tier[begin + i];
      if (held < 0 || held >= static_cast<std::int32_t>(ways.size())) continue;  // another policy's
      const Way& way = ways[static_cast<std::size_t>(held)];
      progress[begin + i] = progress_between(spend[i], way.begins, way.ends);
    }
  });
}

}  // namespace clientele::models
