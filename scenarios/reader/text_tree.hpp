// A study as a tree of plain values with places: what the rest of the reader sees of TOML.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader/mistakes.hpp"

namespace clientele::scenarios {

struct Entry;

struct Date {
  int year = 0, month = 0, day = 0;
};

struct Node {
  enum class Kind { table, array, text, number, truth, date, other, column };
  Kind kind = Kind::table;
  Place place;                 ///< of the value
  std::string text;            ///< of a text
  double number = 0;           ///< of a number; of a column of a file, which one
  bool whole = false;          ///< a number written without point or exponent
  std::string written;         ///< of a number with a point or exponent: its characters
  bool truth = false;          ///< of true or false
  Date date;                   ///< of a date
  std::vector<Entry> entries;  ///< of a table
  std::vector<Node> items;     ///< of an array
  std::vector<Entry> later;    ///< of a table: what options say of behaviors, which comes after what groups say

  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
};

struct Entry {
  std::string key;
  Place place;  ///< of the key
  Node node;
};

/// How a value reads in a message: as it would be written, shortened.
std::string shown(const Node& node);
/// What kind of value it is, in words: "a text".
std::string kind_of(const Node& node);

}  // namespace clientele::scenarios
