// One comparison in several forms: sentences and tables to read, on a terminal or in Markdown, JSON for programs, CSV
// for spreadsheets.
#pragma once
#include <string>
#include <vector>

#include "output/comparison/by.hpp"
#include "output/comparison/comparison.hpp"
#include "output/comparison/constraints.hpp"
#include "output/comparison/why.hpp"
#include "output/comparison/winners.hpp"
#include "tools/clientele/compare/sentences.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/spreadsheet.hpp"

namespace clientele::tools {

/// How much of a comparison is laid out.
struct Shown {
  bool levels = false;   ///< quantiles of each arm, and the month of a peak
  bool guesses = false;  ///< what the numbers rest on, one by one
  Paper paper = Paper::terminal;
  std::vector<Sentence> more = {};  ///< behind those of the answer
};

/// The sentences, the tables, and what both rest on; at most 80 columns of a terminal wherever names and
/// numbers allow it.
std::string text_of(const output::Comparison& comparison, const Shown& shown = {});
/// One object, `schema_version` 2 (README.md); what is missing is null.
/// `by`: what arms come to part by part, where that is asked for; `more`: sentences behind those of the answer; `why`:
/// what makes policies differ; `winners`: what they do by class of customers; where that is asked for.
std::string json_of(const output::Comparison& comparison, const output::By* by = nullptr,
                    const std::vector<Sentence>& more = {}, const output::Why* why = nullptr,
                    const std::vector<output::KeptBound>& bounds = {}, const output::Winners* winners = nullptr);
/// One line per KPI, scenario and policy, all digits; what is missing is empty. With bounds there are columns of them,
/// and a line for each bound that an arm must keep.
std::string csv_of(const output::Comparison& comparison, CsvForm form = CsvForm::plain,
                   const std::vector<output::KeptBound>& bounds = {});
/// The same of what arms have gained by the end of each year (Comparison::over_time): one line per arm and end.
std::string csv_over_time(const output::Comparison& comparison, CsvForm form = CsvForm::plain);

}  // namespace clientele::tools
