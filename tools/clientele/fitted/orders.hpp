// How often customers order and whether they leave, of who was there before the books and of who has come since.
#pragma once
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// Fits base.there and base.came to base.history, whose orders and times are still from each customer's first order on.
/// First NBD, where nobody leaves; then Pareto/NBD, where a hazard between .2 and 20 % a month makes the history likelier
/// by more than half a unit of log-likelihood (s = 1). Throws UserError where neither kind has a law.
void fit_orders(FittedBase& base);

/// Mean number of orders until t after the beginning, in months of the season.
double expected_orders(const FittedBuying& buying, double t);

}  // namespace clientele::tools
