// Tiers by recency, frequency and monetary value: when a customer ordered last, how often, and for how much.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "models/segmentation/by_points.hpp"

namespace clientele::models {

inline constexpr std::array<std::string_view, 3> rfm_numbers{"recency", "frequency", "monetary"};
/// Where so many points start.
inline constexpr std::array<std::string_view, 4> rfm_starts{"two", "three", "four", "five"};
using RfmCuts = std::array<float, rfm_starts.size()>;

struct RfmParameters {
  std::int32_t review_every = 3, look_back = 12;
  std::array<float, rfm_numbers.size()> weights{};
  RfmCuts recency_cuts{}, frequency_cuts{}, monetary_cuts{};  ///< all 0: fifths of customers
  float hysteresis = 0;

  /// Weights that come to nothing and cuts that do not go one way are a user's mistake.
  void finish() const;
};

sim::FieldTable rfm_fields();

/// 1 to 5 points by fifths of a rank in per cent; ties have one rank, and so the same points.
inline float points_of_fifth(float percentile) { return 1.F + std::clamp(std::floor(percentile / 20.F), 0.F, 4.F); }

/// One point, and one more for each start that is reached; starts rise.
inline float points_of_cuts(double number, const std::array<double, rfm_starts.size()>& starts) {
  float points = 1;
  for (const double start : starts) points += number >= start ? 1.F : 0.F;
  return points;
}

/// The weighted sum of three times 1 to 5 points: 3 to 15 by the usual weights. Source: Hughes 1994, quintiles.
class Rfm final : public ByPoints {
 public:
  Rfm(const sim::SegmentationSpec& spec, sim::Observed& observed);

 private:
  /// A number that counts by cuts of the study's own, in its own order: rising.
  struct Cut {
    std::size_t place;
    ObservedNumber number;
    std::array<double, rfm_starts.size()> starts;
  };
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                std::span<std::int32_t> score) const override;

  const RfmParameters p_;
  std::vector<Cut> cut_;
};

}  // namespace clientele::models
