// Policies that change nothing, and why: a page says so before somebody looks for a difference.
#pragma once
#include <string>
#include <vector>

#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

/// A sentence for each policy whose headline is the baseline's in every simulated future.
std::vector<std::string> unchanged_policies(const Material& material);

}  // namespace clientele::tools
