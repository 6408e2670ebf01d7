// Quotas that are exact: who is among the k best of all active customers, or among those who together have a part of
// all value, by score and, in a tie, by a hash of the id.
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

/// Back from a key: exact, for sizes that have one.
inline double value_of_key(std::uint64_t key) {
  constexpr std::uint64_t before_least = std::uint64_t{896} << 52, middle = std::uint64_t{1} << 60;
  const std::uint64_t place = key >> 3, magnitude = place < middle ? middle - place : place - middle;
  const double size = magnitude == 0 ? 0.0 : std::bit_cast<double>(magnitude + before_least);
  return place < middle ? -size : size;
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

/// The hash of a customer's id that breaks ties and decides where chance does: the same under every policy, for life.
CLIENTELE_API std::uint64_t tie_of(std::uint32_t id_low, std::uint32_t id_high);

/// A float's bits in the order of floats; -0 counts as 0.
inline std::uint32_t ordered_bits(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x + 0.F);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

/// What a share is one of: customers, or the scores that they have, which are whole numbers; those below 0 count
/// nothing.
enum class SharesOf { customers, values };

/// Cuts the reviewed customers into tiers by cumulative shares of them, or of what they are worth together. The
/// customer on whom a cut of values falls is above it: those above a cut are the fewest who come to the share, rounded
/// to whole. Used by a segmentation as its signal.
class CLIENTELE_API ExactCuts {
 public:
  using DecisionView = std::span<const std::int64_t>;

  /// Own shares of all tiers but the last, best first. A cut stands at floor(cumulative share x customers + 1/2).
  explicit ExactCuts(std::vector<double> shares, SharesOf of = SharesOf::customers);

  VoiceSize size(int round, DecisionView so_far) const;
  /// Scores of the block's customers; only who is under review counts, or who is marked with 1.
  void measure(const BlockMonth& month, const Arm& arm, const RankScores& scores, int round, DecisionView so_far,
               Voice voice) const {
    measure(month, arm[month.core().under_review], scores, round, so_far, voice);
  }
  void measure(const BlockMonth& month, std::span<const std::int32_t> marked, const RankScores& scores, int round,
               DecisionView so_far, Voice voice) const;
  /// In its own part of a decision, of `size_of_decision` numbers.
  bool decide(int round, Voice heard, std::span<std::int64_t> decision) const;
  /// The same of a decision that holds nothing else.
  bool decide(int round, Voice heard, Decision& decision) const {
    decision.resize(size_of_decision());
    return decide(round, heard, std::span<std::int64_t>(decision));
  }
  std::size_t size_of_decision() const;
  /// Tier 0 reaches the first cut, tier 1 the second and not the first, ...
  void assign(const BlockMonth& month, const Arm& arm, const RankScores& scores, DecisionView decision,
              std::span<std::int32_t> tier) const {
    assign(month, arm[month.core().under_review], scores, decision, tier);
  }
  void assign(const BlockMonth& month, std::span<const std::int32_t> marked, const RankScores& scores,
              DecisionView decision, std::span<std::int32_t> tier) const;

 private:
  std::vector<double> shares_;
  SharesOf of_;
};

}  // namespace clientele::sim
