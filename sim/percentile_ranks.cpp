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

/// A piece of [lowest, highest] in ordered bits, and how far a score stands in it.
struct Place {
  std::size_t piece = 0;
  std::uint64_t far = 0, width = 1;  ///< far < width
};

Place place_of(float score, PercentileRanks::DecisionView decision) {
  const std::int64_t lowest = decision[0], highest = decision[1];
  const auto above =
      static_cast<std::uint64_t>(std::clamp<std::int64_t>(ordered_bits(score), lowest, highest) - lowest);
  const auto width = static_cast<std::uint64_t>(highest - lowest + 1);
  return {static_cast<std::size_t>(above * pieces / width), above * pieces % width, width};
}

std::size_t part_of(const Place& place, PercentileRanks::DecisionView decision) {
  const auto first = static_cast<std::uint64_t>(decision[first_parts_at + place.piece]);
  const auto next = static_cast<std::uint64_t>(decision[first_parts_at + place.piece + 1]);
  return static_cast<std::size_t>(first + place.far * (next - first) / place.width);
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
  for (std::size_t i = 0; i < score.size(); ++i) {
    if (reviewed[i] == 0) continue;
    if (round > 0) {
      const Place place = place_of(score[i], so_far);
      ++voice.sums[round == 1 ? place.piece : part_of(place, so_far)];
      continue;
    }
    const auto bits = static_cast<std::int64_t>(ordered_bits(score[i]));
    voice.maxima[0] = std::max(voice.maxima[0], -bits);
    voice.maxima[1] = std::max(voice.maxima[1], bits);
  }
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
  for (std::size_t i = 0; i < score.size(); ++i) {
    const std::size_t part = part_of(place_of(score[i], decision), decision);
    percentile[i] = static_cast<float>(50.0 * static_cast<double>(decision[ranks_at + part]) / customers);
  }
}

}  // namespace clientele::sim
