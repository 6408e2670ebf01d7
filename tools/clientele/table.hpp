// Columns for a terminal: as wide as their widest word, numbers to the right.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace clientele::tools {

using Table = std::vector<std::vector<std::string>>;

/// Rows of equal length; the first two columns are words (left), the others numbers (right).
std::string laid_out(const Table& table);

/// Words in lines of at most `width` characters; lines after the first begin with `indent` spaces.
std::string wrapped(const std::string& words, std::size_t width, std::size_t indent);

}  // namespace clientele::tools
