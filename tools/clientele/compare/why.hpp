// Why policies differ from the baseline, in the forms of an answer.
#pragma once
#include <string>
#include <vector>

#include "output/comparison/why.hpp"
#include "tools/clientele/language/messages.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/spreadsheet.hpp"

namespace clientele::tools {

/// One of three differences that add up to a policy's, or the whole.
struct WhyPart {
  std::string_view cause;  ///< "treatment", "selection", "moves"; "both", "own", "lost"; "all"
  const output::Statements* statements = nullptr;
};
/// In the order in which they are told: what is granted, who gets it, what later reviews move, and all of it.
std::vector<WhyPart> parts_of(const output::WhyArm& arm);
/// By whose customers it comes from: "both", "own", "lost", and all of it. Nothing where that is not known.
std::vector<WhyPart> channels_of(const output::WhyArm& arm);

/// "whom it is granted to"
std::string cause_in_words(std::string_view cause, Language language = Language::english);

/// What makes the difference of a policy in one scenario, in one sentence.
std::string why_sentence(const output::Comparison& comparison, const output::WhyKpi& kpi, const output::WhyArm& arm,
                         Language language = Language::english);

/// Whose customers it comes from; empty where that is not known.
std::string channels_sentence(const output::Comparison& comparison, const output::WhyKpi& kpi,
                              const output::WhyArm& arm, Language language = Language::english);

/// Sentences and tables per KPI, scenario and policy, and how to read them.
std::string why_in_words(const output::Comparison& comparison, const output::Why& why, Paper paper);
/// One line per KPI, scenario, policy and cause, and per channel.
std::string why_as_csv(const output::Comparison& comparison, const output::Why& why, CsvForm form);

}  // namespace clientele::tools
