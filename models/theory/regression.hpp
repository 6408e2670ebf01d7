// How much the best of last year buy next year, where nothing changes: regression to the mean in closed form.
#pragma once
#include "models/theory/nbd.hpp"

namespace clientele::models {

/// Orders of the next t months of those who stand best by the orders of the last t, over their orders of these, where
/// rates are Gamma(shape r, mean m) and orders Poisson. Who ordered x times is expected to order
///   E[next | x] = t (r + x) / (r / m + t)
/// (Ehrenberg 1959: conditional trend analysis; gamma prior), so that with x* the mean of the best
///   ratio = t / (r / m + t) (r + x*) / x*.
/// The best are a share of all, ties at the cut by lot. 1 for all of them; the more luck, the less.
inline double year_on_of_best(const NegativeBinomial& orders, double share) {
  double left = 1, above = 0, of_best = 0;  // chance of x and more; what stands above; its orders
  int most = 0;
  while (left - orders.chance_of(most) > 1e-13 && most < 100'000) left -= orders.chance_of(most++);
  for (int x = most; x >= 0 && above < share; --x) {
    const double part = std::fmin(orders.chance_of(x), share - above);
    above += part;
    of_best += part * x;
  }
  const double mean = of_best / share, prior = orders.shape / orders.mean_rate;
  return orders.months / (prior + orders.months) * (orders.shape + mean) / mean;
}

}  // namespace clientele::models
