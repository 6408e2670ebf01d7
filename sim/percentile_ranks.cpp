// A decision holds the extremes and, per bin, twice the customers below plus those in it.
#include "sim/percentile_ranks.hpp"

#include <algorithm>
#include <limits>

#include "sim/exact_cuts.hpp"

namespace clientele::sim {

namespace {

/// Bins are equal pieces of [lowest, highest] in ordered bits.
std::size_t bin_of_score(float score, std::int64_t lowest, std::int64_t highest) {
  const auto bits = std::clamp<std::int64_t>(ordered_bits(score), lowest, highest);
  return static_cast<std::size_t>(static_cast<std::uint64_t>(bits - lowest) * PercentileRanks::bins /
                                  static_cast<std::uint64_t>(highest - lowest + 1));
}

}  // namespace

void PercentileRanks::measure(const BlockMonth& month, const Arm& arm, std::span<const float> score, int round,
                              const Decision& so_far, Voice voice) const {
  const auto reviewed = arm[month.core().under_review];
  for (std::size_t i = 0; i < score.size(); ++i) {
    if (reviewed[i] == 0) continue;
    if (round == 1) {
      ++voice.sums[bin_of_score(score[i], so_far[0], so_far[1])];
      continue;
    }
    const auto bits = static_cast<std::int64_t>(ordered_bits(score[i]));
    voice.maxima[0] = std::max(voice.maxima[0], -bits);
    voice.maxima[1] = std::max(voice.maxima[1], bits);
  }
}

bool PercentileRanks::decide(int round, Voice heard, Decision& decision) const {
  if (round == 0) {
    const bool nobody = heard.maxima[1] == std::numeric_limits<std::int64_t>::min();
    decision.assign(2 + bins + 1, 0);
    decision[0] = nobody ? 0 : -heard.maxima[0];
    decision[1] = nobody ? 0 : heard.maxima[1];
    return false;
  }
  std::int64_t below = 0;
  for (std::size_t b = 0; b < bins; ++b) {
    decision[2 + b] = 2 * below + heard.sums[b];
    below += heard.sums[b];
  }
  decision[2 + bins] = below;
  return true;
}

void PercentileRanks::ranks(std::span<const float> score, const Decision& decision, std::span<float> percentile) const {
  const auto customers = static_cast<double>(std::max<std::int64_t>(1, decision[2 + bins]));
  for (std::size_t i = 0; i < score.size(); ++i) {
    const std::size_t bin = bin_of_score(score[i], decision[0], decision[1]);
    percentile[i] = static_cast<float>(50.0 * static_cast<double>(decision[2 + bin]) / customers);
  }
}

}  // namespace clientele::sim
