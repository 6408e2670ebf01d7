// A record of one number of a cell, for whoever simulates many cells and needs no more of each.
#pragma once
#include <string>

#include "sim/metrics.hpp"
#include "sim/sink.hpp"

namespace clientele::output {

/// What such a cell counts: one thing of this name in one month. Its keys differ from those of whole cells, and with
/// the name.
sim::OutcomeInfo info_of_one_number(const std::string& name);

/// The number as its 64 bits, so that it comes back the same, missing (NaN) or not.
sim::CellOutcome outcome_with(double number, const sim::Cell& cell);
double number_in(const sim::CellOutcome& outcome);

}  // namespace clientele::output
