// What orders are worth: the mean, how much customers differ, how surely an own mean tells a customer's, and single
// orders.
#pragma once
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// Three laws of the same orders, since those of customers differ in how much single orders vary:
/// - mean: all sales over all orders, so that money ties out; its standard error by customers (ratio estimator);
/// - means: log of a customer's arithmetic mean of n orders ~ N(log_mean, between^2 + spread^2 / n), maximum
/// likelihood;
/// - orders: logs of single orders around their customer's mean (within), of the random-effects model; pooled over
/// customers where that has no maximum (ten orders beyond the first of each are needed, else it is a guess).
/// The law of known customers has its mean where money ties out: where their values come to the sales seen.
/// A customer's mean is then told by its own with the weight n between^2 / (n between^2 + spread^2) (Buehlmann 1967, on
/// the log scale). Throws UserError where fewer than 20 customers have orders of some value.
FittedValue fit_value(const scenarios::History& history, std::optional<std::uint32_t> group);

/// Whether the error of `between` tells how far off it may be: its log's is at most .5 (as of
/// models::Estimate::is_flat).
bool is_between_told(const FittedValue& value);

/// What `between` may be where it is not told: its quantiles at 0, 1/100, ..., 1, by the profile likelihood (the mean
/// of logs held, spread likeliest at each) from 0 on, under a flat prior. By its log, normal around a maximum near 0,
/// half of all draws would have customers who differ a thousandfold.
std::vector<double> likely_between(const FittedValue& value);

/// As a customer's columns tell it to the engine, whose shrinkage is by `within`: so many orders, and their typical
/// value.
struct ToldValue {
  double orders = 0, typical = 0;
};
ToldValue told_value(const scenarios::CustomerHistory& customer, const FittedValue& value, double net_share);

}  // namespace clientele::tools
