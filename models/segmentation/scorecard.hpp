// Tiers by a scorecard: how a customer pays, buys, earns us and looks to those who sell, in points that are weighed.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "models/segmentation/by_points.hpp"
#include "models/segmentation/compared.hpp"
#include "models/segmentation/payment_record.hpp"

namespace clientele::models {

using Weights = std::array<float, weighed>;
inline constexpr std::size_t place_of_payment = 0, place_of_volume = 1, place_of_prospects = 2, place_of_profit = 3;

struct ScorecardParameters {
  std::int32_t review_every = 3, look_back = 12;
  Weights weights{};
  PairAnswers compare{};  ///< where anything is compared, weights follow from it
  float hysteresis = 0;
  float late_weight = 0, most_for_days = 0, administrative = 0, unknown = 0;  ///< points, of payment

  /// Weights that come to nothing, or will within a year, and answers that contradict each other are a user's mistake.
  void finish();
};

sim::FieldTable scorecard_fields();

/// Points for paying, with n invoices settled, l of them late, a of these by administration, d days late in all:
///   100 - late_weight l / n - min(most_for_days, d / n) + administrative [2 a > l],  within 0 and 100.
/// Of whom nothing was settled nothing is known: points of their own. Source: models/README.md, scorecard.
inline float payment_points(const PaymentRecord& record, const ScorecardParameters& p) {
  if (record.settled == 0) return p.unknown;
  const auto settled = static_cast<float>(record.settled), late = static_cast<float>(record.late);
  const float days = static_cast<float>(record.eighths_late) * 0.125F / settled;
  const float eased = 2 * record.administrative > record.late ? p.administrative : 0.F;
  const float points = 100.F - p.late_weight * (late / settled) - std::min(p.most_for_days, days) + eased;
  return std::clamp(points, 0.F, 100.F);
}

/// The mean of points by their weights, whose sum is above 0.
inline double weighted_points(std::span<const float> points, std::span<const float> weights) {
  double sum = 0, all = 0;
  for (std::size_t n = 0; n < points.size(); ++n) {
    sum += static_cast<double>(weights[n]) * static_cast<double>(points[n]);
    all += static_cast<double>(weights[n]);
  }
  return sum / all;
}

/// What is left of the weight of prospects, which are judged when a customer comes: history takes their place in a
/// year.
inline float part_of_prospects(std::int32_t months_with_us) {
  constexpr float months = 12.F;
  return std::max(0.F, 1.F - static_cast<float>(months_with_us) / months);
}

/// What prospects lose of their weight goes to the others in proportion, some of which have one.
inline double points_with_prospects(const Weights& points, const Weights& weights, float part) {
  Weights others = weights;
  others[place_of_prospects] = 0.F;
  double all = 0;
  for (const float weight : weights) all += static_cast<double>(weight);
  const double weight = static_cast<double>(part) * static_cast<double>(weights[place_of_prospects]) / all;
  return (1 - weight) * weighted_points(points, others) + weight * static_cast<double>(points[place_of_prospects]);
}

/// Volume and profit count as percentile ranks of the look-back's sales and contribution among all under review. What
/// has no weight is not looked at.
class Scorecard final : public ByPoints {
 public:
  Scorecard(const sim::SegmentationSpec& spec, sim::Observed& observed);

 private:
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                std::span<std::int32_t> score) const override;
  void look_ahead(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::span<float> points,
                  std::span<float> part) const;

  const ScorecardParameters p_;
  std::optional<PaymentRecords> payment_;
  std::optional<sim::Ring<const float>> prospects_;  ///< by month, of which the last is read
  sim::Trait<const std::int32_t> joined_;            ///< month
};

}  // namespace clientele::models
