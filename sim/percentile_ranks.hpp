// Where a customer stands among all: mid-ranks in bins that are the narrower, the more customers stand close.
//
// Round 0 finds the extremes of the score's ordered bits. Round 1 counts equal pieces between them, at most 4,096, each
// a power of two wide. Round 2 counts each piece in equal parts, one and as many more as the piece has 12,288ths of all
// customers, so that a bin holds hardly more than that of them. A percentile is the share of customers in lower bins
// plus half the share in the own one: 0 to 100, mean 50 exactly, equal for equal scores. It differs from the exact
// mid-rank by at most half the share of the own bin: as a rule by less than .005 points.
#pragma once
#include <cstdint>
#include <span>

#include "sim/behavior.hpp"
#include "sim/signal.hpp"

namespace clientele::sim {

class CLIENTELE_API PercentileRanks {
 public:
  static constexpr std::size_t pieces = 4096, parts_to_share_out = 12288, parts = pieces + parts_to_share_out;
  static constexpr int rounds = 3;
  static constexpr std::size_t size_of_decision = 2 + (pieces + 1) + parts + 1;
  using DecisionView = std::span<const std::int64_t>;

  VoiceSize size(int round, DecisionView) const {
    return round == 0 ? VoiceSize{0, 2} : VoiceSize{round == 1 ? pieces : parts, 0};
  }
  void measure(const BlockMonth& month, const Arm& arm, std::span<const float> score, int round, DecisionView so_far,
               Voice voice) const;
  /// In its own part of a decision, of `size_of_decision` numbers.
  bool decide(int round, Voice heard, std::span<std::int64_t> decision) const;
  /// The same of a decision that holds nothing else.
  bool decide(int round, Voice heard, Decision& decision) const {
    decision.resize(size_of_decision);
    return decide(round, heard, std::span<std::int64_t>(decision));
  }
  /// Percentiles of the block's customers; of somebody who is not under review, where the score would stand.
  void ranks(std::span<const float> score, DecisionView decision, std::span<float> percentile) const;
};

}  // namespace clientele::sim
