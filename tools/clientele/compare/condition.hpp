// What the sign of a difference hangs on, in words.
#pragma once
#include <string>

#include "output/comparison/comparison.hpp"
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

/// "Three years' profit gains if the leaving that care prevents (service.care_hazard) is at least 0.34 times what is
/// assumed (0.28 to 0.41)". Why not, where it cannot be told.
std::string condition_in_words(const output::Comparison& comparison, const output::Condition& condition,
                               Language language = Language::english);

/// "Not varied, though a lever rests on it: satisfaction.late_effect." Empty where all are.
std::string not_varied_in_words(const output::Answer& answer, Language language = Language::english);

}  // namespace clientele::tools
