// Orders of buyers who leave unseen, in closed form: Pareto/NBD (Schmittlein, Morrison, Colombo 1987).
#pragma once
#include <cmath>

namespace clientele::models {

/// Poisson buyers with rates ~ Gamma(shape r, rate alpha) until an exponential lifetime with a hazard ~ Gamma(shape s,
/// rate beta) ends, both for one unit of time.
struct ParetoNbd {
  double r = 1, alpha = 1, s = 1, beta = 1;

  /// E[X(t)] = r beta / (alpha (s - 1)) (1 - (beta / (beta + t))^(s - 1)), s not 1 (Fader and Hardie, note 009).
  double mean_orders(double t) const { return r * beta / (alpha * (s - 1)) * (1 - std::pow(beta / (beta + t), s - 1)); }
};

}  // namespace clientele::models
