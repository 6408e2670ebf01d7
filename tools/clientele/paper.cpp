// GitHub's pipe tables take one line a row, so that whatever would end a cell or begin markup is escaped.
#include "tools/clientele/paper.hpp"

#include <algorithm>
#include <string_view>

namespace clientele::tools {
namespace {

constexpr std::string_view markup = "\\`*_[]{}|~$#";

/// "- ", "+ ", "= " or "3. " would begin a list or a heading.
std::string as_line(const std::string& text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits < text.size() && (digits > 0 ? text[digits] == '.' || text[digits] == ')'
                                          : std::string_view("-+=").find(text[0]) != std::string_view::npos))
    return text.substr(0, digits) + "\\" + text.substr(digits);
  return text;
}

/// Heads one above the other, such as a KPI and its unit, are one.
std::vector<std::string> head_of(const Table& table, std::size_t heads) {
  std::vector<std::string> head(table.front().size());
  for (std::size_t row = 0; row < heads; ++row)
    for (std::size_t c = 0; c < head.size(); ++c)
      if (!table[row][c].empty()) head[c] += (head[c].empty() ? "" : " ") + table[row][c];
  return head;
}

std::string row_in_markdown(const std::vector<std::string>& row) {
  std::string line = "|";
  for (const std::string& cell : row) {
    const std::string text = in_markdown(cell.substr(std::min(cell.find_first_not_of(' '), cell.size())));
    line += text.empty() ? " |" : " " + text + " |";
  }
  return line + "\n";
}

std::string table_in_markdown(const Table& table, std::size_t words, std::size_t heads) {
  std::string text = row_in_markdown(head_of(table, heads)) + "|";
  for (std::size_t c = 0; c < table.front().size(); ++c) text += c < words ? "---|" : "---:|";
  text += "\n";
  for (std::size_t row = heads; row < table.size(); ++row) text += row_in_markdown(table[row]);
  return text + "\n";
}

}  // namespace

std::string in_markdown(const std::string& text) {
  std::string shown;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '\t')
      shown += ' ';
    else if (c == '<' || c == '>' || c == '&')
      shown += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
    else
      shown.append(markup.find(c) != std::string_view::npos ? 1 : 0, '\\').append(1, c);
  }
  return shown;
}

std::string paragraph(Paper paper, const std::string& words, std::size_t indent) {
  if (paper == Paper::markdown) return as_line(in_markdown(words)) + "\n\n";
  return wrapped(words, columns_of_terminal, indent);
}

std::string table_of(Paper paper, const Table& table, std::size_t words, std::size_t heads) {
  return paper == Paper::markdown ? table_in_markdown(table, words, heads) : laid_out(table, words);
}

std::string without_gaps(const std::string& text) {
  std::string tight;
  for (const char c : text)
    if (c != '\n' || (!tight.empty() && !tight.ends_with("\n\n"))) tight += c;
  while (tight.ends_with("\n\n")) tight.pop_back();
  return tight;
}

std::string labelled_line(const std::string& what, const std::string& text) {
  constexpr std::size_t column = 13;
  std::string lines = what + std::string(column - what.size(), ' ');
  for (const char c : wrapped(text, columns_of_terminal - column, 0))
    lines.append(1, c).append(c == '\n' ? column : 0, ' ');
  return lines.substr(0, lines.size() - column);
}

}  // namespace clientele::tools
