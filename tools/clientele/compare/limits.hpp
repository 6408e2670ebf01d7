// The bounds of a study beside its answer: who breaks which in how many futures.
#pragma once
#include <vector>

#include "output/comparison/constraints.hpp"
#include "sim/study.hpp"
#include "tools/clientele/compare/sentences.hpp"

namespace clientele::tools {

std::vector<output::Bound> bounds_of(const sim::Study& study);

/// One for each bound and scenario. About "limits".
std::vector<Sentence> sentences_of(const std::vector<output::KeptBound>& bounds, const output::Comparison& comparison,
                                   Language language = Language::english);

/// KPIs that have bounds stand beside those that are compared.
void show_bounded(const std::vector<output::Bound>& bounds, const output::ComparisonInput& input,
                  output::Question& question);

}  // namespace clientele::tools
