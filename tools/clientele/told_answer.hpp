// What a run or a merge says when it is done: the answer as compare gives it, the base, the hash of the data.
#pragma once
#include <filesystem>
#include <string>

#include "output/comparison/input.hpp"
#include "sim/plan.hpp"

namespace clientele::tools {

/// One interval for one number.
void tell_answer(const sim::Plan& plan, const output::ComparisonInput& input, const std::string& data_hash);
void tell_answer(const sim::Plan& plan, const std::filesystem::path& cube);

}  // namespace clientele::tools
