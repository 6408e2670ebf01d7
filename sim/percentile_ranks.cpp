// A decision holds the extremes, where the parts of each piece begin, per part twice the customers below plus those in
// it, and the customers.
#include "sim/percentile_ranks.hpp"

#include <algorithm>
#include <limits>

#include "sim/exact_cuts.hpp"

namespace clientele::sim {

namespace {

constexpr std::size_t pieces = PercentileRanks::pieces, parts = PercentileRanks::parts;
constexpr std::size_t first_parts_at = 2, ranks_at = first_parts_at + pieces + 1, customers_at = ranks_at + parts;

/// Equal pieces of [lowest, highest] in ordered bits, each 2^shift wide: as narrow as 4,096 of them allow.
class Pieces {
 public:
  explicit Pieces(PercentileRanks::DecisionView decision)
      : lowest_(static_cast<std::uint32_t>(decision[0])), highest_(static_cast<std::uint32_t>(decision[1])) {
    while ((highest_ - lowest_) >> shift_ >= pieces) ++shift_;
  }
  /// How far above the lowest a score stands; one below it or above the highest stands there.
  std::uint32_t above(float score) const {
    const std::uint32_t bits = ordered_bits(score);
    return (bits < lowest_ ? lowest_ : bits > highest_ ? highest_ : bits) - lowest_;
  }
  std::uint32_t piece(std::uint32_t above) const { return above >> shift_; }
  /// The part of a piece of so many: the piece's width times so many is less than 2^34.
  std::uint32_t part_of_piece(std::uint32_t above, std::uint32_t parts_of_piece) const {
    const std::uint64_t far = above & ((std::uint32_t{1} << shift_) - 1);
    return static_cast<std::uint32_t>(far * parts_of_piece >> shift_);
  }

 private:
  std::uint32_t lowest_, highest_;
  int shift_ = 0;
};

/// Where a score stands among all parts.
std::size_t part_of(const Pieces& all, float score, PercentileRanks::DecisionView decision) {
  const std::uint32_t above = all.above(score);
  const std::int64_t* first = &decision[first_parts_at + all.piece(above)];
  return static_cast<std::size_t>(first[0]) + all.part_of_piece(above, static_cast<std::uint32_t>(first[1] - first[0]));
}

/// Where the parts of each piece begin.
void share_out_parts(std::span<const std::int64_t> counts, std::span<std::int64_t> first) {
  std::int64_t customers = 0, next = 0;
  for (const std::int64_t n : counts) customers += n;
  for (std::size_t b = 0; b < pieces; ++b) {
    first[b] = next;
    next += 1 + counts[b] * static_cast<std::int64_t>(PercentileRanks::parts_to_share_out) /
                    std::max<std::int64_t>(1, customers);
  }
  first[pieces] = next;
}

}  // namespace

void PercentileRanks::measure(const BlockMonth& month, const Arm& arm, std::span<const float> score, int round,
                              DecisionView so_far, Voice voice) const {
  const auto reviewed = arm[month.core().under_review];
  if (round == 0) {
    for (std::size_t i = 0; i < score.size(); ++i) {
      if (reviewed[i] == 0) continue;
      const auto bits = static_cast<std::int64_t>(ordered_bits(score[i]));
      voice.maxima[0] = std::max(voice.maxima[0], -bits);
      voice.maxima[1] = std::max(voice.maxima[1], bits);
    }
    return;
  }
  const Pieces all(so_far);
  for (std::size_t i = 0; i < score.size(); ++i)
    if (reviewed[i] != 0) ++voice.sums[round == 1 ? all.piece(all.above(score[i])) : part_of(all, score[i], so_far)];
}

bool PercentileRanks::decide(int round, Voice heard, std::span<std::int64_t> decision) const {
  if (round == 0) {
    const bool nobody = heard.maxima[1] == std::numeric_limits<std::int64_t>::min();
    std::ranges::fill(decision, 0);
    decision[0] = nobody ? 0 : -heard.maxima[0];
    decision[1] = nobody ? 0 : heard.maxima[1];
    return false;
  }
  if (round == 1) {
    share_out_parts(heard.sums, decision.subspan(first_parts_at, pieces + 1));
    return false;
  }
  std::int64_t below = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    decision[ranks_at + part] = 2 * below + heard.sums[part];
    below += heard.sums[part];
  }
  decision[customers_at] = below;
  return true;
}

void PercentileRanks::ranks(std::span<const float> score, DecisionView decision, std::span<float> percentile) const {
  const auto customers = static_cast<double>(std::max<std::int64_t>(1, decision[customers_at]));
  const Pieces all(decision);
  for (std::size_t i = 0; i < score.size(); ++i)
    percentile[i] = static_cast<float>(
        50.0 * static_cast<double>(decision[ranks_at + part_of(all, score[i], decision)]) / customers);
}

}  // namespace clientele::sim
