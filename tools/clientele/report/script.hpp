// The script that draws the pictures of a report in a browser.
#pragma once
#include <string_view>

namespace clientele::tools {

/// The bundle of tools/web: ASCII, without "</script". Empty where the program was built without it (CLIENTELE_WEB).
std::string_view report_script();
/// Of it, as a page's policy names a script that may run: "sha256-...". Empty where there is none.
std::string_view report_script_hash();

}  // namespace clientele::tools
