// Text as HTML: what comes from a study can be read and do nothing.
#pragma once
#include <string>
#include <string_view>

namespace clientele::tools {

/// With & < > " ' as entities. Text between U+2068 and U+2069 becomes a span in English; other direction marks were
/// made visible before (sim/core/printable.hpp).
std::string html(std::string_view text);

/// <name attributes>content</name>; the content is HTML already. `attributes` begin with a blank where there are any.
std::string element(std::string_view name, std::string_view content, std::string_view attributes = "");
/// The same around text.
std::string text_element(std::string_view name, std::string_view text, std::string_view attributes = "");

}  // namespace clientele::tools
