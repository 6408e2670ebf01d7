// The chance that somebody is still a customer, from the orders that are known: Pareto/NBD, the same bits anywhere.
#pragma once
#include "sim/core/api.hpp"

namespace clientele::models {

/// A rate that differs between customers by a gamma law; all have the mean where the shape is 0.
struct GammaOfRates {
  double mean = 0, shape = 0;
  bool operator==(const GammaOfRates&) const = default;
};

/// What is known of a customer: x orders after the one that made it a customer (or, of a base that is older than its
/// history, after its beginning), the last of them `last` after that moment, and `seen` from that moment to now. All in
/// the unit of time of the rates. Without an order `last` is 0.
struct KnownOrders {
  double x = 0, last = 0, seen = 0;
};

/// P(alive) = 1 / (1 + odds of having left), with orders at a rate ~ Gamma(r, alpha) until a lifetime that is
/// exponential at a hazard ~ Gamma(s, beta) (Schmittlein, Morrison, Colombo 1987; Fader, Hardie, note 009):
///   odds = integral from t_x to T of e^E(t) s / (beta + t) dt,
///   E(t) = (r + x) log((alpha + T) / (alpha + t)) + s log((beta + T) / (beta + t)),
/// which is s / (r + s + x) (alpha + T)^(r + x) (beta + T)^s A0 of the two hypergeometric functions. It is summed up
/// as the integral: the difference of the two cancels where t_x is near T, and the argument of a function nears 1 where
/// alpha and beta are far apart. In v = log(c + t), c the smaller of alpha and beta, all terms are analytic in a strip
/// of half-width pi, so that 16 points of Gauss on parts no longer than 1.5 in v and 16 in E leave a relative error
/// below 1e-12. Nothing overflows: the largest e^E stays outside.
/// The limits are exact: s to infinity at hazard H (shape 0) has H e^(H (T - t)) in place of the second factor; r to
/// infinity (all order alike) e^(rate (T - t)) in place of the first; with both, odds = H / (rate + H) (e^((rate + H)
/// (T
/// - t_x)) - 1). A hazard of 0, or an order now, gives 1.
/// Valid for x up to 1e6, shapes from 1e-6 to 1e7 and any times; takes about a microsecond.
CLIENTELE_API double chance_alive(const KnownOrders& known, const GammaOfRates& orders, const GammaOfRates& leaving);

/// The same by r, alpha, s and beta.
CLIENTELE_API double chance_alive(double x, double last, double seen, double r, double alpha, double s, double beta);

/// The log of the odds of having left; below -1e300 where there is no chance of it.
CLIENTELE_API double log_odds_of_having_left(const KnownOrders& known, const GammaOfRates& orders,
                                             const GammaOfRates& leaving);

}  // namespace clientele::models
