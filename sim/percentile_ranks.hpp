// Where a customer stands among all: mid-ranks in 4,096 equal bins of the score's ordered bits between its extremes.
//
// Round 0 finds the extremes, round 1 counts the bins. A percentile is the share of customers in lower bins plus half
// the share in the own one: 0 to 100, mean 50 exactly, equal for equal scores.
#pragma once
#include <cstdint>
#include <span>

#include "sim/behavior.hpp"
#include "sim/signal.hpp"

namespace clientele::sim {

class CLIENTELE_API PercentileRanks {
 public:
  static constexpr std::size_t bins = 4096;

  VoiceSize size(int round, const Decision&) const { return round == 0 ? VoiceSize{0, 2} : VoiceSize{bins, 0}; }
  void measure(const BlockMonth& month, const Arm& arm, std::span<const float> score, int round, const Decision& so_far,
               Voice voice) const;
  bool decide(int round, Voice heard, Decision& decision) const;
  /// Percentiles of the block's customers; of somebody who is not under review, where the score would stand.
  void ranks(std::span<const float> score, const Decision& decision, std::span<float> percentile) const;
};

}  // namespace clientele::sim
