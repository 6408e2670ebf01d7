// How many more customers a firm has on its books than are active, where it does not see who leaves.
#pragma once
#include <string>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// A line on month 0, from a small base of the same kind that is simulated up to it, at the stated values; empty where
/// every group's exits are seen.
std::string books_of(const sim::Study& study, const sim::Catalogue& catalogue);

/// How the base begins, and what the books hold where exits are silent.
std::string beginning_and_books_of(const sim::Study& study, const sim::Catalogue& catalogue);

}  // namespace clientele::tools
