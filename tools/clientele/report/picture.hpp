// One picture of a report: a table with a sentence above it. The page draws it, the workbook lists it, and every number
// of either stands here once.
#pragma once
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "output/comparison/comparison.hpp"
#include "output/cube/reader.hpp"
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

/// A column of a table. Months count from 1, shares are of 1; a code is a word of ours, which the page shows by the
/// message "code.WORD"; a flag is 1 or 0.
struct Column {
  enum class Holds { text, code, number, share, count, month, flag };
  std::string name;   ///< as in the CSV: stable, English, the same in each language
  std::string label;  ///< as people read it
  Holds holds = Holds::number;
  std::string unit = {};   ///< a currency or what the KPI says; empty where a number needs none
  std::string alike = {};  ///< numbers of columns that say the same here are rounded alike; empty: of this column
                           ///< alone; "each": every number by itself
  double half_width = 0;   ///< the narrowest interval of them says how many digits they are worth; 0: nothing does
  bool with_sign = false;  ///< a difference: "+1.2"
};

using Value = std::variant<std::string, double>;  ///< NaN is missing
using Row = std::vector<Value>;

struct Picture {
  std::string id;     ///< stable and unique on a page: "forest", "levels-npv"
  std::string drawn;  ///< by which renderer of tools/web: "forest", "levels"
  std::string title;
  std::string sentence;     ///< what it shows, in one sentence
  std::string caption;      ///< how it reads, units and meanings
  std::string alternative;  ///< for those who cannot see it
  std::vector<Column> columns;
  std::vector<Row> rows;
  /// Rows that the page lists below the picture; all where it is empty. CSV and workbook have all of them.
  std::vector<std::size_t> listed = {};
  std::map<std::string, std::string> labels = {};  ///< of axes and marks, by what the renderer calls them
};

struct MovedGuesses;

/// What a picture is made of.
struct Material {
  const output::CubeReader& cube;
  const output::ComparisonInput& input;
  const output::Comparison& comparison;
  Language language = Language::english;
  const MovedGuesses* moved = nullptr;  ///< what sensitivity found; nothing where nobody asked it

  std::string say(std::string_view id, Slots slots = {}) const { return tools::say(language, id, slots); }
};

/// All that the cube can answer, in the order of the page. One file each in report/pictures; a later one adds its line
/// to the list in report/pictures.cpp.
std::vector<Picture> pictures_of(const Material& material);

}  // namespace clientele::tools
