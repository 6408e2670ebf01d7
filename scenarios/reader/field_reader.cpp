// Reads values by what a field table says of them; there is no other list of keys.
#include "scenarios/reader/field_reader.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "scenarios/reader/curve_reader.hpp"
#include "scenarios/reader/opening_reader.hpp"
#include "scenarios/reader/sample_reader.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::number_text;
using sim::printable;

namespace {

std::string meaning_and_unit(const sim::FieldInfo& field) {
  if (field.meaning.empty() || field.unit.empty()) return std::string(field.meaning) + std::string(field.unit);
  return std::string(field.meaning) + ", " + std::string(field.unit);
}

std::vector<std::string> family_keys(const sim::FieldInfo& field) {
  std::vector<std::string> keys;
  for (const sim::FamilyInfo& family : field.families) keys.emplace_back(family.key);
  return keys;
}

std::optional<std::uint32_t> constant_of(const sim::FieldInfo& field) {
  for (std::uint32_t f = 0; f < field.families.size(); ++f)
    if (field.families[f].family == sim::Family::constant) return f;
  return std::nullopt;
}

/// How a law of the family looks: { dist = "gamma", mean = 2, shape = 2 }.
std::string example_of(const sim::FamilyInfo& family) {
  if (family.family == sim::Family::empirical) return "{ file = \"values.csv\", column = \"value\" }";
  std::string text = "{ dist = \"" + std::string(family.key) + "\"";
  for (const sim::LawParameter& parameter : family.parameters)
    text += ", " + std::string(parameter.key) + " = " + number_text(parameter.standard);
  return text + " }";
}

void read_twelve(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& value,
                 Reading& reading) {
  if (node.kind != Node::Kind::array || node.items.size() != 12) {
    const std::string has =
        node.kind == Node::Kind::array ? "has " + std::to_string(node.items.size()) + " values" : "is " + kind_of(node);
    reading.mistakes.add(
        node.place, what + " " + has + ". Expected: twelve numbers, January first (" + meaning_and_unit(field) + ").");
    return;
  }
  std::vector<double> numbers;
  for (std::size_t m = 0; m < 12; ++m)
    if (const auto number =
            read_number(node.items[m], what + "[" + std::to_string(m + 1) + "]", rule_of(field), reading.mistakes))
      numbers.push_back(*number);
  if (numbers.size() == 12) value = {0, numbers};
}

/// { price = 0.3, quality = 0.7 }
std::string example_of(const sim::FieldInfo& field, std::size_t row) {
  std::string text;
  const std::size_t first = row * field.labels.size();
  for (std::size_t n = 0; n < field.labels.size() && first + n < field.standard.numbers.size(); ++n)
    text +=
        (n == 0 ? "{ " : ", ") + std::string(field.labels[n]) + " = " + number_text(field.standard.numbers[first + n]);
  return text + " }";
}

/// Keeps a number of a vector; those behind its standard are 0 until they are not, and none is kept for nothing.
void keep(double number, std::size_t place, const sim::FieldInfo& field, std::vector<double>& numbers) {
  if (place >= numbers.size()) numbers.resize(place + 1, 0);
  numbers[place] = number;
  while (numbers.size() > field.standard.numbers.size() && numbers.back() == 0) numbers.pop_back();
}

/// "growth_over_volume" of pairs that stand the other way round; empty: there is none.
std::string turned_pair(std::string_view key, const std::vector<std::string_view>& labels) {
  constexpr std::string_view over = "_over_";
  const std::size_t at = key.find(over);
  if (at == std::string_view::npos) return {};
  const std::string turned =
      std::string(key.substr(at + over.size())) + std::string(over) + std::string(key.substr(0, at));
  return std::ranges::find(labels, turned) == labels.end() ? std::string() : turned;
}

void tell_turned_pairs(const Node& row, const sim::FieldInfo& field, const std::string& path, Section& section,
                       Reading& reading) {
  for (const Entry& entry : row.entries) {
    const std::string turned = turned_pair(entry.key, field.labels);
    if (turned.empty()) continue;
    section.find(entry.key);
    const bool is_number = entry.node.kind == Node::Kind::number && entry.node.number != 0;
    reading.mistakes.add(entry.place, path + "." + printable(entry.key) +
                                          " is not part of a study (of a pair the first "
                                          "number is said over the other). Did you mean " +
                                          turned + (is_number ? " = " + number_text(1 / entry.node.number) : "") + "?");
  }
}

/// A key like none of a short list is told with all of them: what it means has another name there.
void tell_strangers(const Node& row, const sim::FieldInfo& field, const std::string& path, Section& section,
                    Reading& reading) {
  constexpr std::size_t most_told = 20;
  if (field.labels.size() > most_told) return;
  const std::vector<std::string> labels(field.labels.begin(), field.labels.end());
  for (const Entry& entry : row.entries) {
    if (std::ranges::find(labels, entry.key) != labels.end() || !sim::nearest(entry.key, labels).empty()) continue;
    std::string all;
    for (const std::string& label : labels) all += (all.empty() ? "" : ", ") + label;
    section.find(entry.key);
    reading.mistakes.add(entry.place,
                         path + "." + printable(entry.key) + " is not part of a study. Expected: one of " + all + ".");
  }
}

/// Numbers by their labels; those that are not said stay as they are.
void read_labelled(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& value,
                   Reading& reading) {
  const std::size_t columns = field.labels.size();
  const auto read_row = [&](const Node& at, const std::string& path, std::size_t row) {
    if (at.kind != Node::Kind::table)
      return reading.mistakes.add(at.place, path + " = " + shown(at) + " is " + kind_of(at) + ". Expected: " +
                                                example_of(field, row) + " (" + meaning_and_unit(field) + ").");
    Section section(at, path + ".", reading);
    for (std::size_t n = 0; n < columns; ++n)
      if (const auto number = section.number(field.labels[n], rule_of(field)))
        keep(*number, row * columns + n, field, value.numbers);
    tell_turned_pairs(at, field, path, section, reading);
    tell_strangers(at, field, path, section, reading);
    section.close();
  };
  if (field.rows.empty()) return read_row(node, what, 0);
  if (node.kind != Node::Kind::table)
    return reading.mistakes.add(node.place, what + " = " + shown(node) + " is " + kind_of(node) + ". Expected: { " +
                                                std::string(field.rows.front()) + " = " + example_of(field, 0) +
                                                ", ... } (" + meaning_and_unit(field) + ").");
  Section section(node, what + ".", reading);
  for (std::size_t row = 0; row < field.rows.size(); ++row)
    if (const Entry* entry = section.find(field.rows[row]))
      read_row(entry->node, what + "." + std::string(field.rows[row]), row);
  section.close();
}

std::optional<std::uint32_t> empirical_of(const sim::FieldInfo& field) {
  for (std::uint32_t f = 0; f < field.families.size(); ++f)
    if (field.families[f].family == sim::Family::empirical) return f;
  return std::nullopt;
}

/// The family that `dist` names, that of a file, or the one that is there.
std::optional<std::uint32_t> family_of(Section& section, const Node& node, const sim::FieldInfo& field,
                                       const sim::FieldValue& value) {
  if (section.find("dist") == nullptr) {
    const bool of_file = node.find("file") != nullptr || node.find("column") != nullptr;
    return of_file ? empirical_of(field).value_or(value.family) : value.family;
  }
  const auto chosen = section.choice("dist", family_keys(field));
  if (!chosen) return std::nullopt;
  return static_cast<std::uint32_t>(*chosen);
}

bool has_number(const sim::FamilyInfo& family, std::string_view key) {
  return std::any_of(family.parameters.begin(), family.parameters.end(), [&](const auto& p) { return p.key == key; });
}

bool is_of_sample(const Entry& entry) { return entry.key == "file" || entry.key == "column"; }

/// Why a file is none of this law.
std::string of_no_sample(const Entry& entry, const sim::FieldInfo& field) {
  if (!is_of_sample(entry)) return "";
  return empirical_of(field) ? " (values of a file stand without dist, or with dist = \"empirical\")"
                             : " (it is drawn anew each time by a formula, which takes no values of a file)";
}

void read_law(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& value,
              Reading& reading) {
  Section section(node, what + ".", reading);
  const std::optional<std::uint32_t> family = family_of(section, node, field, value);
  if (!family) return;
  const sim::FamilyInfo& info = field.families[*family];
  sim::FieldValue law{*family, value.family == *family ? value.numbers : std::vector<double>{}};
  if (law.numbers.empty())
    for (const sim::LawParameter& parameter : info.parameters) law.numbers.push_back(parameter.standard);
  const bool of_sample = info.family == sim::Family::empirical;
  if (of_sample && value.family == *family) law.sample = value.sample;
  if (of_sample && !read_sample_of(node, field, what, law, reading)) return;
  for (std::size_t p = 0; p < info.parameters.size(); ++p) {
    const sim::LawParameter& parameter = info.parameters[p];
    const bool of_the_field = p == 0 && field.families.front().parameters.front().key == parameter.key;
    const std::string unit = of_the_field ? meaning_and_unit(field) : std::string(info.key) + " law";
    const std::string short_unit(of_the_field ? field.unit : std::string_view());
    const auto of = of_the_field && field.money ? NumberRule::Of::money : NumberRule::Of::reals;
    const auto place = static_cast<std::uint32_t>(p);
    const std::string why = reason_of_range(field, law, place);
    const NumberRule rule{unit + why, readable_range(field, law, place), of, short_unit};
    if (const auto number = section.number(parameter.key, rule)) law.numbers[p] = *number;
  }
  for (const Entry& entry : node.entries)
    if (entry.key != "dist" && !has_number(info, entry.key) && !(of_sample && is_of_sample(entry)))
      reading.mistakes.add(entry.place, what + "." + printable(entry.key) + " is no number of a " +
                                            std::string(info.key) + " law" + of_no_sample(entry, field) +
                                            ". Expected: " + example_of(info) + ".");
  if (info.family == sim::Family::uniform && law.numbers[0] > law.numbers[1])
    return reading.mistakes.add(node.place, what + ": low = " + number_text(law.numbers[0]) +
                                                " is above high = " + number_text(law.numbers[1]) +
                                                ". Did you mean them the other way round?");
  value = law;
}

/// An option that says a number of a law is short for a constant; who changes a number mostly means the law's mean.
void warn_of_alike(const Node& node, const sim::FieldInfo& field, const std::string& what, const sim::FieldValue& value,
                   Reading& reading) {
  const sim::FamilyInfo& family = field.families[value.family];
  reading.mistakes.warn(node.place, what + " = " + shown(node) + " makes all customers alike (by the " +
                                        std::string(family.key) + " law of the study they differ). Did you mean " +
                                        what + "." + std::string(family.parameters.front().key) + "=" + shown(node) +
                                        "?");
}

}  // namespace

NumberRule rule_of(const sim::FieldInfo& field) {
  return {meaning_and_unit(field), field.range,
          field.whole   ? NumberRule::Of::whole
          : field.money ? NumberRule::Of::money
                        : NumberRule::Of::reals,
          std::string(field.unit)};
}

bool replaces_all(const Node& node, const sim::FieldInfo& field) {
  if (!field.labels.empty()) return false;
  return field.families.empty() || node.kind != Node::Kind::table || node.find("dist") != nullptr ||
         node.find("file") != nullptr;
}

void read_field(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& value,
                Reading& reading) {
  if (!field.choices.empty()) {
    const std::vector<std::string> words(field.choices.begin(), field.choices.end());
    if (const auto place = read_choice(node, what, words, reading.mistakes)) value = {0, {static_cast<double>(*place)}};
    return;
  }
  if (!field.curved.empty()) return read_curves(node, field, what, value, reading);
  if (field.dated) return read_opening(node, field, what, reading);
  if (!field.labels.empty()) return read_labelled(node, field, what, value, reading);
  if (field.families.empty()) {
    if (field.standard.numbers.size() == 12) return read_twelve(node, field, what, value, reading);
    if (const auto number = read_number(node, what, rule_of(field), reading.mistakes)) value = {0, {*number}};
    return;
  }
  if (node.kind == Node::Kind::table) return read_law(node, field, what, value, reading);
  const std::optional<std::uint32_t> constant = constant_of(field);
  if (!constant) {
    reading.mistakes.add(node.place, what + " = " + shown(node) + " is " + kind_of(node) + ". Expected: a law, " +
                                         example_of(field.families.front()) + ".");
    return;
  }
  const sim::LawParameter& parameter = field.families[*constant].parameters.front();
  const NumberRule rule{meaning_and_unit(field), parameter.range, rule_of(field).of, std::string(field.unit)};
  const auto number = read_number(node, what, rule, reading.mistakes);
  if (!number) return;
  if (node.place.option >= 0 && value.family != *constant) warn_of_alike(node, field, what, value, reading);
  value = {*constant, {*number}};
}

}  // namespace clientele::scenarios
