// Quotas that are exact: who is among the k best of all active customers, by score and, in a tie, by a hash of the id.
//
// Radix search over a key of 96 bits: 32 of the score, in the order of floats, then 64 of the hash. Each round counts
// one digit of 11 bits for every cut that is still open; a cut closes as soon as its bin is taken whole. So a
// continuous score takes three rounds, thousands of ties a few more, and no order, block or rank can show.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/signal.hpp"

namespace clientele::sim {

/// What a firm ranks by; the key that breaks ties is drawn from the id alone.
struct RankKey {
  std::uint32_t score = 0, tie_high = 0, tie_low = 0;
  auto operator<=>(const RankKey&) const = default;
};

/// A float's bits in the order of floats; -0 counts as 0.
inline std::uint32_t ordered_bits(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x + 0.F);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

/// Cuts the reviewed customers into tiers by cumulative shares of them. Used by a segmentation as its signal.
class CLIENTELE_API ExactCuts {
 public:
  /// Own shares of all tiers but the last, best first. A cut stands at floor(cumulative share x customers + 1/2).
  explicit ExactCuts(std::vector<double> shares);

  VoiceSize size(int round, const Decision& so_far) const;
  /// Scores of the block's customers; only who is under review counts.
  void measure(const BlockMonth& month, const Arm& arm, std::span<const float> score, int round, const Decision& so_far,
               Voice voice) const;
  bool decide(int round, Voice heard, Decision& decision) const;
  /// Tier 0 reaches the first cut, tier 1 the second and not the first, ...
  void assign(const BlockMonth& month, const Arm& arm, std::span<const float> score, const Decision& decision,
              std::span<std::int32_t> tier) const;

 private:
  std::vector<double> shares_;
};

}  // namespace clientele::sim
