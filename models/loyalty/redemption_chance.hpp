// Whether a member is one who redeems its points: a chance of its own, which goes with how often it buys.
#pragma once
#include <memory>

#include "models/loyalty/rate_score.hpp"
#include "models/loyalty/smooth_curve.hpp"
#include "sim/core/api.hpp"
#include "sim/core/math.hpp"

namespace clientele::models {

/// A member's chance to redeem in a month in which it buys and may redeem. A share `never` of members never does (0);
/// the others' is Beta by its mean and first shape a (the second is a (1 - mean) / mean), so that over all members its
/// mean is (1 - never) mean. It goes with their order rate by a Gaussian copula:
///   score = rho T + sqrt(1 - rho^2) Z,   u = Phi(score),   chance = 0 if u < never,
///                                                          else BetaQuantile((u - never) / (1 - never))
/// with T the normal score of the rate (models/loyalty/rate_score.hpp) and Z the member's own luck: who buys least is
/// most likely among those who never redeem. Never-redeemers and chances have the law above at any rho.
///
/// Valid for means from 1e-6 to 1 - 1e-6 and a from .01 to 1e4, as beta laws are; at a mean of 0 nobody redeems, at 1
/// whoever is no never-redeemer does. The quantile is read from a curve of its log-odds over its own normal score,
/// which is smooth at any shapes: 1,025 knots from -6.5 to 6.5, as close in either tail as normal scores are. A chance
/// is within 2e-5 of its definition; what lies beyond the ends (1e-10 of members) has the chance of the last knot.
/// Making one takes a fifth of a millisecond, so it is made once per parameters; a customer's chance takes 35 ns, and
/// 105 where there are never-redeemers.
class RedemptionChance {
 public:
  CLIENTELE_API RedemptionChance(double mean, double a, double never, double correlation);

  CLIENTELE_INLINE float of(float rate_score, float own_normal) const {
    return at(std::fma(correlation_, rate_score, luck_ * own_normal));
  }

  /// Of who stands at a score, whatever has put it there.
  CLIENTELE_INLINE float at(float score) const {
    if (never_ == 0) return sim::logistic(log_odds_.of(score));
    const double above = sim::normal_below(-static_cast<double>(score)) * inverse_share_, below = 1 - above;
    if (!(below > 0)) return 0;
    const double tail = sim::lower_normal_quantile(below < above ? below : above);
    const auto own = static_cast<float>(below < above ? tail : -tail);
    return sim::logistic(log_odds_.of(own));
  }

 private:
  SmoothCurve log_odds_;  ///< of the chance, by its own normal score among those who redeem
  double never_ = 0, inverse_share_ = 1;
  float correlation_ = 0, luck_ = 1;
};

/// To be kept with the parameters that it is made from.
inline std::shared_ptr<const RedemptionChance> shared_redemption_chance(double mean, double a, double never,
                                                                        double correlation) {
  return std::make_shared<const RedemptionChance>(mean, a, never, correlation);
}

/// Of a member who orders at this rate: where all do alike, by its own luck alone, so that the law is met there too.
CLIENTELE_INLINE float redemption_chance(const RedemptionChance& chance, const RateScore& scores, float rate,
                                         float own_normal) {
  return scores.differs() ? chance.of(scores.of(rate), own_normal) : chance.at(own_normal);
}

}  // namespace clientele::models
