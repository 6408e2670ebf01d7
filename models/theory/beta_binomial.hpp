// How many of a customer's invoices are late, where the chance differs between customers.
#pragma once
#include <cmath>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/binomial.hpp>

namespace clientele::models {

/// Of n, each with the customer's own chance ~ Beta(a, b).
struct BetaBinomial {
  double a = 1, b = 1;
  unsigned n = 1;

  double chance_of(unsigned k) const {
    return boost::math::binomial_coefficient<double>(n, k) * boost::math::beta(a + k, b + (n - k)) /
           boost::math::beta(a, b);
  }
};

}  // namespace clientele::models
