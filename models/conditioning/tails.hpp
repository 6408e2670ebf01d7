// How likely a gamma or a beta variable lies below or above a value, in logarithms: nothing underflows in either tail.
#pragma once
#include "sim/core/api.hpp"

namespace clientele::models {

enum class Tail : bool { below, above };

/// The log of the chance of a tail, and the density of the measure that it is asked at.
struct LogTail {
  double log_chance = 0;
  double log_density = 0;  ///< of that measure
  double log_slope = 0;    ///< d log density / d measure
};

/// Of a gamma variable with scale 1 and shape a from 1e-6 to 1e8, at log X = y. Of the lower tail by its series, of the
/// upper one by its continued fraction (a below 1 and X below 2: by what the lower lacks to 1); for a from 24 on and X
/// within 40 % of a by Temme's uniform expansion. The relative error of the chance is below 1e-13 in the smaller tail.
/// Sources: DLMF 8.7.1, 8.9.2, 8.12 (the coefficients are those of 8.12.12).
class CLIENTELE_API GammaTails {
 public:
  explicit GammaTails(double shape);
  LogTail at(double log_x, Tail tail) const;
  double log_gamma_of_one_more() const { return log_gamma_of_one_more_; }  ///< log Gamma(a + 1), where a < 10

 private:
  double log_first_term(double log_x, double x) const;
  double a_, log_a_, log_gamma_of_one_more_ = 0, stirling_ = 0;
};

/// Of a beta variable with shapes a and b from 1e-6 to 1e6, at log(X / (1 - X)) = y, by its continued fraction.
/// Source: DLMF 8.17.22.
class CLIENTELE_API BetaTails {
 public:
  BetaTails(double a, double b);
  LogTail at(double log_odds, Tail tail) const;
  /// log B(a, b).
  double log_beta() const { return log_beta_; }

 private:
  double log_density(double log_odds, double x, double rest) const;
  double a_, b_, log_beta_ = 0, stirling_ = 0;
  bool is_large_ = false;
};

}  // namespace clientele::models
