// A study's text as a tree, which is read as stated and once more for every point.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/override.hpp"
#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

/// What a text says once it is parsed, without its sweep; and what is said beside it.
struct ParsedStudy {
  const Node& root;  ///< without options
  std::string name;
  std::string_view text;
  const std::vector<Override>& overrides;
};

/// Lays options over a tree and reads all parts of the study; what is wrong is with the reading's mistakes. What comes
/// back is its [sweep], of which nothing is read but that it is there.
std::optional<Entry> read_tree(Node tree, const std::vector<Override>& overrides, Reading& reading);

/// The tree of a text; throws where it is no TOML.
Node parsed_or_thrown(std::string_view text, Mistakes& mistakes);

/// What a study keeps of how it was read, once it is known to be right.
void finish_study(std::string_view text, const std::vector<Override>& overrides, Reading& reading);

std::vector<std::string> options_of(const std::vector<Override>& overrides);

}  // namespace clientele::scenarios
