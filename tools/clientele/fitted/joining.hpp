// How many join in a month, where whoever was there before the books began is seen for the first time in them, too.
#pragma once
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// First orders of the last half-year, of the months from base.new_since on, less those that are expected of customers
/// who were there before and had not ordered since: B (P(0 until t) - P(0 until t + 1)) by their law, B = those seen in
/// the run-in over 1 - P(0 until its end). The interval grows with how much months differ beyond Poisson luck.
void fit_joining(FittedBase& base);

}  // namespace clientele::tools
