// `clientele explain STUDY --customer K`: which course is asked for, and what is wrong with the question.
#pragma once
#include <vector>

#include "sim/catalogue.hpp"
#include "tools/clientele/arguments.hpp"

namespace clientele::tools {

/// What only this question takes, beside the options of a study.
std::vector<Option> options_of_courses();

/// The course, to stdout.
void explain_customer(const Arguments& arguments, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
