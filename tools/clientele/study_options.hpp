// The options by which a study is changed on the command line, the same for every verb that reads one.
#pragma once
#include <string>
#include <vector>

#include "scenarios/study_reader.hpp"
#include "sim/catalogue.hpp"
#include "tools/clientele/arguments.hpp"

namespace clientele::tools {

/// --customers, --replications, --draws, --months, --seed and --set.
std::vector<Option> study_options();

/// --sweep FILE, of the verbs that ask for the points of a sweep.
Option sweep_option();

/// What the arguments say of a study, option by option. Throws UserError (usage) where two do not go together.
std::vector<scenarios::Override> overrides_of(const Arguments& arguments);
/// Of options as a cube or its records keep them, "--set payment.terms_days=45" each.
std::vector<scenarios::Override> overrides_of_kept(const std::vector<std::string>& options);

/// Whether a verb says how it gets on.
enum class Talk { all, quiet };
/// A line on stderr.
void talk(Talk volume, const std::string& text);

/// What was read, with all that is unlikely in it among its warnings.
scenarios::StudyReading with_what_is_unlikely(scenarios::StudyReading reading, const sim::Catalogue& catalogue);

/// Reads the study that the arguments name, and its sweep. Its warnings go to stderr, and stay with it
/// (Study::warnings).
scenarios::StudyReading reading_of(const Arguments& arguments, const sim::Catalogue& catalogue);

/// The study as it is stated, for verbs that ask for no points: where it has a sweep, a line on stderr says so.
sim::Study study_of(const Arguments& arguments, const sim::Catalogue& catalogue);

/// "12 points (grid): payment.terms_days from 15 to 60 days (4 values), churn.base_hazard ..."; empty without a sweep.
std::string sweep_in_words(const scenarios::Sweep& sweep);

/// "2 scenarios x 3 policies x 10 replications x 20,000 customers x 36 months = 43,200,000 customer-months".
/// With so many points: "6 points x 2 scenarios x ...".
std::string size_of(const sim::Study& study, std::size_t points = 0);

}  // namespace clientele::tools
