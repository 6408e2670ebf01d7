// Numbers of fitted laws as the study's fields have them.
#pragma once
#include <array>
#include <cmath>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::tools {

inline constexpr double most_variance = 50;  ///< of frailty, as the field has it

/// r, alpha, s, beta of what was fitted (FittedBuying::law); beta beyond any time where nobody leaves.
inline std::array<double, 4> pareto_nbd_of(const std::vector<double>& law) {
  if (law.size() == 4) return {law[0], law[1], law[2], law[3]};
  return {law[0], law[1], 1, law.size() == 3 ? 1 / law[2] : 1e12};
}

/// The chance to leave in a month of a newcomer of average frailty: 1 - exp(-s / beta).
inline double hazard_of(const std::vector<double>& law) {
  const std::array<double, 4> all = pareto_nbd_of(law);
  return -std::expm1(-all[2] / all[3]);
}
inline double frailty_variance_of(const std::vector<double>& law) { return 1 / pareto_nbd_of(law)[2]; }

}  // namespace clientele::tools
