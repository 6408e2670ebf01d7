// Walks a dotted path through tables and, by name, through lists of tables; makes tables that are not there.
#include "scenarios/reader/options.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <span>

#include "scenarios/reader/behavior_reader.hpp"
#include "scenarios/reader/text_guard.hpp"
#include "scenarios/reader/toml_tree.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::first_bad_utf8;
using sim::in_quotes;
using sim::nearest;
using sim::printable;

namespace {

using Parts = std::span<const std::string>;

/// What an item of a list goes by: its name, or a shock's driver.
std::string name_of(const Node& item) {
  for (const char* key : {"name", "driver"})
    if (const Entry* entry = item.find(key); entry != nullptr && entry->node.kind == Node::Kind::text)
      return entry->node.text;
  return {};
}

class Laying {
 public:
  Laying(const Override& option, int number, Reading& reading)
      : place_{0, 0, 1, number}, value_(parse_value(option.value, place_)), reading_(reading) {}

  void lay(Node& root, Parts parts) {
    if (table_of(reading_.catalogue, parts.front()))
      root.later.push_back(chain(parts, std::move(value_), place_));
    else
      descend(root, parts, "");
  }

 private:
  void descend(Node& table, Parts parts, const std::string& path) {
    Entry* entry = table.find(parts.front());
    if (entry == nullptr) {
      table.entries.push_back(chain(parts, std::move(value_), place_));
    } else if (parts.size() == 1) {
      entry->place = place_;
      entry->node = std::move(value_);
    } else if (entry->node.kind == Node::Kind::array) {
      descend_by_name(entry->node, parts, path + parts.front());
    } else {
      if (entry->node.kind != Node::Kind::table) become_table(*entry);
      descend(entry->node, parts.subspan(1), path + parts.front() + ".");
    }
  }

  /// segmentation = "rank" is short for { rule = "rank" }; any other value gives way to what the option says.
  void become_table(Entry& entry) const {
    Node table;
    table.place = place_;
    if (entry.key == "segmentation" && entry.node.kind == Node::Kind::text)
      table.entries.push_back({"rule", entry.place, entry.node});
    entry.node = std::move(table);
  }

  void descend_by_name(Node& list, Parts parts, const std::string& path) {
    const std::vector<std::size_t> called = places_of(list, parts[1]);
    if (called.empty()) return note_unknown(list, parts[1], path);
    if (called.size() > 1) return note_several(list, parts, called, path);
    if (parts.size() == 2)
      return reading_.mistakes.add(place_,
                                   path + "." + printable(parts[1]) + " is a table. Expected: one of its keys.");
    Node& item = list.items[called.front()];
    if (path == "population.group" && table_of(reading_.catalogue, parts[2]))
      item.later.push_back(chain(parts.subspan(2), std::move(value_), place_));
    else
      descend(item, parts.subspan(2), path + "." + parts[1] + ".");
  }

  /// The items of a list that go by a name; or, where none does, the one at a place, 1 the first.
  static std::vector<std::size_t> places_of(const Node& list, const std::string& name) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < list.items.size(); ++i)
      if (name_of(list.items[i]) == name) places.push_back(i);
    for (std::size_t i = 0; i < list.items.size() && places.empty(); ++i)
      if (std::to_string(i + 1) == name) return {i};
    return places;
  }

  /// Two shocks of a driver go by one name: which one an option means, only its author knows.
  void note_several(const Node& list, Parts parts, const std::vector<std::size_t>& called, const std::string& path) {
    std::string guesses;
    for (const std::size_t place : called) {
      const Entry* from = list.items[place].find("from");
      std::string guess = path + "." + std::to_string(place + 1);
      for (const std::string& part : parts.subspan(2)) guess += "." + part;
      if (from != nullptr) guess += " (from = " + shown(from->node) + ")";
      guesses += (guesses.empty() ? "" : place == called.back() ? " or " : ", ") + guess;
    }
    reading_.mistakes.add(place_, path + " has " + std::to_string(called.size()) + " that are called " +
                                      in_quotes(parts[1]) + ". Did you mean " + printable(guesses, 300) + "?");
  }

  void note_unknown(const Node& list, const std::string& name, const std::string& path) {
    std::vector<std::string> names;
    std::string known;
    for (const Node& item : list.items) {
      names.push_back(name_of(item));
      known += (known.empty() ? "" : ", ") + names.back();
    }
    const std::string guess = nearest(name, names);
    reading_.mistakes.add(place_, path + " has no " + in_quotes(name) + " (there are: " + printable(known, 200) + ")." +
                                      (guess.empty() ? "" : " Did you mean " + in_quotes(guess) + "?"));
  }

  Place place_;
  Node value_;
  Reading& reading_;
};

/// Every key of a study as if it were an option.
class LayingStudy {
 public:
  LayingStudy(const Place& place, Reading& reading) : place_(place), reading_(reading) {}

  void lay(Node& root, Node over) {
    put_at_place(over);
    for (Entry& entry : over.entries) {
      if (table_of(reading_.catalogue, entry.key))
        root.later.push_back(std::move(entry));
      else if (entry.key == "population")
        lay_population(root, std::move(entry));
      else
        lay_entry(root, std::move(entry));
    }
  }

 private:
  void put_at_place(Node& node) {
    node.place = place_;
    for (Node& item : node.items) put_at_place(item);
    for (Entry& entry : node.entries) entry.place = place_, put_at_place(entry.node);
  }

  void lay_entry(Node& table, Entry entry) {
    Entry* under = table.find(entry.key);
    if (under == nullptr)
      table.entries.push_back(std::move(entry));
    else if (under->node.kind != Node::Kind::table || entry.node.kind != Node::Kind::table)
      *under = std::move(entry);
    else
      for (Entry& inner : entry.node.entries) lay_entry(under->node, std::move(inner));
  }

  void lay_population(Node& root, Entry population) {
    Entry* under = root.find("population");
    if (under == nullptr || under->node.kind != Node::Kind::table) return lay_entry(root, std::move(population));
    std::erase_if(under->node.entries, [](const Entry& one) { return one.key == "columns"; });
    for (Entry& entry : population.node.entries) {
      Entry* groups = under->node.find("group");
      if (entry.key == "group" && groups != nullptr && groups->node.kind == Node::Kind::array)
        for (Node& group : entry.node.items) lay_group_over(groups->node, std::move(group));
      else
        lay_entry(under->node, std::move(entry));
    }
  }

  void lay_group_over(Node& groups, Node group) {
    const std::string name = name_of(group);
    for (Node& under : groups.items) {
      if (name_of(under) != name) continue;
      for (Entry& entry : group.entries) {
        if (table_of(reading_.catalogue, entry.key))
          under.later.push_back(std::move(entry));
        else
          lay_entry(under, std::move(entry));
      }
      return;
    }
    std::vector<std::string> names;
    for (const Node& under : groups.items) names.push_back(name_of(under));
    const std::string guess = nearest(name, names);
    reading_.mistakes.add(place_, "population.group has no " + in_quotes(name) +
                                      ", in which the books have customers (was it renamed?)." +
                                      (guess.empty() ? "" : " Did you mean " + in_quotes(guess) + "?"));
  }

  Place place_;
  Reading& reading_;
};

}  // namespace

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '.') {
      parts.emplace_back();
    } else if (path[at] == '"') {
      const std::size_t end = path.find('"', at + 1);
      if (end == std::string_view::npos) return {};
      parts.back() += path.substr(at + 1, end - at - 1);
      at = end;
    } else {
      parts.back() += path[at];
    }
  }
  for (const std::string& part : parts)
    if (part.empty()) return {};
  return parts;
}

std::string as_part(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
  return plain ? name : "\"" + name + "\"";
}

Entry chain(std::span<const std::string> parts, Node value, const Place& place) {
  if (parts.size() == 1) return {parts.front(), place, std::move(value)};
  Node table;
  table.place = place;
  table.entries.push_back(chain(parts.subspan(1), std::move(value), place));
  return {parts.front(), place, std::move(table)};
}

void lay_options(const std::vector<Override>& overrides, Node& root, Reading& reading) {
  for (std::size_t o = 0; o < overrides.size(); ++o) {
    const int number = static_cast<int>(o);
    if (!overrides[o].study.empty()) {
      if (std::optional<Node> over = parse_toml(overrides[o].study, reading.mistakes))
        LayingStudy({0, 0, 1, number}, reading).lay(root, std::move(*over));
      continue;
    }
    const std::vector<std::string> parts = parts_of(overrides[o].path);
    if (parts.empty() || parts.size() > max_dots || first_bad_utf8(overrides[o].value))
      reading.mistakes.add({0, 0, 1, number}, in_quotes(overrides[o].path) +
                                                  " is no path of a study. Expected: PATH=VALUE, such as "
                                                  "experiment.replications=20.");
    else
      Laying(overrides[o], number, reading).lay(root, parts);
  }
}

}  // namespace clientele::scenarios
