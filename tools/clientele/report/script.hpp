// The script that draws the pictures of a page: tools/web, bundled when clientele is built.
#pragma once
#include <string_view>

namespace clientele::tools {

/// Empty where clientele was built without npm.
std::string_view report_script();
/// Of it, as a page's policy names a script that may run: "sha256-...". Empty where there is no script.
std::string_view report_script_hash();

}  // namespace clientele::tools
