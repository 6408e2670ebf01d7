// One of several kinds by their shares: one word, one kind, never an earlier kind for a higher word.
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace clientele::sim {
inline namespace CLIENTELE_LEVEL {

/// One of up to 16 kinds by their shares, from one word: kind k where the word falls between the sums of the shares
/// before it and up to it. Each sum is met within 2^-31; a kind of share 0 never comes; a higher word is never an
/// earlier kind, and moving share from a kind to a later one never makes anybody's kind earlier.
class Categorical {
 public:
  static constexpr std::size_t most = 16;

  /// Shares, not negative, in any unit: what counts is their ratio to their sum.
  explicit Categorical(std::span<const double> shares) {
    double sum = 0, upto = 0;
    for (const double share : shares) sum += share;
    expects(!shares.empty() && shares.size() <= most && sum > 0, "1 to 16 kinds have shares that add up to something");
    std::size_t last = shares.size() - 1;
    while (shares[last] <= 0) --last;  // sums of shares round: what is last takes the rest
    last_bits_.fill(INT32_MAX);
    for (std::size_t k = 0; k < last; ++k) {
      expects(shares[k] >= 0, "no share is negative");
      upto += shares[k];
      last_bits_[k] = chance_threshold(upto / sum);
    }
  }

  /// The kind, 0 for the first.
  CLIENTELE_INLINE std::int32_t of(std::uint32_t word) const {
    const std::int32_t bits = chance_bits(word);
    std::int32_t kind = 0;
    for (const std::int32_t last : last_bits_) kind += static_cast<std::int32_t>(bits > last);
    return kind;
  }

 private:
  std::array<std::int32_t, most> last_bits_;  ///< of each kind but the last; behind it what no word passes
};

}  // namespace CLIENTELE_LEVEL
}  // namespace clientele::sim
