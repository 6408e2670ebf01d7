// What a customer of constant margin and retention is worth, in closed form.
#pragma once
#include <cmath>

namespace clientele::models {

/// A margin each period while the customer stays, which it does from one to the next with chance `retention`;
/// `rate` discounts a period. Source: Gupta, Lehmann 2003.
struct LifetimeValue {
  double margin = 1, retention = 0.8, rate = 0.1;

  /// From now on.
  double from_now() const { return margin * (1 + rate) / (1 + rate - retention); }
  /// From the next period on.
  double from_next() const { return margin * retention / (1 + rate - retention); }
  /// The first `periods` of them, from now on.
  double of(int periods) const { return from_now() * (1 - std::pow(retention / (1 + rate), periods)); }

  /// By how many per cent each rises if retention rises by 1 % of itself.
  double elasticity_from_now() const { return retention / (1 + rate - retention); }
  double elasticity_from_next() const { return (1 + rate) / (1 + rate - retention); }
};

}  // namespace clientele::models
