// The file of sensitivity that belongs to a cube: named, or beside it under its name.
#pragma once
#include <functional>
#include <optional>
#include <string>

namespace clientele::tools {

/// Hands `use` the file that is named, or `CUBE.sensitivity.json` where it is there. What `use` refuses of a file that
/// nobody named is told as a warning and left out; else its UserError goes on.
void with_sensitivity_of(const std::string& cube, const std::optional<std::string>& named,
                         const std::function<void(const std::string& file)>& use);

}  // namespace clientele::tools
