// What a program owes in the books of IFRS 15: part of each sale is deferred for the points that come with it, and
// becomes revenue as they are redeemed.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/loyalty/redemption_estimate.hpp"
#include "sim/core/api.hpp"

namespace clientele::models {

/// A sale's price by the stand-alone prices of what it promises (IFRS 15.74): goods at theirs, points at their value
/// times the share of them that is expected to be redeemed (15.B42). In the unit of `price`; both parts add up to it.
struct Allocation {
  double goods = 0, points = 0;
};
inline Allocation allocated(double price, double goods_alone, double points_alone) {
  const double points = goods_alone + points_alone > 0 ? price * points_alone / (goods_alone + points_alone) : 0;
  return {price - points, points};
}

/// One period, in quanta:
///   opening + deferred - recognized + catch_up = closing,   breakage a part of `recognized`.
struct LiabilityPeriod {
  std::int64_t opening = 0, deferred = 0;
  std::int64_t recognized = 0;  ///< for what the period redeemed, at the rate that is expected now
  std::int64_t breakage = 0;    ///< of it, what points that nobody will redeem have paid for
  std::int64_t catch_up = 0;    ///< what earlier periods recognized too much (above 0), as is known now
  std::int64_t closing = 0;
};

/// Rolls the contract liability of a program forward, close by close. Of a cohort that deferred D for `issued` points,
/// of which R are redeemed and U will be, D R / U has been recognized (15.B46: breakage in proportion to what customers
/// redeem); a cohort of which nothing is open has recognized all. A changed U is caught up with in the period in which
/// it changes (IFRS 15 example 52). Where points are taken back with an order that comes back, as much of D goes.
class CLIENTELE_API ContractLiability {
 public:
  ContractLiability() = default;
  /// Of the cohorts that were issued before the books begin, what is deferred for what is open of them [quanta].
  explicit ContractLiability(const std::vector<std::int64_t>& opening);
  /// The next period: `deferred` of the cohort that it issues [quanta], and what is expected at its close.
  LiabilityPeriod close(const PointsTriangle& triangle, std::int64_t deferred, const UltimateRedemption& ultimate);
  std::int64_t liability() const { return liability_; }

 private:
  std::int64_t of_taken_back(const PointsTriangle& triangle, std::size_t cohort, std::size_t now) const;

  std::vector<std::int64_t> deferred_, recognized_;  ///< by cohort
  std::int64_t liability_ = 0;
};

}  // namespace clientele::models
