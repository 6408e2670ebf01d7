// Excel calls a workbook damaged where a name is too long, has a sign that formulas use, or stands twice.
#include "tools/clientele/report/sheet_names.hpp"

#include <set>
#include <string_view>

#include "sim/core/printable.hpp"

namespace clientele::tools {
namespace {

constexpr std::size_t longest_sheet_name = 31;  // in units of UTF-16, by which Excel counts

/// The first units of a text; signs that are not legal are others that look like them.
std::string legal(const std::string& text, std::size_t room) {
  std::string name;
  for (std::size_t at = 0; at < text.size();) {
    const sim::Character character = sim::character_at(text, at);
    const std::size_t units = character.code < 0x10000 ? 1 : 2;
    if (units > room) break;
    room -= units;
    const char first = text[at];
    if (!character.valid || sim::is_invisible(character.code) ||
        std::string_view("[]:*?/\\").find(first) != std::string_view::npos)
      name += first == '[' ? '(' : first == ']' ? ')' : '-';
    else
      name += first == '\'' ? "’" : text.substr(at, character.bytes);
    at += character.bytes;
  }
  while (name.ends_with(' ')) name.pop_back();
  while (name.starts_with(' ')) name.erase(0, 1);
  return name;
}

/// Equal where Excel may take two names for one. Letters beyond ASCII have cases that Excel knows and we do not, so
/// that any two of them are alike; from U+2E80 on (Chinese, Japanese, Korean) there are no cases.
std::string folded(const std::string& name) {
  std::string key;
  for (std::size_t at = 0; at < name.size();) {
    const sim::Character character = sim::character_at(name, at);
    if (character.code < 0x80)
      key += static_cast<char>(name[at] >= 'A' && name[at] <= 'Z' ? name[at] - 'A' + 'a' : name[at]);
    else
      key += character.code < 0x2E80 ? "\x01" : name.substr(at, character.bytes);
    at += character.bytes;
  }
  return key;
}

}  // namespace

std::vector<std::string> sheet_names_of(const std::vector<std::string>& wanted) {
  std::vector<std::string> names;
  std::set<std::string> taken{"history"};  // Excel keeps it for itself
  for (const std::string& text : wanted) {
    std::string name = legal(text, longest_sheet_name);
    if (name.empty()) name = "-";
    for (std::size_t again = 2; !taken.insert(folded(name)).second; ++again) {
      const std::string number = " (" + std::to_string(again) + ")";
      const std::string begin = legal(text, longest_sheet_name - number.size());
      name = (begin.empty() ? "-" : begin) + number;
    }
    names.push_back(name);
  }
  return names;
}

}  // namespace clientele::tools
