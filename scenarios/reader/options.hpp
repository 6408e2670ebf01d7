// Options of the command line become entries of the study's tree, so that one reader checks both.
#pragma once
#include <vector>

#include "scenarios/reader/reading.hpp"
#include "scenarios/study_reader.hpp"

namespace clientele::scenarios {

/// Lays options over the tree in their order; their places name them. What they say of behaviors goes to Node::later.
void lay_options(const std::vector<Override>& overrides, Node& root, Reading& reading);

}  // namespace clientele::scenarios
