// Looks a text over before the TOML parser may: it is small, flat and UTF-8, so that no study can break the parser.
#pragma once
#include <cstddef>
#include <string_view>

#include "scenarios/reader/mistakes.hpp"

namespace clientele::scenarios {

inline constexpr std::size_t max_bytes = 1024 * 1024;  ///< of a study
inline constexpr std::size_t max_dots = 16;            ///< in one key
inline constexpr std::size_t max_nesting = 16;         ///< of brackets and braces
inline constexpr std::size_t max_keys = 20'000;

/// Whether the text may be parsed. Notes what is wrong; toml++ 3.3 overflows its stack on keys of 200,000 parts.
bool guard(std::string_view text, Mistakes& mistakes);

}  // namespace clientele::scenarios
