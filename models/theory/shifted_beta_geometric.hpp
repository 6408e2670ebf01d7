// Renewals of contracts whose chances differ between customers, in closed form.
#pragma once
#include <cmath>

#include <boost/math/special_functions/beta.hpp>

namespace clientele::models {

/// Every period a customer leaves with a chance of its own, Beta(alpha, beta) over customers; with `speed` other than 1
/// periods count as t^speed (beta-discrete-Weibull). Source: Fader, Hardie 2007; Fader, Hardie, Liu, Davin, Steenburgh
/// 2018; residual lifetimes Fader, Hardie 2010.
struct ShiftedBetaGeometric {
  double alpha = 1, beta = 1, speed = 1;

  /// Share that is there after t periods.
  double survival(double t) const {
    return boost::math::beta(alpha, beta + std::pow(t, speed)) / boost::math::beta(alpha, beta);
  }
  /// Of those there before the t-th renewal, the share that renews.
  double retention(int t) const { return survival(t) / survival(t - 1); }

  /// Expected payments of 1, discounted at `rate` a period, the next one now: of who has just come (`renewals` 0), or
  /// of who stands right before that renewal.
  double discounted_payments(int renewals, double rate) const {
    double sum = 0, factor = 1;
    const double there = renewals > 0 ? survival(renewals - 1) : 1;
    for (int t = renewals; factor > 1e-16; ++t, factor /= 1 + rate) sum += factor * survival(t) / there;
    return sum;
  }
};

}  // namespace clientele::models
