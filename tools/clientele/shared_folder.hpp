// Whether processes on several machines see one folder under one name.
#pragma once
#include <filesystem>

#include "tools/clientele/together.hpp"

namespace clientele::tools {

/// Ends all (input_output) where some do not see what the first has put into the folder: what they wrote there would be
/// lost to the others.
void expect_shared(const std::filesystem::path& folder, const Together& together);

}  // namespace clientele::tools
