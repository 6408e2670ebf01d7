// Titles, labels and sentences of a report's page and workbook, in each language.
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

namespace {

constexpr Message table[] = {
    {"page.answer", "The answer", "结论", "La respuesta"},
};

}  // namespace

std::span<const Message> page_messages() { return table; }

}  // namespace clientele::tools
