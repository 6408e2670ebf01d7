// How many leave for which of two reasons, in closed form.
#pragma once
#include <cmath>

namespace clientele::models {

/// Share that has gone by `hazard` until t where `other` takes customers as well, both constant per period: less than
/// either would take alone.
inline double incidence(double hazard, double other, double t) {
  const double both = hazard + other;
  return both > 0 ? hazard / both * -std::expm1(-both * t) : 0;
}

}  // namespace clientele::models
