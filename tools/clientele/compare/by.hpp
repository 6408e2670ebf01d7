// What each arm comes to tier by tier or group by group, in the forms of an answer.
#pragma once
#include <string>
#include <vector>

#include "output/comparison/by.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/spreadsheet.hpp"

namespace clientele::tools {

/// What is told of a part: customers, what they bring and cost, who leaves, who moves.
std::vector<output::ByMeasure> measures_by(output::ByAxis axis);
/// Metrics that these are the sums of, which a cube keeps for them (output::CubeDetails::summed).
std::vector<std::string> metrics_by_part();

/// A table per scenario and policy, and how to read them.
std::string by_in_words(const output::Comparison& comparison, const output::By& by, Paper paper);
/// One line per scenario, policy, part and measure.
std::string by_as_csv(const output::Comparison& comparison, const output::By& by, CsvForm form);

}  // namespace clientele::tools
