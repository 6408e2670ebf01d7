// What a program owes, close by close: functions on what a cell counts of its points, no luck.
//
// Estimates know what the books know at their close and nothing later, but for the one that is called the truth, which
// looks at what the closed months after the horizon redeem and is a benchmark.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "models/kpis.hpp"
#include "models/loyalty/contract_liability.hpp"
#include "models/loyalty/points_triangle.hpp"
#include "models/loyalty/redemption_estimate.hpp"
#include "sim/core/api.hpp"
#include "sim/metrics.hpp"

namespace clientele::models {

/// By what rule a close expects points to be redeemed (redemption_estimate.hpp).
enum class Estimate { fixed, triangle, truth };

/// Points of a cell by month of issue. Cohorts 0 ... opening - 1 were earned before month 0, the last of them in the
/// month before it; the books of month t close at opening + t.
struct PointsOfCell {
  PointsTriangle triangle;
  std::size_t opening = 0;
  std::vector<std::size_t> validity;  ///< of what is earned in a month of the horizon, or was in the last one before
  bool is_over = false;               ///< whether nothing that was earned within the horizon is open in the last month
};

/// None where the month of issue does not follow from the month of end: where members hold points with different
/// validity, with the calendar year or without an end, or a cut of validity keeps the old end of what is held.
CLIENTELE_API std::optional<PointsOfCell> points_of_cell(const sim::AgedInputs& cell);

/// In money at the end of each month of the horizon, or within it. Missing (NaN) where points_of_cell gives none, and
/// of the truth where something of the horizon's points is open at the end of all months.
class CLIENTELE_API Liability {
 public:
  Liability(const sim::AgedInputs& cell, Estimate estimate);

  /// What the books of IFRS 15 owe, and how it has come to that: contract_liability.hpp. By the triangle at the
  /// quantile that points.constraint states; expectations are means.
  sim::Series contract() const { return of(&LiabilityPeriod::closing); }
  sim::Series deferred() const { return of(&LiabilityPeriod::deferred); }
  sim::Series recognized() const { return of(&LiabilityPeriod::recognized); }
  sim::Series breakage() const { return of(&LiabilityPeriod::breakage); }
  sim::Series catch_up() const { return of(&LiabilityPeriod::catch_up); }
  /// Of all points issued since month 0, the share that is expected to have been redeemed in the end.
  sim::Series redeemed_in_the_end() const;
  /// What the rewards that are expected will cost the firm, discounted to the close: the cost view.
  sim::Series expected_cost() const;
  const std::vector<LiabilityPeriod>& periods() const { return periods_; }

 private:
  /// At the close of month t.
  UltimateRedemption ultimate_at(std::size_t t, double deviations) const;
  sim::Series of(std::int64_t LiabilityPeriod::*what) const;

  const sim::AgedInputs& cell_;
  Estimate estimate_;
  std::optional<PointsOfCell> points_;
  TriangleRule rule_;
  std::vector<LiabilityPeriod> periods_;
};

/// There where a study counts points by age ([count] triangle).
Kpis liability_kpis();

}  // namespace clientele::models
