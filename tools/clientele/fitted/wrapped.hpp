// Sentences in lines of a width at which a comment of a study is read without scrolling.
#pragma once
#include <string>
#include <vector>

namespace clientele::tools {

inline void add_wrapped(const std::string& text, std::vector<std::string>& lines) {
  constexpr std::size_t width = 108;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.size();
    if (end - at > width) {
      end = text.rfind(' ', at + width);
      if (end == std::string::npos || end <= at) end = text.size();
    }
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
}

}  // namespace clientele::tools
