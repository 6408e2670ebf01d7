// What Excel takes as the name of a sheet.
#pragma once
#include <string>
#include <vector>

namespace clientele::tools {

/// One name for each: of at most 31 characters, none of them one of []:*?/\', no two alike whatever their case.
std::vector<std::string> sheet_names_of(const std::vector<std::string>& wanted);

}  // namespace clientele::tools
