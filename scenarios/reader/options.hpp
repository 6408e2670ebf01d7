// Options of the command line become entries of the study's tree, so that one reader checks both.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader/reading.hpp"
#include "scenarios/study_reader.hpp"

namespace clientele::scenarios {

/// policy."A & B".tier.C as its parts. Empty where it is no path.
std::vector<std::string> parts_of(std::string_view path);

/// A name as a part of a path: between quotes where it is no plain word.
std::string as_part(const std::string& name);

/// The table made of a path that is not empty: a.b = 1 is { a = { b = 1 } }. All places are `place`.
Entry chain(std::span<const std::string> parts, Node value, const Place& place);

/// Lays options over the tree in their order; their places name them. What they say of behaviors goes to Node::later.
void lay_options(const std::vector<Override>& overrides, Node& root, Reading& reading);

}  // namespace clientele::scenarios
