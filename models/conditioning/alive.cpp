// The integral part by part from the last order on, until what is left of it does not count.
#include "models/conditioning/alive.hpp"

#include <array>
#include <cstddef>

#include "models/conditioning/small_numbers.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {

namespace {

constexpr double no_odds = -2e300;

/// Gauss's points above the middle and weights, on an interval from -1 to 1.
constexpr std::size_t gauss_pairs = 8;
constexpr std::array<double, gauss_pairs> gauss_points{0.09501250983763744, 0.28160355077925891, 0.45801677765722739,
                                                       0.61787624440264375, 0.75540440835500303, 0.86563120238783174,
                                                       0.94457502307323258, 0.98940093499164993};
constexpr std::array<double, gauss_pairs> gauss_weights{0.18945061045506850, 0.18260341504492359, 0.16915651939500254,
                                                        0.14959598881657673, 0.12462897125553387, 0.09515851168249278,
                                                        0.06225352393864789, 0.02715245941175409};

/// One factor of the likelihood: how much larger it is for who left at t, not at T.
struct OneLaw {
  bool is_gamma;
  double power;  ///< of the gamma law: shape and orders
  double begin;  ///< alpha or beta
  double rate;   ///< of all alike

  /// Its log at `after` past the last order, less that at the last order: falls.
  double log_fall(double last, double after) const {
    return is_gamma ? -power * log_of_one_plus(after / (begin + last)) : -rate * after;
  }
  /// How fast it falls at t.
  double slope(double t) const { return is_gamma ? power / (begin + t) : rate; }
};

OneLaw law_of(const GammaOfRates& of, double events) {
  if (of.shape > 0) return {true, of.shape + events, of.shape / of.mean, 0};
  return {false, 0, 0, of.mean};
}

struct OrdersAndLeaving {
  OneLaw orders, leaving;
  double leaving_shape;  ///< s: its power has no event

  double hazard(double t) const { return leaving.is_gamma ? leaving_shape / (leaving.begin + t) : leaving.rate; }
};

/// Integral of e^(E(t) - E(t_x)) hazard(t) dt over `length` from the last order on; one law at least is gamma.
double left_since(const OrdersAndLeaving& laws, double last, double length) {
  constexpr double longest = 1.5, steepest = 16, enough = 1e-15;
  const bool by_orders = laws.orders.is_gamma && !(laws.leaving.is_gamma && laws.leaving.begin < laws.orders.begin);
  const OneLaw &near = by_orders ? laws.orders : laws.leaving, &far = by_orders ? laws.leaving : laws.orders;
  const double c = near.begin + last, to = log_of_one_plus(length / c);  // after = c (e^v - 1): `near` falls by power v
  double sum = 0;
  for (double from = 0; from < to;) {
    const double now = c * exp_less_one(from) + c, falls = near.power + now * far.slope(now - near.begin);
    double part = longest;
    if (falls * part > steepest) part = steepest / falls;
    if (!far.is_gamma && now * far.rate * exp_less_one(part) > steepest)
      part = log_of_one_plus(steepest / (now * far.rate));
    if (part > to - from) part = to - from;
    const double half = 0.5 * part, middle = from + half;
    const auto at = [&](double v) {
      const double after = c * exp_less_one(v);
      const double log = far.log_fall(last, after) - near.power * v;
      return sim::exp(log) * laws.hazard(last + after) * (c + after);
    };
    double of_part = 0;
    for (std::size_t k = 0; k < gauss_pairs; ++k)
      of_part += gauss_weights[k] * (at(middle - half * gauss_points[k]) + at(middle + half * gauss_points[k]));
    sum += half * of_part;
    from += part;
    // What is left of it is at most e^E times the largest share of leaving in how E falls, which is at most 1.
    if (sim::exp(far.log_fall(last, c * exp_less_one(from)) - near.power * from) < enough * sum) break;
  }
  return sum;
}

}  // namespace

double log_odds_of_having_left(const KnownOrders& known, const GammaOfRates& orders, const GammaOfRates& leaving) {
  sim::expects(known.x >= 0 && known.last >= 0 && known.last <= known.seen, "orders are known up to now");
  const double length = known.seen - known.last;
  if (!(length > 0) || !(leaving.mean > 0)) return no_odds;
  const OrdersAndLeaving laws{law_of(orders, orders.mean > 0 ? known.x : 0), law_of(leaving, 0), leaving.shape};
  if (!laws.orders.is_gamma && !laws.leaving.is_gamma) {
    const double falls = laws.orders.rate + laws.leaving.rate, all = falls * length;
    const double power = all < 30 ? sim::log(exp_less_one(all)) : all;
    return power + sim::log(leaving.mean / falls);
  }
  const double largest = -laws.orders.log_fall(known.last, length) - laws.leaving.log_fall(known.last, length);
  return largest + sim::log(left_since(laws, known.last, length));
}

double chance_alive(const KnownOrders& known, const GammaOfRates& orders, const GammaOfRates& leaving) {
  const double log_odds = log_odds_of_having_left(known, orders, leaving);
  if (log_odds > 0) {
    const double against = sim::exp(-log_odds);
    return against / (1 + against);
  }
  return 1 / (1 + sim::exp(log_odds));
}

double chance_alive(double x, double last, double seen, double r, double alpha, double s, double beta) {
  return chance_alive({x, last, seen}, {r / alpha, r}, {s / beta, s});
}

}  // namespace clientele::models
