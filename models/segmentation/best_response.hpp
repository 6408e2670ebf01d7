// A yardstick: tiers by what the best tier's levers bring over the last one's, as pilot worlds showed it by class.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/segmentation/by_points.hpp"
#include "models/segmentation/rfm.hpp"
#include "sim/core/api.hpp"
#include "sim/gains.hpp"

namespace clientele::models {

inline constexpr std::size_t fifths = 5;
static_assert(fifths * fifths * fifths == sim::classes_of_gain && fifths * fifths == sim::classes_side_by_side);

/// 0 to 4 of a rank in per cent.
inline std::size_t fifth_of(float percentile) { return static_cast<std::size_t>(points_of_fifth(percentile)) - 1; }

/// Fifths of all under review, by expected margin (orders x value x margin as drawn), by frailty and by orders a month,
/// which stand beside each other. Tenths would be 1,000 classes with a handful of customers each, whose gain is luck.
inline std::size_t class_of_gain(float margin, float frailty, float orders) {
  return (fifth_of(margin) * fifths + fifth_of(frailty)) * fifths + fifth_of(orders);
}

/// How many classes gain less: equal gains have equal places.
CLIENTELE_API std::vector<std::int32_t> places_by_gain(const std::vector<double>& gains);

/// Of a policy without gains, which pilot worlds live under, the tier is the class; else the class with the larger gain
/// stands first, and a hash of the id decides within one. The gains are a mean of other worlds, by classes that are
/// coarse, of who stays in one tier for good: a yardstick, no bound, and nothing that a firm could know.
class BestResponse final : public ByPoints {
 public:
  BestResponse(const sim::SegmentationSpec& spec, sim::Observed& observed);

 private:
  bool is_known(int) const override { return true; }
  void number_to_rank(std::size_t n, const sim::BlockMonth& month, const sim::Arm&, std::size_t begin,
                      std::span<float> number) const override;
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                std::span<std::int32_t> score) const override;

  sim::Trait<const float> order_rate_, order_value_, gross_margin_, frailty_;
  std::vector<std::int32_t> place_;  ///< by class; empty where gains are
  bool is_pilot_;
};

}  // namespace clientele::models
