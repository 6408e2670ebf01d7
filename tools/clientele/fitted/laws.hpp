// Numbers of fitted laws as the study's fields have them.
#pragma once
#include <cmath>
#include <vector>

#include "models/fit/maximum.hpp"

namespace clientele::tools {

inline constexpr double most_variance = 50;  ///< of frailty, as the field has it

/// The chance to leave in a month of a newcomer of average frailty: 1 - exp(-s / beta).
inline double hazard_of(const std::vector<double>& pareto_nbd) { return -std::expm1(-pareto_nbd[2] / pareto_nbd[3]); }

/// Mean of an order from log_mean, between and within, net of credit notes.
inline double mean_value(const std::vector<double>& lognormal, double net_share) {
  return net_share *
         std::exp(lognormal[0] + 0.5 * (lognormal[1] * lognormal[1] + lognormal[2] * lognormal[2]));
}
inline double mean_value(const models::Fitted& lognormal, double net_share) {
  return mean_value(lognormal.values, net_share);
}

}  // namespace clientele::tools
