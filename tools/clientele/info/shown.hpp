// The facts of a study or a cube in two forms: to read, and for programs.
#pragma once
#include <string>

#include "tools/clientele/info/facts.hpp"

namespace clientele::tools {

std::string text_of(const Facts& facts);
/// One object, `schema_version` 2 (README.md).
std::string json_of(const Facts& facts);

}  // namespace clientele::tools
