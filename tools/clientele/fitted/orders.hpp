// How often customers order and whether they leave, of who was there before the books and of who has come since.
#pragma once
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// Fits base.there and base.came to base.history, whose orders and times are still from each customer's first order on.
/// First NBD, where nobody leaves; then, where a hazard makes the history likelier and its standard error is less than
/// itself, one with s = 1; and where that gains more than 1.92 of log-likelihood (the 5 % of a chi-square), all of
/// Pareto/NBD, if no number's standard error is as large as itself. Throws UserError where neither kind has a law.
void fit_orders(FittedBase& base);

/// One kind of customers by what follows their first orders, in the same steps; not found where they are too few.
FittedBuying fit_from_first_orders(const models::BuyingHistory& seen);

/// P(no order until t) of who is there at 0.
double none_until(const FittedBuying& buying, double t);

/// Mean number of orders until t after the beginning, in months of the season.
double expected_orders(const FittedBuying& buying, double t);

}  // namespace clientele::tools
