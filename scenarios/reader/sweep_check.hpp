// Holds a design to the study: its paths are numbers, its values are within their ranges, its axes are the study's.
#pragma once
#include "scenarios/reader/design.hpp"
#include "scenarios/reader/parsed_study.hpp"
#include "scenarios/sweep.hpp"

namespace clientele::scenarios {

/// The points of a design, equal ones merged; notes what is wrong with the readings' mistakes.
Sweep sweep_of(Design& design, const ParsedStudy& parsed, Reading& reading);

}  // namespace clientele::scenarios
