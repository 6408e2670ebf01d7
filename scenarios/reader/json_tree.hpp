// JSON as the tree that TOML becomes, with the same places: a study that another program writes.
#pragma once
#include <optional>
#include <string_view>

#include "scenarios/reader/text_tree.hpp"

namespace clientele::scenarios {

/// Whether a study is written in JSON: it begins with a brace, as no TOML does.
bool is_json(std::string_view text);

/// The tree of a text that the guard has let through; notes what is no JSON.
std::optional<Node> parse_json(std::string_view text, Mistakes& mistakes);

}  // namespace clientele::scenarios
