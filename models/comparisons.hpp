// What a firm's comparisons of what it weighs come to, for people to read.
#pragma once
#include <string>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/study.hpp"

namespace clientele::models {

/// "payment 0.637, volume 0.258, prospects 0, profit 0.105; consistency ratio 0.033 (0.1 at most)" of a policy whose
/// weights come from comparisons in pairs; empty of others.
CLIENTELE_API std::string comparison_in_words(const sim::Policy& policy, const sim::Catalogue& catalogue);

}  // namespace clientele::models
