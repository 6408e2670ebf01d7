// Buying of customers who may leave after any order, in closed form: BG/NBD, and MBG/NBD, who may leave at once too.
#pragma once
#include <cmath>

#include <boost/math/special_functions/beta.hpp>

#include "models/theory/log_gamma.hpp"

namespace clientele::models {

/// Orders at a rate ~ Gamma(r, alpha); after each one a customer leaves with a chance of its own ~ Beta(a, b),
/// `at_once` also right after the one that made it a customer. Sources: Fader, Hardie, Lee 2005 (Marketing Science 24);
/// Batislam, Denizel, Filiztekin 2007. x orders after the first, the last of them at t_x, seen until T.
struct BgNbd {
  double r = 1, alpha = 1, a = 1, b = 1;
  bool at_once = false;

  double log_likelihood(double x, double last, double seen) const {
    return log_rising(r, x) + r * std::log(alpha) + log_beta_of(a, b + chances(x)) - log_beta_of(a, b) -
           (r + x) * std::log(alpha + seen) + std::log1p(odds_of_having_left(x, last, seen));
  }

  double alive(double x, double last, double seen) const { return 1 / (1 + odds_of_having_left(x, last, seen)); }

  /// P(y orders within t) of who is there, with r, alpha, a, b as they are known then: to leave at once is over.
  double chance_of(double y, double t) const {
    const double share = t / (alpha + t);
    const double stays = std::exp(log_rising(r, y) - log_gamma_of(y + 1) + log_beta_of(a, b + y) - log_beta_of(a, b) +
                                  r * std::log1p(-share) + (y > 0 ? y * std::log(share) : 0));
    if (y <= 0) return stays;
    return stays + std::exp(log_beta_of(a + 1, b + y - 1) - log_beta_of(a, b)) * boost::math::ibeta(y, r, share);
  }

  /// P(y orders in the time t after T).
  double chance_of_later(double x, double last, double seen, double t, double y) const {
    const BgNbd then{r + x, alpha + seen, a, b + chances(x), false};
    const double p = alive(x, last, seen);
    return p * then.chance_of(y, t) + (y <= 0 ? 1 - p : 0);
  }

  /// Mean number of orders in the time t after T (Fader, Hardie, Lee 2005, equation 10), the Gauss series summed up:
  ///   P(alive) (a + b' - 1) / (a - 1) (1 - (alpha' / (alpha' + t))^r' 2F1(r', b'; a + b' - 1; t / (alpha' + t))).
  double expected_later(double x, double last, double seen, double t) const {
    const double rate = r + x, stays = b + chances(x), from = alpha + seen, share = t / (from + t);
    const double leaves = std::fabs(a - 1) > 1e-6 ? a : 1 + 1e-6, all = leaves + stays - 1;
    double term = 1, sum = 1;
    for (double k = 0; k < 100'000 && term > 1e-15 * sum; ++k) {
      term *= (rate + k) * (stays + k) / ((all + k) * (k + 1)) * share;
      sum += term;
    }
    return alive(x, last, seen) * all / (leaves - 1) * (1 - std::exp(rate * std::log1p(-share)) * sum);
  }

 private:
  /// How often somebody who is there has not left.
  double chances(double x) const { return x + (at_once ? 1 : 0); }
  double odds_of_having_left(double x, double last, double seen) const {
    const double been = chances(x);
    return been > 0 ? a / (b + been - 1) * std::exp((r + x) * std::log((alpha + seen) / (alpha + last))) : 0;
  }
};

}  // namespace clientele::models
