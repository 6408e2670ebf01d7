// What orders are worth: the mean, how much customers differ, how surely an own mean tells a customer's, and single
// orders.
#pragma once
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// Three laws of the same orders, since those of customers differ in how much single orders vary:
/// - mean: all sales over all orders, so that money ties out; its standard error by customers (ratio estimator);
/// - means: of customers' arithmetic means, by which an own mean tells a customer's (models/fit/mean_value.hpp);
/// - orders: logs of single orders around their customer's mean (within), of the random-effects model; pooled over
/// customers where that has no maximum (ten orders beyond the first of each are needed, else it is a guess).
/// The law of known customers has its mean where money ties out: where their values come to the sales seen. Throws
/// UserError where fewer than 20 customers have orders of some value.
FittedValue fit_value(const scenarios::History& history, std::optional<std::uint32_t> group);

/// As a customer's columns tell it to the engine, whose shrinkage is by `within`: so many orders, and their typical
/// value.
struct ToldValue {
  double orders = 0, typical = 0;
};
ToldValue told_value(const scenarios::CustomerHistory& customer, const FittedValue& value, double net_share);

}  // namespace clientele::tools
