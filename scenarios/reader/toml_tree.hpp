// The door to TOML: text in, tree out. Behind it is the only file that includes the parser.
#pragma once
#include <optional>
#include <string_view>

#include "scenarios/reader/text_tree.hpp"

namespace clientele::scenarios {

/// The tree of a study's text. The parser stops at its first error, which is noted; nothing comes back then.
std::optional<Node> parse_toml(std::string_view text, Mistakes& mistakes);

/// One value as an option gives it: TOML, or, where it is none, plain text. All places are `place`.
Node parse_value(std::string_view text, const Place& place);

}  // namespace clientele::scenarios
