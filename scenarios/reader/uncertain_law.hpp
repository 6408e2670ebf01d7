// Whether the draws of a law stay where a field's number must be, and which law of like mean and spread would.
#pragma once
#include <string>

#include "sim/schema.hpp"

namespace clientele::scenarios {

/// A law is refused where one draw in a million would leave its range. What passes is held to its actual draws.
inline constexpr double rare = 1e-6;

/// Chance that a draw of a uniform, normal, lognormal or beta law falls outside of a range; for a beta law a bound from
/// above.
double chance_outside(const sim::Law& law, const sim::Range& range);

/// "2.3 %", in three digits.
std::string in_per_cent(double chance);

/// A law with about the same mean and spread that stays inside, as a study writes it: { dist = "beta", mean = ... }.
std::string law_that_fits(const sim::Law& law, const sim::Range& range);

}  // namespace clientele::scenarios
