// Both ways of writing a line become a table, so that equal curves are one.
#include "scenarios/reader/curve_reader.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"
#include "sim/curve.hpp"

namespace clientele::scenarios {

using sim::number_text;

namespace {

constexpr const char* example_of_curve =
    "\"percentile\", { from = 0, to = 1 } (0 points at from, 100 at to) or { values = [0, 1], points = [0, 100] }";
constexpr double all_points = 100;

NumberRule rule_of_curve(const sim::CurvedNumber& number) {
  const std::string unit(number.unit == "-" ? std::string_view() : number.unit);
  return {unit, number.range, number.money ? NumberRule::Of::money : NumberRule::Of::reals, unit};
}

/// Numbers of a list; nothing where one of them, or the list, is none.
std::optional<std::vector<double>> numbers_in(const Node& node, const std::string& what, const NumberRule& rule,
                                              Reading& reading) {
  if (node.kind != Node::Kind::array) {
    reading.mistakes.add(node.place,
                         what + " = " + shown(node) + " is " + kind_of(node) + ". Expected: a list of numbers.");
    return std::nullopt;
  }
  std::vector<double> numbers;
  for (std::size_t n = 0; n < node.items.size(); ++n)
    if (const auto number =
            read_number(node.items[n], what + "[" + std::to_string(n + 1) + "]", rule, reading.mistakes))
      numbers.push_back(*number);
  if (numbers.size() != node.items.size()) return std::nullopt;
  return numbers;
}

/// The two keys of one way to write a curve: either both are there, or the one that lacks is told.
bool has_both(const Node& node, const char* one, const char* other, const std::string& what, Reading& reading) {
  for (const auto& [there, lacks] : {std::pair(one, other), std::pair(other, one)})
    if (node.find(there) != nullptr && node.find(lacks) == nullptr) {
      reading.mistakes.add(node.find(there)->place, what + " has " + there + " and no " + lacks +
                                                        " (a curve has both). Expected: " + example_of_curve + ".");
      return false;
    }
  return node.find(one) != nullptr;
}

std::optional<sim::Curve> read_line(Section& section, const Node& node, const std::string& what, const NumberRule& rule,
                                    Reading& reading) {
  const auto from = section.number("from", rule), to = section.number("to", rule);
  if (!has_both(node, "from", "to", what, reading) || !from || !to) return std::nullopt;
  if (*from == *to) {
    reading.mistakes.add(node.find("to")->node.place,
                         what + ": from and to are both " + number_text(*from) +
                             " (0 points at the one, 100 at the other). Did you mean a table, where points may jump "
                             "between two values that are close?");
    return std::nullopt;
  }
  if (*from < *to) return sim::Curve{0, {*from, *to}, {0, all_points}};
  return sim::Curve{0, {*to, *from}, {all_points, 0}};
}

bool rises(const std::vector<double>& values, const Node& node, const std::string& what, Reading& reading) {
  for (std::size_t k = 1; k < values.size(); ++k)
    if (values[k] <= values[k - 1]) {
      reading.mistakes.add(node.items[k].place, what + "[" + std::to_string(k + 1) + "] = " + number_text(values[k]) +
                                                    " is not above " + number_text(values[k - 1]) +
                                                    " before it (values rise; points may go up and down).");
      return false;
    }
  return true;
}

std::optional<sim::Curve> read_table(Section& section, const Node& node, const std::string& what,
                                     const NumberRule& rule, Reading& reading) {
  const Entry *values_said = section.find("values"), *points_said = section.find("points");
  if (!has_both(node, "values", "points", what, reading)) return std::nullopt;
  const auto values = numbers_in(values_said->node, what + ".values", rule, reading);
  const auto points = numbers_in(points_said->node, what + ".points",
                                 {"points", sim::range(0, all_points), NumberRule::Of::reals, "points"}, reading);
  if (!values || !points) return std::nullopt;
  if (values->size() != points->size()) {
    reading.mistakes.add(points_said->node.place, what + " has " + std::to_string(values->size()) + " values and " +
                                                      std::to_string(points->size()) +
                                                      " points (each value has its points). Which one is missing?");
    return std::nullopt;
  }
  if (values->size() < 2) {
    reading.mistakes.add(values_said->node.place, what + " has " + std::to_string(values->size()) +
                                                      (values->size() == 1 ? " value" : " values") +
                                                      " (a curve goes from one to another). Expected: two at least.");
    return std::nullopt;
  }
  if (!rises(*values, values_said->node, what + ".values", reading)) return std::nullopt;
  return sim::Curve{0, *values, *points};
}

std::optional<sim::Curve> read_curve(const Node& node, const sim::CurvedNumber& number, const std::string& what,
                                     Reading& reading) {
  if (node.kind == Node::Kind::text && node.text == "percentile") return sim::Curve{};
  if (node.kind != Node::Kind::table) {
    reading.mistakes.add(node.place, what + " = " + shown(node) + " is no curve. Expected: " + example_of_curve + ".");
    return std::nullopt;
  }
  Section section(node, what + ".", reading);
  const bool line = node.find("from") != nullptr || node.find("to") != nullptr;
  const bool table = node.find("values") != nullptr || node.find("points") != nullptr;
  std::optional<sim::Curve> curve;
  if (line == table)
    reading.mistakes.add(node.place, what + (line ? " is linear (from, to) and a table (values, points). Which one?"
                                                  : std::string(" is no curve. Expected: ") + example_of_curve + "."));
  else
    curve = line ? read_line(section, node, what, rule_of_curve(number), reading)
                 : read_table(section, node, what, rule_of_curve(number), reading);
  for (const char* key : {"from", "to", "values", "points"}) section.find(key);
  section.close();
  return curve;
}

}  // namespace

void read_curves(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& value,
                 Reading& reading) {
  if (node.kind != Node::Kind::table)
    return reading.mistakes.add(node.place, what + " = " + shown(node) + " is " + kind_of(node) +
                                                ". Expected: a curve of each number that has one, { " +
                                                std::string(field.curved.front().key) +
                                                " = ... }: " + example_of_curve + ".");
  Section section(node, what + ".", reading);
  sim::Curves curves = sim::unpacked(value.numbers);
  for (std::uint32_t n = 0; n < field.curved.size(); ++n) {
    const std::string key(field.curved[n].key);
    const Entry* entry = section.find(key);
    if (entry == nullptr) continue;
    auto curve = read_curve(entry->node, field.curved[n], what + "." + key, reading);
    if (!curve) continue;
    curve->of = n;
    std::erase_if(curves, [n](const sim::Curve& other) { return other.of == n; });
    if (!curve->by_rank() || !field.curved[n].usually_by_rank) curves.push_back(std::move(*curve));
  }
  section.close();
  std::ranges::sort(curves, {}, &sim::Curve::of);
  value = {0, sim::packed(curves)};
}

}  // namespace clientele::scenarios
