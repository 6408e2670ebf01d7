// A first guess by a law that is like it, then steps that triple the digits.
#include "models/conditioning/quantiles.hpp"

#include <cmath>

#include "models/conditioning/small_numbers.hpp"
#include "models/conditioning/tails.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {

namespace {

struct Asked {
  Tail tail;
  double log_chance, chance;
};

Asked asked_of(double p) {
  sim::expects(p > 0 && p < 1, "a quantile is asked at a chance between 0 and 1");
  const bool is_below = p <= 0.5;
  const double chance = is_below ? p : 1 - p;
  return {is_below ? Tail::below : Tail::above, sim::log(chance), chance};
}

/// From y on to where the log of the tail is what is asked. `scale` is about how far y must go for its slope to change.
template <class Tails>
double solved(const Tails& tails, const Asked& asked, double y, double scale) {
  const double rises = asked.tail == Tail::below ? 1 : -1;
  constexpr double close = 2e-6;  // the next error is about the third power
  double low = -1e300, high = 1e300;
  for (int step = 0; step < 100; ++step) {
    const LogTail is = tails.at(y, asked.tail);
    const double miss = is.log_chance - asked.log_chance;
    (miss * rises < 0 ? low : high) = y;
    const double slope = rises * sim::exp(is.log_density - is.log_chance);
    const double newton = -miss / slope, bend = 1 + 0.5 * newton * (is.log_slope - slope);
    const double move = newton / (bend < 0.5 ? 0.5 : bend > 2.0 ? 2.0 : bend);
    double next = y + move;
    if (move < close * scale && move > -close * scale) return next;
    if (!(next > low && next < high)) next = low > -1e299 && high < 1e299 ? 0.5 * (low + high) : y + newton;
    y = next;
  }
  return y;
}

double least_of(double a, double b) { return a < b ? a : b; }

/// By the power law of small values where it is near, else by the cube root being normal (Wilson and Hilferty 1931);
/// where that is off for small shapes, by the exponential tail.
double first_log_gamma(const GammaTails& tails, double a, double p, const Asked& asked) {
  if (a < 10) {
    const double log_p = asked.tail == Tail::below ? asked.log_chance : log_of_one_plus(-asked.chance);
    const double log_power = (log_p + tails.log_gamma_of_one_more()) / a, power = sim::exp(least_of(log_power, 20));
    const double small = 0.25 * (a + 1);
    if (power < small) return log_power + power / (a + 1);
    if (a < 0.5) {
      // Q(x) is near x^(a - 1) e^-x / Gamma(a) for large x, and a E1(x) for small shapes.
      const double y = -(asked.tail == Tail::above ? asked.log_chance : log_of_one_plus(-asked.chance)) -
                       tails.log_gamma_of_one_more() + sim::log(a);
      if (y < 1) return sim::log(y > 0.1 ? 0.5 * y + 0.1 : 0.1);
      return sim::log(y - (1 - a) * sim::log(y) > 0.3 ? y - (1 - a) * sim::log(y) : 0.3);
    }
  }
  const double ninth = 1 / (9 * a), cube_root = 1 - ninth + normal_quantile(p) * std::sqrt(ninth);
  return sim::log(a) + 3 * sim::log(cube_root > 0.05 ? cube_root : 0.05);
}

/// By the power law of either end, or for shapes above 1 by Carter's approximation (1947; Abramowitz and Stegun
/// 26.5.22).
double first_log_odds(const BetaTails& tails, double a, double b, double p, const Asked& asked) {
  if (a > 1 && b > 1) {
    const double z = -normal_quantile(p), third = (z * z - 3) / 6;
    const double one = 1 / (2 * a - 1), other = 1 / (2 * b - 1), h = 2 / (one + other);
    const double w =
        z * std::sqrt(third + h > 0.1 ? third + h : 0.1) / h - (other - one) * (third + 5.0 / 6 - 2 / (3 * h));
    return sim::log(a / b) - 2 * w;
  }
  const double log_below = asked.tail == Tail::below ? asked.log_chance : log_of_one_plus(-asked.chance);
  const double log_above = asked.tail == Tail::above ? asked.log_chance : log_of_one_plus(-asked.chance);
  const double log_x = (log_below + sim::log(a) + tails.log_beta()) / a;
  const double log_rest = (log_above + sim::log(b) + tails.log_beta()) / b;
  const bool from_below = log_x * (b > 1 ? b : 1) < log_rest * (a > 1 ? a : 1);
  const double of_one = from_below ? log_x : log_rest, size = -(of_one < -0.1 ? of_one : -0.1);
  const double odds = -size - log_of_one_plus(-sim::exp(-size));
  return from_below ? odds : -odds;
}

}  // namespace

double log_gamma_quantile(double shape, double p) {
  const GammaTails tails(shape);
  const Asked asked = asked_of(p);
  return solved(tails, asked, first_log_gamma(tails, shape, p, asked), 1 / (1 + std::sqrt(shape)));
}

double gamma_quantile(double shape, double p) { return sim::exp(log_gamma_quantile(shape, p)); }

double beta_log_odds_quantile(double a, double b, double p) {
  const BetaTails tails(a, b);
  const Asked asked = asked_of(p);
  return solved(tails, asked, first_log_odds(tails, a, b, p, asked), 1 / (1 + std::sqrt(least_of(a, b))));
}

double beta_quantile(double a, double b, double p) {
  const double log_odds = beta_log_odds_quantile(a, b, p), small = sim::exp(log_odds < 0 ? log_odds : -log_odds);
  return (log_odds < 0 ? small : 1) / (1 + small);
}

}  // namespace clientele::models
