// How long customers of different frailty stay, in closed form.
#pragma once
#include <cmath>

namespace clientele::models {

/// Share that survives a cumulative hazard H when a factor ~ Gamma(mean 1, variance v) multiplies it: (1 + v H)^(-1/v).
inline double frailty_survival(double cumulative_hazard, double variance) {
  if (variance == 0) return std::exp(-cumulative_hazard);
  return std::exp(-std::log1p(variance * cumulative_hazard) / variance);
}

}  // namespace clientele::models
