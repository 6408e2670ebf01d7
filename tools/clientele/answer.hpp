// The table of a run: what each policy came to in each scenario, and how it differs from the baseline.
#pragma once
#include <string>

#include "output/statistics/paired.hpp"
#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::tools {

/// Means over replications (and draws); differences are paired and carry 95 % t intervals.
std::string answer_of(const sim::Study& study, const sim::OutcomeInfo& info, const output::KpiValues& values);

}  // namespace clientele::tools
