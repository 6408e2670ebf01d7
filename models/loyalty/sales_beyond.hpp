// Whether a study has a loyalty program, and of which months sales are kept then.
#pragma once
#include "models/switches_on.hpp"
#include "sim/behavior.hpp"
#include "sim/catalogue.hpp"
#include "sim/metrics.hpp"

namespace clientele::models {

/// Whether somebody earns points: else there is no program, and no column of one.
inline bool has_points(const sim::Wiring& wiring) { return wiring.is_used("points.earn", is_positive); }

/// What a program adds to sales is told of the closed months behind the horizon too, in which it still costs.
inline sim::MonthsOf months_of_sales(const sim::Wiring& wiring) {
  return has_points(wiring) ? sim::MonthsOf::also_beyond : sim::MonthsOf::horizon;
}

}  // namespace clientele::models
