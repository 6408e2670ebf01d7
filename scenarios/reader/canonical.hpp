// What a study says once its wording is forgotten: equal canonical texts give equal outcomes.
#pragma once
#include <string>
#include <string_view>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::scenarios {

/// All resolved values and names that an outcome is made of, and what a cube holds of it, by key. Titles, comments,
/// layout, the currency's name and the headline are left out.
std::string canonical_text(const sim::Study& study, const sim::Catalogue& catalogue);

/// The same for what cells are made of: what all of them share (with the policy of a warm-up, where there is one), one
/// scenario, one policy. Each is the same in every study that says the same of it.
std::string text_of_world(const sim::Study& study, const sim::Catalogue& catalogue);
std::string text_of(const sim::Scenario& scenario, const sim::Catalogue& catalogue);
std::string text_of(const sim::Policy& policy, const sim::Study& study, const sim::Catalogue& catalogue);

/// XXH3 of 128 bits as 32 hex digits.
std::string digest_of(std::string_view bytes);

}  // namespace clientele::scenarios
