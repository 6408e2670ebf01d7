// Characters take room on a terminal, not bytes.
#include "tools/clientele/table.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace clientele::tools {
namespace {

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string laid_out(const Table& table, std::size_t words) {
  std::vector<std::size_t> widths(table.front().size());
  for (const auto& row : table)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
  std::string text;
  for (const auto& row : table) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string room(widths[c] - width_of(row[c]), ' ');
      line += (c == 0 ? "" : "  ") + (c < words ? row[c] + room : room + row[c]);
    }
    text += line.erase(line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string wrapped(const std::string& words, std::size_t width, std::size_t indent) {
  std::istringstream input(words);
  std::string text, word;
  std::size_t column = 0;
  const auto belongs_to_number = [](const std::string& next) {
    const std::string unit = next.substr(0, next.find_first_of(").,;:"));
    return unit == "%" || unit == "k" || unit == "M" || unit == "bn" || unit == "tn";
  };
  for (input >> word; !word.empty();) {
    std::string next;
    while (input >> next && belongs_to_number(next)) word.append(1, ' ').append(std::exchange(next, ""));
    if (column > 0 && column + 1 + width_of(word) > width) {
      text.append(1, '\n').append(indent, ' ');
      column = indent;
    } else if (column > 0) {
      text += ' ';
      ++column;
    }
    text += word;
    column += width_of(word);
    word = next;
  }
  return text + "\n";
}

}  // namespace clientele::tools
