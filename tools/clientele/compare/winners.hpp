// Who wins and who loses under a policy, in the forms of an answer.
#pragma once
#include <string>

#include "output/comparison/winners.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/spreadsheet.hpp"

namespace clientele::tools {

/// "today's A loses 1.2 M EUR, today's B gains 0.3 M; tenths 3 to 6 gain, 1 loses." What is not clear is not named.
std::string winners_sentence(const output::Comparison& comparison, const output::Winners& winners,
                             const output::WinnersArm& arm);
/// A sentence and tables per scenario and policy, and how to read them.
std::string winners_in_words(const output::Comparison& comparison, const output::Winners& winners, Paper paper);
/// One line per scenario, policy and part: all, tiers, tenths, groups, classes.
std::string winners_as_csv(const output::Comparison& comparison, const output::Winners& winners, CsvForm form);

}  // namespace clientele::tools
