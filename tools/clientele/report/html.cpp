// One pass over the bytes; UTF-8 passes as it is.
#include "tools/clientele/report/html.hpp"

namespace clientele::tools {

namespace {

constexpr std::string_view isolate = "\u2068", end_of_isolate = "\u2069";

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string html(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(isolate) || rest.starts_with(end_of_isolate)) {
      out += rest.starts_with(isolate) ? "<span lang=\"en\" dir=\"ltr\">" : "</span>";
      at += isolate.size();
      continue;
    }
    const std::string_view entity = entity_of(text[at]);
    if (entity.empty())
      out += text[at];
    else
      out += entity;
    ++at;
  }
  return out;
}

std::string element(std::string_view name, std::string_view content, std::string_view attributes) {
  std::string out = "<";
  out.append(name).append(attributes).append(">").append(content).append("</").append(name).append(">\n");
  return out;
}

std::string text_element(std::string_view name, std::string_view text, std::string_view attributes) {
  return element(name, html(text), attributes);
}

}  // namespace clientele::tools
