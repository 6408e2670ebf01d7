// What sentences and tables are written for: a terminal, or Markdown as GitHub reads it.
#pragma once
#include <string>

#include "tools/clientele/table.hpp"

namespace clientele::tools {

enum class Paper { terminal, markdown };

/// A terminal's width.
inline constexpr std::size_t columns_of_terminal = 80;
/// What a line is about, at most twelve letters, in a column of its own; the text beside it, wrapped at the terminal's
/// columns.
std::string labelled_line(const std::string& what, const std::string& text);

/// Text that Markdown shows as it is: no markup, no HTML, no end of a line or of a cell.
std::string in_markdown(const std::string& text);

/// One paragraph: in lines of a terminal, those after the first indented, or in one line with an empty one behind it.
std::string paragraph(Paper paper, const std::string& words, std::size_t indent = 0);

/// The first `heads` rows are its head, which Markdown has in one row; the first `words` columns stand to the left.
std::string table_of(Paper paper, const Table& table, std::size_t words, std::size_t heads);

/// Never more than one empty line, and none at the end.
std::string without_gaps(const std::string& text);

}  // namespace clientele::tools
