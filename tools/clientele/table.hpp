// Columns for a terminal: as wide as their widest word, numbers to the right.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace clientele::tools {

using Table = std::vector<std::vector<std::string>>;

/// Rows of equal length; the first `words` columns stand to the left, the others are numbers and stand to the right.
std::string laid_out(const Table& table, std::size_t words = 2);

/// Words in lines of at most `width` characters; lines after the first begin with `indent` spaces. A number is not
/// parted from its "%", "k" or "M".
std::string wrapped(const std::string& words, std::size_t width, std::size_t indent);

}  // namespace clientele::tools
