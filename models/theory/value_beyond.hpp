// What a customer who is there at the end is worth from then on, where nothing but leaving changes.
#pragma once
#include <cmath>

namespace clientele::models {

/// Whether somebody who leaves in a month buys until its end, or until the moment of leaving.
enum class Leaves { at_month_end, within_month };

/// Months k = 0, 1, ... after the horizon, with H_k the customer's cumulative hazard in month k:
///   sum over k < months of exp(-(H_0 + ... + H_(k-1))) x share_k x g^(k + 1) x monthly,   g = 1 / (1 + rate),
///   H_k = hazard x ((12 + tenure + k) / (12 + tenure))^slope,
/// in units of the money of the horizon's last month. share_k is 1 for who leaves at the end of a month, and
/// (1 - exp(-H_k)) / H_k, the mean part of it that is lived, for who leaves within.
inline double value_beyond(double monthly, double hazard, double rate, int months, Leaves leaves, double tenure = 0,
                           double slope = 0) {
  double value = 0, stays = 1, growth = 1;
  for (int k = 0; k < months; ++k) {
    const double h = hazard * std::pow((12 + tenure + k) / (12 + tenure), slope);
    growth /= 1 + rate;
    const double share = leaves == Leaves::within_month && h > 0 ? -std::expm1(-h) / h : 1;
    value += stays * share * growth * monthly;
    stays *= std::exp(-h);
  }
  return value;
}

}  // namespace clientele::models
