// When invoices settle and what is owed, in closed form, for one chance of being late.
#pragma once
#include <cmath>
#include <limits>

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include "models/theory/weibull.hpp"

namespace clientele::models {

/// Issue uniform in [0, 30) days, due `terms` later, late with `late_chance` by Weibull(mean, shape) days.
struct SettlementLaw {
  double terms = 30, late_chance = 0, mean = 7.4, shape = 1.38;

  double chance_later(double days) const { return WeibullLaw::of_mean(mean, shape).chance_later(days); }

  /// Chance that an invoice is still open at the end of the k-th month after its own (k = 0: its own): settlement falls
  /// k + 1 months or more after the beginning of its month.
  double chance_open_after(int k) const {
    const auto open_given_issue = [&](double issue) {
      const double left = 30.0 * (k + 1) - issue - terms;
      return left <= 0 ? 1.0 : late_chance * chance_later(left);
    };
    const double turn = 30.0 * (k + 1) - terms;  // the issue day from which even punctual payers are open
    const auto piece = [&](double from, double to) {
      if (to <= from) return 0.0;
      return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(open_given_issue, from, to, 8, 1e-10);
    };
    const double inside = turn < 0 ? 0 : turn > 30 ? 30 : turn;
    return (piece(0, inside) + (30 - inside)) / 30;
  }

  /// Chance that an invoice is open at the end of a month, `age` to `age` + 1 months (of 30 days) after it was due:
  /// over issue days, month ends fall evenly into that age.
  double share_overdue(int age) const {
    const auto open = [&](double days) { return late_chance * chance_later(days); };
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(open, 30.0 * age, 30.0 * (age + 1), 8, 1e-10) /
           30;
  }

  /// Receivables at a month's end over monthly sales, in the long run at constant sales.
  double months_of_sales_owed() const {
    double sum = 0;
    for (int k = 0; k < 23; ++k) sum += chance_open_after(k);
    return sum;
  }
};

}  // namespace clientele::models
