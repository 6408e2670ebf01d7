// Tiers by points, 0 the fewest: either they start from points, or they are shares of all customers by them.
#pragma once
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/exact_cuts.hpp"
#include "sim/segmentation.hpp"

namespace clientele::models {

/// Points are compared in ten-thousandths, so that the last bits of a sum decide nothing.
inline std::int32_t in_ten_thousandths(double points) {
  constexpr double most = 1e5;  // far beyond any points, and within 32 bits
  return static_cast<std::int32_t>(std::rint(std::fmax(-most, std::fmin(points, most)) * 1e4));
}

/// A customer's tier: the first whose start it reaches. Who holds that tier or a better one leaves it only below the
/// start less the hysteresis. Source of such a band: models/README.md, points.
inline std::int32_t tier_by_points(std::int32_t points, std::span<const std::int32_t> from, std::int32_t hysteresis,
                                   std::int32_t held) {
  std::int32_t tier = 0;
  for (const std::int32_t start : from) {
    const std::int32_t least = held <= tier ? start - hysteresis : start;
    if (points >= least) return tier;
    ++tier;
  }
  return tier;
}

/// Of tiers that may start from a value or be shares.
bool goes_by_share(const std::vector<sim::Tier>& tiers);

/// From points to tiers, as a policy's tiers say. Points stand in two columns, kept from the first round of the cuts
/// on.
class TiersByPoints {
 public:
  TiersByPoints(double hysteresis, const sim::SegmentationSpec& spec, sim::Observed& observed);

  bool is_by_share() const { return is_by_share_; }
  const sim::ExactCuts& cuts() const { return cuts_; }
  sim::RankScores kept(const sim::Arm& arm) const { return {arm[high_], arm[low_]}; }
  void keep(const sim::Arm& arm, std::size_t begin, std::span<const std::int32_t> points) const;
  /// By where tiers start.
  void assign(int month, const sim::Arm& arm, std::size_t begin, std::span<const std::int32_t> points,
              std::span<std::int32_t> tier) const;

 private:
  bool is_by_share_, goes_on_;
  std::vector<std::int32_t> from_;
  std::int32_t hysteresis_, entry_;
  sim::ExactCuts cuts_;
  sim::ObservedColumns core_;
  sim::State<std::uint32_t> high_, low_;
};

}  // namespace clientele::models
