// Quotas that are exact: who is among the k best of all active customers, by score and, in a tie, by a hash of the id.
//
// Radix search over a key of 128 bits: 64 of the score, in the order of doubles, then 64 of the hash. Each round counts
// one digit of 11 bits for every cut that is still open; a cut closes as soon as its bin is taken whole. So a
// continuous score takes three rounds, thousands of ties a few more, and no order, block or rank can show.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/signal.hpp"

namespace clientele::sim {

/// A double in the order of doubles, for sizes that a float can have (2^-126 to 2^127) and for 0: its sign, eight bits
/// of its exponent, all of its fraction. The first digit of 11 bits so tells eighths of an octave.
inline std::uint64_t ordered_key(double x) {
  constexpr std::uint64_t before_least = std::uint64_t{896} << 52, middle = std::uint64_t{1} << 60;
  const auto size = std::bit_cast<std::uint64_t>(std::fabs(x));
  const std::uint64_t magnitude = size > before_least ? size - before_least : 0;
  return (x < 0 ? middle - magnitude : middle + magnitude) << 3;
}

/// The scores of a block in two columns, as their keys.
struct RankScores {
  std::span<std::uint32_t> high, low;

  void keep(std::size_t begin, std::span<const double> scores) const {
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const std::uint64_t key = ordered_key(scores[i]);
      high[begin + i] = static_cast<std::uint32_t>(key >> 32);
      low[begin + i] = static_cast<std::uint32_t>(key);
    }
  }
  std::uint64_t key(std::size_t i) const { return static_cast<std::uint64_t>(high[i]) << 32 | low[i]; }
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
  void measure(const BlockMonth& month, const Arm& arm, const RankScores& scores, int round, const Decision& so_far,
               Voice voice) const;
  bool decide(int round, Voice heard, Decision& decision) const;
  /// Tier 0 reaches the first cut, tier 1 the second and not the first, ...
  void assign(const BlockMonth& month, const Arm& arm, const RankScores& scores, const Decision& decision,
              std::span<std::int32_t> tier) const;

 private:
  std::vector<double> shares_;
};

}  // namespace clientele::sim
