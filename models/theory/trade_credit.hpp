// What terms, early payment and default cost and bring, in closed form.
#pragma once
#include <algorithm>
#include <cmath>

namespace clientele::models {

/// Loss that is expected of what is open: chance of default x share that is lost x what is open.
inline double expected_loss(double chance, double loss_given_default, double exposure) {
  return chance * loss_given_default * exposure;
}

/// What a customer pays for waiting who leaves a discount alone: d / (1 - d) per days gained, per year of 365 days,
/// without interest on interest; and with it.
inline double simple_rate_of_waiting(double discount, double days_gained) {
  return discount / (1 - discount) * 365 / days_gained;
}
inline double effective_rate_of_waiting(double discount, double days_gained) {
  return std::pow(1 + discount / (1 - discount), 365 / days_gained) - 1;
}

/// What a month of customers is worth by their terms T [days], over their sales at the reference terms:
///   exp(e (1 - exp(-c x)) / c) x (margin - k (T + late_days) / 30),  x = (T - reference) / 30 (exp(e x) for x < 0),
/// where k is what a month of sales that is open for a month costs: r / (1 + r) of capital, and the hazard of default
/// times what is lost then. The larger e is, the longer the best terms; but they are finite for any margin, since the
/// response ends and the cost does not.
struct ValueOfTerms {
  double elasticity = 0.05, saturation = 1, reference = 30, margin = 0.25, cost_of_open_month = 0.01, late_days = 0;

  double months_open(double terms) const { return (terms + late_days) / 30; }
  double response(double terms) const {
    const double x = (terms - reference) / 30;
    return std::exp(elasticity * (saturation > 0 && x > 0 ? (1 - std::exp(-saturation * x)) / saturation : x));
  }
  double at(double terms) const { return response(terms) * (margin - cost_of_open_month * months_open(terms)); }

  /// Where d log(value) / dT = 0: e exp(-c max(x, 0)) (margin - k (T + late) / 30) = k, whose left side falls with T; 0
  /// where it is below k from the first day on.
  double best() const {
    const auto gain = [&](double terms) {
      return elasticity * std::exp(-saturation * std::max(0.0, terms - reference) / 30) *
                 (margin - cost_of_open_month * months_open(terms)) -
             cost_of_open_month;
    };
    double low = 0, high = 3600;
    if (!(gain(low) > 0)) return 0;
    for (int step = 0; step < 100; ++step) {
      const double middle = 0.5 * (low + high);
      (gain(middle) > 0 ? low : high) = middle;
    }
    return low;
  }
};

}  // namespace clientele::models
