// Tiers by a scorecard: how a customer pays, buys, earns us and looks to those who sell, in points that are weighed.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/segmentation/by_points.hpp"
#include "models/segmentation/compared.hpp"
#include "models/segmentation/payment_record.hpp"
#include "sim/curve.hpp"

namespace clientele::models {

using Weights = std::array<float, weighed>;
inline constexpr std::size_t place_of_payment = 0, place_of_volume = 1, place_of_prospects = 2, place_of_profit = 3;

struct ScorecardParameters {
  std::int32_t review_every = 3, look_back = 12;
  Weights weights{};
  PairAnswers compare{};  ///< where anything is compared, weights follow from it
  float hysteresis = 0;
  float late_weight = 0, most_for_days = 0, administrative = 0, unknown = 0;  ///< points, of payment
  sim::Curves curves{};                                                       ///< of scorecard_numbers

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

/// What is weighed as a number of the books; nothing for payment and prospects, which are points by themselves.
std::optional<Number> number_weighed(std::size_t place);

/// A number as curves read it, and as conditions do: sums are those of a whole look-back, money in the study's
/// currency.
inline double as_curves_read(Number number, double score, std::int32_t look_back, double quantum) {
  const double sum = score * static_cast<double>(look_back);
  switch (number) {
    case Number::sales:
    case Number::profit:
      return sum * quantum;
    case Number::orders:
    case Number::buying_months:
      return sum;
    default:
      return as_stated(number, score);
  }
}

/// Whether the books say nothing: no invoice was settled, no survey answered.
inline bool is_unknown(Number number, double stated) {
  const bool may_be = number == Number::punctuality || number == Number::late_by_administration ||
                      number == Number::late_otherwise || number == Number::satisfaction;
  return may_be && stated < 0;
}

/// The curve of a number; none: payment and prospects count as the points that they are, all others by rank.
inline const sim::Curve* curve_of(const ScorecardParameters& p, std::size_t place) {
  const auto found = std::ranges::find(p.curves, static_cast<std::uint32_t>(place), &sim::Curve::of);
  return found == p.curves.end() ? nullptr : &*found;
}

/// Whether a number counts by its percentile rank.
inline bool counts_by_rank(const ScorecardParameters& p, std::size_t place) {
  const sim::Curve* curve = curve_of(p, place);
  return curve == nullptr ? number_weighed(place).has_value() : curve->by_rank();
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

/// Volume, profit and numbers of the books count as percentile ranks among all under review, unless they have a curve
/// of their own. What has no weight is not looked at.
class Scorecard final : public ByPoints {
 public:
  Scorecard(const sim::SegmentationSpec& spec, sim::Observed& observed);

 private:
  /// A number that is worked out again when points are: it has a curve, or may be unknown.
  struct Seen {
    std::size_t place;
    Number which;
    ObservedNumber number;
    const sim::Curve* curve;  ///< of p_; none: its rank counts where it is known
  };
  std::string_view part_called(std::size_t n) const override { return names_[n]; }
  void weigh(std::size_t place, Number which, const sim::SegmentationSpec& spec, sim::Observed& observed);
  void number_to_rank(std::size_t n, const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
                      std::span<float> number) const override;
  void work_out(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, Points& points,
                std::span<std::int32_t> score) const override;
  /// Points of payment, of prospects and of all that has a curve; ranks that count stand there.
  void pay(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::span<float> points) const;
  void look_ahead(const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin, std::span<float> points,
                  std::span<float> part) const;
  void see(const Seen& seen, const sim::BlockMonth& month, const sim::Arm& arm, std::size_t begin,
           std::span<float> points) const;

  const ScorecardParameters p_;
  const double quantum_;
  std::optional<PaymentRecords> payment_;
  std::optional<sim::Ring<const float>> prospects_;  ///< by month, of which the last is read
  sim::Trait<const std::int32_t> joined_;            ///< month
  std::vector<Seen> seen_;
  std::array<std::string, weighed> names_;  ///< of what has a weight: "points of growth"
};

}  // namespace clientele::models
