// Sales of one customer in closed form: a Poisson number of lognormal orders.
#pragma once
#include <cmath>

namespace clientele::models {

/// The sum of N ~ Poisson(mean_orders) independent orders of mean `mean_value` whose logs have deviation `sd_log`.
struct CompoundPoisson {
  double mean_orders = 1, mean_value = 1, sd_log = 0;

  double mean() const { return mean_orders * mean_value; }
  /// E[N] E[value^2].
  double variance() const { return mean_orders * mean_value * mean_value * std::exp(sd_log * sd_log); }
};

}  // namespace clientele::models
