// Whether a number switches a behavior on: what Wiring::is_used asks of each value that a study says.
#pragma once

namespace clientele::models {

inline bool is_positive(double number) { return number > 0; }

}  // namespace clientele::models
