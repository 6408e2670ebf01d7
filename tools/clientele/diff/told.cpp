// The first difference stands first: what follows from it is counted only.
#include "tools/clientele/diff/told.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tools {

namespace {

using Json = nlohmann::ordered_json;
using output::CubeDifference;

std::string shown(const std::string& file) { return sim::printable(file, 200); }

std::string count_of(std::uint64_t count, const std::string& one, const std::string& many) {
  return with_commas(count) + " " + (count == 1 ? one : many);
}

/// Some names, and how many more.
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t n = 0; n < std::min(names.size(), most); ++n)
    text += (n == 0 ? "" : ", ") + sim::printable(names[n]);
  return names.size() > most ? text + " and " + with_commas(names.size() - most) + " more" : text;
}

/// Numbers and months stand in their order, so that the ends of many tell them all.
std::string places_of(const std::string& axis, const std::vector<std::string>& labels) {
  const bool has_names = axis == "scenario" || axis == "policy" || axis == "group";
  if (has_names || labels.size() <= 3) return axis + " " + some_of(labels);
  return axis + " " + labels.front() + " to " + labels.back() + " (" + with_commas(labels.size()) + ")";
}

std::string number(double value) { return std::isnan(value) ? "missing" : sim::number_text(value); }

/// "6 more, 0.5 %": the second against the first.
std::string step_in_words(double first, double second) {
  if (std::isnan(first) || std::isnan(second)) return "";
  const double step = second - first;
  const double size = std::abs(step);
  std::string text = " (" + (size == std::floor(size) ? number(size) : in_short(size)) + (step < 0 ? " less" : " more");
  if (first != 0) text += ", " + in_short(100 * std::abs(step / first)) + " %";
  return text + ")";
}

std::string place_in_words(const output::Place& place) {
  std::string text;
  for (const auto& [axis, label] : place) {
    const bool speaks_for_itself = axis == "scenario" || axis == "policy";
    text += (text.empty() ? "" : ", ") + (speaks_for_itself ? "" : axis + " ") + sim::printable(label);
  }
  return text;
}

std::string earliest_in_words(const CubeDifference& difference, const TwoFiles& files) {
  const output::ComparedVariable& variable = difference.variables[difference.earliest];
  const auto& [place, first, second] = variable.earliest;
  return variable.name + " in " + place_in_words(place) + ": " + number(first) + " in " + shown(files.first) + ", " +
         number(second) + " in " + shown(files.second) + step_in_words(first, second) + ".";
}

std::string counts_in_words(const CubeDifference& difference) {
  std::uint64_t variables = 0;
  for (const auto& variable : difference.variables) variables += variable.differing > 0 ? 1 : 0;
  const std::string of = count_of(difference.numbers(), "number", "numbers") + " in the " +
                         count_of(difference.cells, "cell", "cells") + " that both have";
  if (difference.differing() == 0) return "none of the " + of + " differs.";
  return with_commas(difference.differing()) + " of the " + of + " differ, in " + with_commas(variables) + " of " +
         count_of(difference.variables.size(), "variable", "variables") + ".";
}

/// What one of the cubes has and the other has not.
std::string alone_in_words(const CubeDifference& difference, bool is_first) {
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  for (const output::OtherAxis& axis : difference.axes)
    if (const auto& labels = is_first ? axis.only_in_first : axis.only_in_second; !labels.empty())
      add(places_of(axis.name, labels));
  if (const std::uint64_t cells = is_first ? difference.cells_of_first : difference.cells_of_second; cells > 0)
    add(count_of(cells, "cell", "cells"));
  if (const auto& variables = is_first ? difference.only_in_first : difference.only_in_second; !variables.empty())
    add("variables " + some_of(variables));
  return text;
}

std::string table_of(const CubeDifference& difference) {
  constexpr std::size_t most = 20;
  Table table{{"variable", "differ", "of"}};
  std::size_t left = 0;
  for (const auto& variable : difference.variables) {
    if (variable.differing == 0) continue;
    if (table.size() > most)
      ++left;
    else
      table.push_back({variable.name, with_commas(variable.differing), with_commas(variable.numbers)});
  }
  if (table.size() == 1) return "";
  return "\n" + laid_out(table, 1) + (left == 0 ? "" : "and " + with_commas(left) + " more (--json has all)\n");
}

Json number_in_json(double value) { return std::isnan(value) ? Json() : Json(value); }

Json variable_in_json(const output::ComparedVariable& variable) {
  Json json{{"name", variable.name}, {"numbers", variable.numbers}, {"differing", variable.differing}};
  if (variable.differing == 0) return json;
  json["place"] = Json::object();
  for (const auto& [axis, label] : variable.earliest.place) json["place"][axis] = label;
  json["first"] = number_in_json(variable.earliest.first);
  json["second"] = number_in_json(variable.earliest.second);
  return json;
}

}  // namespace

std::string text_of(const CubeDifference& difference, const TwoFiles& files) {
  const std::string both = shown(files.first) + " and " + shown(files.second);
  if (difference.same_bytes)
    return wrapped(both + " are equal: the same " + with_commas(difference.bytes) + " bytes.", columns_of_terminal, 0);
  if (difference.is_nothing())
    return wrapped(both + " are equal: the same " + count_of(difference.numbers(), "number", "numbers") + " in " +
                       count_of(difference.cells, "cell", "cells") + ", and the same texts.",
                   columns_of_terminal, 0);
  std::string text =
      wrapped(both + (difference.has_same_numbers() ? " hold the same numbers and differ in texts." : " differ."),
              columns_of_terminal, 0) +
      "\n";
  if (difference.differing() > 0) text += labelled_line("first", earliest_in_words(difference, files));
  text += labelled_line("numbers", counts_in_words(difference));
  for (const bool is_first : {true, false})
    if (const std::string alone = alone_in_words(difference, is_first); !alone.empty())
      text += labelled_line("in one only", shown(is_first ? files.first : files.second) + ": " + alone + ".");
  if (!difference.texts.empty()) text += labelled_line("texts", some_of(difference.texts) + ".");
  return text + table_of(difference);
}

std::string json_of(const CubeDifference& difference, const TwoFiles& files) {
  Json json{{"schema_version", 1},
            {"first", files.first},
            {"second", files.second},
            {"equal", difference.is_nothing()},
            {"same_bytes", difference.same_bytes},
            {"same_numbers", difference.has_same_numbers()},
            {"cells", difference.cells},
            {"cells_only_in_first", difference.cells_of_first},
            {"cells_only_in_second", difference.cells_of_second},
            {"numbers", difference.same_bytes ? Json() : Json(difference.numbers())},
            {"differing", difference.differing()},
            {"earliest", nullptr},
            {"axes", Json::array()},
            {"variables_only_in_first", difference.only_in_first},
            {"variables_only_in_second", difference.only_in_second},
            {"variables", Json::array()},
            {"texts", difference.texts}};
  if (difference.differing() > 0) json["earliest"] = difference.variables[difference.earliest].name;
  for (const output::OtherAxis& axis : difference.axes)
    json["axes"].push_back(
        {{"name", axis.name}, {"only_in_first", axis.only_in_first}, {"only_in_second", axis.only_in_second}});
  for (const auto& variable : difference.variables) json["variables"].push_back(variable_in_json(variable));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace clientele::tools
