// Amounts of the past as a study writes them: rows of a CSV, or lists beside each other.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

inline constexpr double most_in_all = 1e15;  ///< counted to the unit
inline constexpr std::string_view key_of_months = "issued";

/// What one line says: of a month, or of a year.
struct Stated {
  std::string issued;
  int first = 0, last = 0;  ///< months, 0 being the first of the horizon
  std::int64_t amount = 0;
  Place place;
};

/// The field, what it is called, and the nodes that say something of it, options last.
struct Opening {
  sim::FieldRef at;
  const sim::FieldInfo& field;
  std::string what, unit;
  std::vector<const Node*> nodes;

  /// The last that says one of some keys.
  const Node* saying(std::initializer_list<std::string_view> keys) const {
    const Node* found = nullptr;
    for (const Node* node : nodes)
      for (const std::string_view key : keys)
        if (node->find(key) != nullptr) found = node;
    return found;
  }
};

/// Both ways to write them.
std::string example_of(const Opening& opening);
/// "2026-03"
std::string month_in_words(int month, const sim::Horizon& horizon);

/// What the file says that an entry names, or the lists of a node; what is wrong is noted, and left out.
std::vector<Stated> rows_of_file(const Entry& entry, const Opening& opening, Reading& reading);
std::vector<Stated> rows_of_lists(const Node& node, const Opening& opening, Reading& reading);

}  // namespace clientele::scenarios
