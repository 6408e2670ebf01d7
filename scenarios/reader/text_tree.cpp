// How nodes read in messages.
#include "scenarios/reader/text_tree.hpp"

#include <algorithm>

#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

const Entry* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::string shown(const Node& node) {
  switch (node.kind) {
    case Node::Kind::text:
      return in_quotes(node.text, 40);
    case Node::Kind::number:
      return number_text(node.number);
    case Node::Kind::truth:
      return node.truth ? "true" : "false";
    case Node::Kind::date:
      return std::to_string(node.date.year) + "-" + std::to_string(node.date.month) + "-" +
             std::to_string(node.date.day);
    case Node::Kind::table:
      return "{ ... }";
    case Node::Kind::array:
      return "[ ... ]";
    case Node::Kind::column:
      return "a column";
    case Node::Kind::other:
      break;
  }
  return "a time";
}

std::string kind_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::text:
      return "text";
    case Node::Kind::number:
      return "a number";
    case Node::Kind::truth:
      return "true or false";
    case Node::Kind::date:
      return "a date";
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "a list";
    case Node::Kind::column:
      return "a column of a file";
    case Node::Kind::other:
      break;
  }
  return "a time";
}

}  // namespace clientele::scenarios
