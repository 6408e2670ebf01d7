// Turns toml++ nodes into ours. This is the only file that includes toml++ (it takes seconds to compile).
#include "scenarios/reader/toml_tree.hpp"

#include <toml++/toml.h>

#include "scenarios/amounts.hpp"
#include "scenarios/reader/text_guard.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::character_at;
using sim::printable;

namespace {

Place place_of(const toml::source_region& region) {
  const bool one_line = region.begin.line == region.end.line && region.end.column > region.begin.column;
  return {region.begin.line, region.begin.column, one_line ? region.end.column - region.begin.column : 1, -1};
}

Node converted(const toml::node& from) {
  Node node;
  node.place = place_of(from.source());
  if (const toml::table* table = from.as_table()) {
    for (const auto& [key, value] : *table)
      node.entries.push_back({std::string(key.str()), place_of(key.source()), converted(value)});
  } else if (const toml::array* array = from.as_array()) {
    node.kind = Node::Kind::array;
    for (const toml::node& item : *array) node.items.push_back(converted(item));
  } else if (const auto* text = from.as_string()) {
    node.kind = Node::Kind::text;
    node.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    node.kind = Node::Kind::number;
    node.number = static_cast<double>(integer->get());
    node.whole = true;
  } else if (const auto* number = from.as_floating_point()) {
    node.kind = Node::Kind::number;
    node.number = number->get();
  } else if (const auto* truth = from.as_boolean()) {
    node.kind = Node::Kind::truth;
    node.truth = truth->get();
  } else if (const auto* date = from.as_date()) {
    node.kind = Node::Kind::date;
    node.date = {static_cast<int>(date->get().year), static_cast<int>(date->get().month),
                 static_cast<int>(date->get().day)};
  } else {
    node.kind = Node::Kind::other;
  }
  return node;
}

/// The characters of a number, from its place on: values lose how they were written.
std::string number_at(const std::vector<std::string_view>& lines, const Place& place) {
  if (place.line == 0 || place.line > lines.size()) return {};
  std::string_view line = lines[place.line - 1];
  for (std::uint32_t column = 1; column < place.column && !line.empty(); ++column)
    line.remove_prefix(character_at(line, 0).bytes);
  return std::string(line.substr(0, line.find_first_not_of("0123456789+-._eE")));
}

void keep_numbers_as_written(Node& node, const std::vector<std::string_view>& lines) {
  if (node.kind == Node::Kind::number && !node.whole) node.written = number_at(lines, node.place);
  for (Node& item : node.items) keep_numbers_as_written(item, lines);
  for (Entry& entry : node.entries) keep_numbers_as_written(entry.node, lines);
}

std::string_view line_at(const std::vector<std::string_view>& lines, std::uint32_t line) {
  return line == 0 || line > lines.size() ? std::string_view() : lines[line - 1];
}

/// "1,250.00 # a comment" behind the equals sign of a line that is no TOML: a number as people write them.
std::string number_meant_in(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  std::string_view value = line.substr(equals + 1);
  value = value.substr(0, value.find('#'));
  return number_meant(value);
}

void put_at(Node& node, const Place& place) {
  node.place = place;
  for (Node& item : node.items) put_at(item, place);
  for (Entry& entry : node.entries) {
    entry.place = place;
    put_at(entry.node, place);
  }
}

/// toml++ says "Error while parsing ...: encountered ..."; ours says where, and that the file is no TOML there.
std::string problem(const toml::parse_error& error, std::string_view line) {
  return "is not TOML here (" + printable(error.description(), 300) + ")." + number_meant_in(line);
}

}  // namespace

std::optional<Node> parse_toml(std::string_view text, Mistakes& mistakes) {
  const std::vector<std::string_view> lines = lines_of(text);
  try {
    Node root = converted(toml::parse(text));
    keep_numbers_as_written(root, lines);
    return root;
  } catch (const toml::parse_error& error) {
    const Place place = place_of(error.source());
    mistakes.add(place, problem(error, line_at(lines, place.line)));
    return std::nullopt;
  }
}

Node parse_value(std::string_view text, const Place& place) {
  Node node;
  node.kind = Node::Kind::text;
  node.text = text;
  Mistakes nobody_reads("", "", {});
  const std::string line = "value = " + std::string(text);
  if (text.find('\n') == std::string_view::npos && guard(line, nobody_reads))
    if (auto tree = parse_toml(line, nobody_reads); tree && tree->entries.size() == 1)
      node = std::move(tree->entries.front().node);
  put_at(node, place);
  return node;
}

}  // namespace clientele::scenarios
