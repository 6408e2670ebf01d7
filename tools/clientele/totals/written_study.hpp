// A study of a base with some totals, as text that somebody goes on writing.
#pragma once
#include <string>

#include "scenarios/totals.hpp"
#include "tools/clientele/totals/base.hpp"

namespace clientele::tools {

/// The question of the study to begin with, whether the best customers should get longer terms and more care, asked of
/// this base. Numbers that follow from no total are marked as guesses.
std::string written_study(const Base& base, const scenarios::Totals& totals);

}  // namespace clientele::tools
