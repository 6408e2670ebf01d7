// Money is counted in quanta; an amount that somebody wrote as a decimal becomes quanta here, once.
#pragma once
#include <cmath>

namespace clientele::sim {

/// The fewest quanta that reach an amount: what 99.95 and 99.945 are in steps of .01 is 9995. Both numbers stand for
/// decimals, so that a quotient within their last bits of a whole number is that number.
inline double least_quanta(double amount, double quantum) {
  const double quotient = amount / quantum, nearest = std::rint(quotient);
  return std::fabs(quotient - nearest) <= std::fabs(quotient) * 0x1p-50 ? nearest : std::ceil(quotient);
}

}  // namespace clientele::sim
