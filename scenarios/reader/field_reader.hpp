// A field's value from a study: a number, twelve numbers, one of some words, or a law that customers draw from.
#pragma once
#include <string>

#include "scenarios/reader/section.hpp"

namespace clientele::scenarios {

/// Writes what the node says over `value`. A law without `dist` changes some numbers of the law that is there. Where
/// the node is wrong, notes it and leaves `value` alone.
void read_field(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& value,
                Reading& reading);

/// Whether the node says the whole value, so that nothing of what stood there remains.
bool replaces_all(const Node& node, const sim::FieldInfo& field);

/// A number of this field must be this.
NumberRule rule_of(const sim::FieldInfo& field);

}  // namespace clientele::scenarios
