// How often a customer orders, against others of its group: on the scale of a standard normal.
#pragma once
#include <cstdint>
#include <memory>
#include <span>

#include "models/loyalty/smooth_curve.hpp"
#include "models/theory/log_moments.hpp"
#include "sim/core/api.hpp"
#include "sim/core/math.hpp"
#include "sim/sample.hpp"
#include "sim/schema.hpp"

namespace clientele::models {

/// T = Phi^-1(P(rate of another <= its own)), standard normal over customers of one group in one draw, by the law that
/// their order rates are drawn from:
/// - lognormal: (log(rate / mean) + s^2 / 2) / s, exact;
/// - gamma: of the incomplete gamma function, from a curve over log(rate / mean), within 3e-5 for |T| < 6 and shapes
///   from .01 to 1e4. (Wilson and Hilferty 1931, 3 sqrt(k) ((rate / mean)^(1/3) - 1 + 1 / (9 k)), errs within |T| < 2
///   by .005 at shape k = 10, .2 at 1, .5 at .5 and 2 at .1.) Rates below e^-87 of the mean are 0 in float and tie;
/// - empirical: the rank in the sample, (below + half of the equal ones) / all; a rate between two values has the rank
///   of the nearer one;
/// - constant: everybody is alike, T = 0.
/// Rates that a customer file tells: by rank among those of their group (rates_of_group), as for a sample; or by the
/// log over `usual`, at least `least`, on a scale of mean 0 and variance 1 by the moments of the group's logs. That is
/// normal as far as logs are: of gamma rates of shape .5 what goes with them nearly keeps its law, but the largest
/// stand too low, so that at a correlation of .5 its mean by points is 7 % too low (shape 2: 2 %).
class RateScore {
 public:
  CLIENTELE_API explicit RateScore(const sim::Law& law);
  CLIENTELE_API explicit RateScore(std::shared_ptr<const sim::Sample> rates);
  CLIENTELE_API RateScore(const LogMoments& logs, float usual, float least);

  /// Whether customers differ at all: if not, nothing can go with their rates.
  bool differs() const { return kind_ != Kind::alike; }

  CLIENTELE_INLINE float of(float rate) const {
    if (kind_ == Kind::alike) return 0;
    if (kind_ == Kind::rank) return by_rank(rate * inverse_usual_);
    const float ratio = rate * inverse_usual_, log = sim::log(ratio > least_ ? ratio : least_);
    if (kind_ == Kind::log) return (log - mean_) * inverse_sd_;
    return log > lowest_log_ ? curve_.of(log) : lowest_;
  }

 private:
  enum class Kind { alike, log, curve, rank };

  void stand_by_logs(const LogMoments& logs);
  void stand_by_gamma(double shape);
  CLIENTELE_API float by_rank(float value) const;

  Kind kind_ = Kind::alike;
  float inverse_usual_ = 1, least_ = 0x1p-126F;
  float mean_ = 0, inverse_sd_ = 0;    ///< of logs
  float lowest_log_ = 0, lowest_ = 0;  ///< up to that log all tie, on that score
  SmoothCurve curve_;                  ///< score by log
  std::shared_ptr<const sim::Sample> sample_;
};

/// The rates that a file tells of the customers of one group, row by row; null where it has none there.
CLIENTELE_API std::shared_ptr<const sim::Sample> rates_of_group(std::span<const float> told,
                                                                std::span<const std::uint32_t> groups,
                                                                std::uint32_t group);

}  // namespace clientele::models
