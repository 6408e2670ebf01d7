// What a planner of a loyalty program reads first: how much more members must buy for it to pay, how much more they do,
// and what it leaves owed. Told wherever a policy sells to members, before everything else.
#pragma once
#include <optional>
#include <string>

#include "output/comparison/comparison.hpp"
#include "tools/clientele/language/messages.hpp"
#include "tools/clientele/paper.hpp"

namespace clientele::tools {

/// The metrics that a program is told by.
output::ProgramTerms program_terms();

/// The lift that a policy needs to pay and the one that it reaches: of the answer's subject where it has a program,
/// else of the program that comes nearest to paying in the same scenario. Empty where no policy has one.
std::string lift_sentence(const output::Comparison& comparison, Language language = Language::english);

/// The same of every policy with a program in every scenario, with how it reads below.
std::string lifts_of(const output::Comparison& comparison, Paper paper);

/// Whether no policy with a program costs more to run than the baseline: most programs do.
bool nothing_to_run(const output::Comparison& comparison);

/// "2.9 ± 0.1*": a share as percent.
std::string percents_in_cell(const output::Interval& share);

/// What is owed to members, what became of points, and what that costs, of every arm that sells to members.
std::string owed_of(const output::Comparison& comparison, Paper paper);

/// What the books owe by three rules, how it has come to that, and what cash sees; empty where no study counts points
/// by age.
std::string books_of_program(const output::Comparison& comparison, Paper paper);

/// Whether draws vary how readily members redeem: else a quantile of what is owed tells of luck alone.
bool draws_redemption(const output::Comparison& comparison);

}  // namespace clientele::tools
