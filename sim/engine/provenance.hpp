// What the numbers of a study rest on: which values are known, which are guessed, which levers have both sides.
#pragma once
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/core/api.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::sim {

/// Every field of every behavior; a lever's only where some tier leaves it as it is (what a tier sets is a decision,
/// not a belief). A value that equals its default, in the study or in a group, has the mark of the default, since the
/// study adds no source; any other value is "stated".
CLIENTELE_API std::vector<Assumption> assumptions_of(const Study& study, const Catalogue& catalogue);

/// The levers that some policy pulls.
CLIENTELE_API std::vector<LeverUse> levers_of(const Study& study, const Catalogue& catalogue);

/// "0.016", "[0.95, 0.8, ...]", "gamma (mean 2, shape 2)" or the word of a choice.
std::string value_in_words(const FieldInfo& field, const FieldValue& value);
/// What gives an uncertain number its values: a law, or the rows of a file.
std::string source_in_words(const Uncertain& uncertain);

}  // namespace clientele::sim
