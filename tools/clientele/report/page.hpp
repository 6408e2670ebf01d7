// A report as one self-contained HTML page: no request, readable without script, printable.
#pragma once
#include <string>

#include "tools/clientele/report/content.hpp"

namespace clientele::tools {

std::string page_of(const Report& report);

/// The pictures and their labels as the page's script reads them: JSON without any "<".
std::string picture_data_of(const Report& report);

}  // namespace clientele::tools
