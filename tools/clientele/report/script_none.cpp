#include "tools/clientele/report/script.hpp"
namespace clientele::tools {
std::string_view report_script() { return ""; }
std::string_view report_script_hash() { return ""; }
}  // namespace clientele::tools
