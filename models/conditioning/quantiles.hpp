// The value below which a gamma, beta or normal variable lies with a given chance: the same bits anywhere.
#pragma once
#include "sim/core/api.hpp"
#include "sim/core/math_double.hpp"

namespace clientele::models {

/// For 0 < p < 1. Where p is above 1/2, 1 - p is what counts, so that both tails have their own precision. Each is
/// solved for in the logarithm (or the log-odds) of the value, by Halley's steps between bounds on the log of the
/// smaller tail, which is concave there. The relative error is below 1e-12 (of a logarithm: absolutely; 3e-12 at shapes
/// of .001, where a unit in the last place of p moves the value by as much); within that a quantile rises with p, with
/// a gamma's shape and a beta's first shape, and falls with a beta's second. `log_` forms hold where the value is too
/// small for a double: at a shape of .001 half of all lie below 1e-301. Half a microsecond each, up to two and a half
/// for betas with shapes of thousands.
CLIENTELE_API double gamma_quantile(double shape, double p);                ///< scale 1; shapes from 1e-3 to 1e7
CLIENTELE_API double log_gamma_quantile(double shape, double p);            ///< its logarithm
CLIENTELE_API double beta_quantile(double a, double b, double p);           ///< shapes from 1e-3 to 1e6
CLIENTELE_API double beta_log_odds_quantile(double a, double b, double p);  ///< log(x / (1 - x)) of it

/// Within 1e-15 relatively.
inline double normal_quantile(double p) {
  return p <= 0.5 ? sim::lower_normal_quantile(p) : -sim::lower_normal_quantile(1 - p);
}

}  // namespace clientele::models
