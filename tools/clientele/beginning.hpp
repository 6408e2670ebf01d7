// How a study's base begins, in a line: how many there are at month 0, what they went through, who comes after them.
#pragma once
#include <string>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// By arithmetic on stated values, without drivers; nothing is simulated.
std::string beginning_of(const sim::Study& study, const sim::Catalogue& catalogue);

/// How fast a base melts to which nobody arrives; empty where somebody does.
std::string melting_in_words(const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
