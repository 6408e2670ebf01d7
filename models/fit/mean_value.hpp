// What a customer's orders are worth in the mean, told by its own orders and by those of all.
#pragma once
#include <vector>

#include "models/fit/maximum.hpp"
#include "models/fit/order_value.hpp"

namespace clientele::models {

/// Log of a customer's arithmetic mean of n orders ~ N(log_mean, between^2 + spread^2 / n). Arithmetic means are what
/// sales are made of; their logs are nearly normal. A customer's mean is then told by its own with the credibility
/// k = n between^2 / (n between^2 + spread^2), on the log scale. Source: Buehlmann 1967.
struct MeanValue {
  Fitted means = {};               ///< log_mean (plain), between, spread
  double between = 0, spread = 0;  ///< of logs; between 0 and spread `within` where the means have no likeliest law
  double mean = 0, tied_mean = 0;  ///< money: of all orders; of the law at which what is told comes to all sales

  /// exp((1 - k) log tied_mean + k log own_mean), money: of n > 0 orders with that mean.
  double told_by(double orders, double own_mean) const;
};

/// Maximum likelihood over rows with orders; `within` is the spread of the logs of single orders around their
/// customer's mean. No mean is surer than if single orders differed by half of that: where means differ for other
/// reasons, those of many orders as much as those of few, the likelihood would have it that one order tells all.
MeanValue fit_mean_value(const ValueHistory& history, double within);

/// Whether the error of `between` tells how far off it may be: its log's is at most .5 (as of Estimate::is_flat).
bool is_between_told(const Fitted& means);

/// What `between` may be where it is not told: its quantiles at 0, 1/100, ..., 1, by the profile likelihood (the mean
/// of logs held, spread likeliest at each) from 0 on, under a flat prior. By its log, normal around a maximum near 0,
/// half of all draws would have customers who differ a thousandfold.
std::vector<double> likely_between(const Fitted& means);

/// Later sales of customers who have ordered before, given how many orders they place: the sum of what each is off by,
/// over the sum of sales. By means told as above, by gamma-gamma's posterior mean p (v + sum) / (p n + q - 1), and by
/// each customer's own mean. Rows of both are the same customers; laws are fitted to `earlier` alone.
struct SalesMissed {
  double by_means = 0, by_gamma_gamma = 0, by_own_mean = 0;
  double customers = 0;  ///< who ordered before and later; the others say nothing
};
SalesMissed sales_missed(const ValueHistory& earlier, const ValueHistory& all, const ValueForetold& laws);

}  // namespace clientele::models
