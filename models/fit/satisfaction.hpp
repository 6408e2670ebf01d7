// What ten points of satisfaction do to orders: surveys joined to the orders that came later.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::models {

/// A row per answer: who (0, 1, ...), points 0 to 100, orders after it until the next answer or a stated time, and what
/// would be expected of that time (months, times season; above 0).
struct SurveyHistory {
  std::vector<std::size_t> customer;
  std::vector<double> points, orders, exposure;

  std::size_t rows() const { return customer.size(); }
};

struct SatisfactionFit {
  Fitted between;  ///< `rate`, `slope` (change of the log order rate per 10 points), `shape` of the frailty
  Fitted within;   ///< `slope` by each customer's own ups and downs alone

  /// The one whose slope is lived by: `within` where it is known within a standard error of .1 per 10 points, else
  /// `between`, else `within`; nothing where neither is known.
  const Fitted* chosen() const;
};

/// Of either fit: change of the log order rate per 10 points.
const Estimate& slope_of(const Fitted& fit);

/// Poisson with a gamma frailty per customer (mean 1, shape r), i.e. negative binomial with exposure: with mu_j = rate
/// x exposure_j exp(slope (points_j - mean) / 10), Y = sum of orders, M = sum of mu_j
///   log L = lnG(r + Y) - lnG(r) + r ln r + sum y_j ln mu_j - (r + Y) ln(r + M)
/// (Hausman, Hall, Griliches 1984). Where customers differ no more than Poisson says, r is left out. It is what who is
/// content buys, whatever else sets customers apart: no proof of a cause. `within` is their fixed-effects likelihood,
/// sum y_j ln(mu_j / M), to which a customer that answered once says nothing; it is known from 30 customers with two
/// answers that differ and orders on. Errors of slopes are those of White's sandwich by customer where they are larger
/// than the likelihood's: who has left orders nothing after any answer. `between` needs 30 customers, 50 orders, and
/// answers that vary.
SatisfactionFit fit_satisfaction(const SurveyHistory& history);

}  // namespace clientele::models
