// Ends of ranges as minimum and maximum; an end that is open is left out.
#include "tools/clientele/schema/fields.hpp"

#include <cmath>

#include "tools/clientele/explain/entries.hpp"

namespace clientele::tools {

namespace {

Json numbers_of(const sim::FieldInfo& field, std::size_t row) {
  Json properties = Json::object();
  for (std::size_t n = 0; n < field.labels.size(); ++n) {
    Json& number = properties[std::string(field.labels[n])] = number_in(field.range, field.whole);
    const std::size_t place = row * field.labels.size() + n;
    number["default"] = place < field.standard.numbers.size() ? field.standard.numbers[place] : 0.0;
  }
  return closed_table(properties);
}

Json labelled(const sim::FieldInfo& field) {
  if (field.rows.empty()) return numbers_of(field, 0);
  Json properties = Json::object();
  for (std::size_t row = 0; row < field.rows.size(); ++row)
    properties[std::string(field.rows[row])] = numbers_of(field, row);
  return closed_table(properties);
}

/// A line between two values, a table, or ranks.
Json curves(const sim::FieldInfo& field) {
  Json properties = Json::object();
  for (const sim::CurvedNumber& curved : field.curved) {
    const Json number = number_in(curved.range);
    const auto list_of = [](const Json& items) { return Json{{"type", "array"}, {"items", items}, {"minItems", 2}}; };
    properties[std::string(curved.key)] = {
        {"anyOf",
         {{{"enum", {"percentile"}}},
          closed_table({{"from", number}, {"to", number}}, {"from", "to"}),
          closed_table({{"values", list_of(number)}, {"points", list_of(number_in(sim::range(0, 100)))}},
                       {"values", "points"})}}};
  }
  return closed_table(properties);
}

/// By month or year of issue, in a file or here.
Json amounts(const sim::FieldInfo& field) {
  const Json amount = number_in(sim::range(0, 1e15), true), list_of_amounts = {{"type", "array"}, {"items", amount}};
  const Json issued = {{"type", "array"}, {"items", {{"type", {"string", "integer"}}}}};
  return closed_table({{"file", {{"type", "string"}, {"description", "a CSV beside the study"}}},
                       {"issued", issued},
                       {std::string(field.unit), list_of_amounts},
                       {"balance", amount}});
}

/// Numbers of a law; those that are left out have their defaults.
Json law(const sim::FamilyInfo& family) {
  Json properties = {{"dist", {{"enum", {std::string(family.key)}}}}};
  if (family.family == sim::Family::empirical) {
    properties["file"] = {{"type", "string"}, {"description", "a CSV beside the study; its first row names columns"}};
    properties["column"] = {{"type", "string"}, {"description", "whose values customers have, each as often"}};
  }
  for (const sim::LawParameter& parameter : family.parameters)
    properties[std::string(parameter.key)] = number_in(parameter.range);
  if (family.family == sim::Family::empirical) return closed_table(properties, {"file"});
  return closed_table(properties, {"dist"});
}

/// A law without its name: numbers of the one that holds, of the study's default or, in a group, of any.
Json rest_of_law(const sim::FieldInfo& field, Home home) {
  Json properties = Json::object();
  for (const sim::FamilyInfo& family : field.families)
    if (home == Home::group || &family == &field.families.front())
      for (const sim::LawParameter& parameter : family.parameters)
        properties[std::string(parameter.key)] =
            home == Home::group ? Json{{"type", "number"}} : number_in(parameter.range);
  return closed_table(properties);
}

Json laws(const sim::FieldInfo& field, Home home) {
  Json any = Json::array();
  for (const sim::FamilyInfo& family : field.families) any.push_back(law(family));
  any.push_back(rest_of_law(field, home));
  for (const sim::FamilyInfo& family : field.families)
    if (family.family == sim::Family::constant) any.push_back(number_in(family.parameters.front().range));
  return {{"anyOf", any}};
}

Json value_of(const sim::FieldInfo& field, Home home) {
  if (!field.choices.empty()) return {{"enum", field.choices}};
  if (!field.curved.empty()) return curves(field);
  if (field.dated) return amounts(field);
  if (!field.labels.empty()) return labelled(field);
  if (!field.families.empty()) return laws(field, home);
  if (field.standard.numbers.size() == 1) return number_in(field.range, field.whole);
  const std::size_t count = field.standard.numbers.size();
  return {{"type", "array"}, {"items", number_in(field.range)}, {"minItems", count}, {"maxItems", count}};
}

}  // namespace

Json closed_table(Json properties, Json required) {
  Json table = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) table["required"] = std::move(required);
  return table;
}

Json number_in(const sim::Range& range, bool whole) {
  Json number = {{"type", "number"}};
  if (whole) number["multipleOf"] = 1;
  if (std::isfinite(range.low)) number["minimum"] = range.low;
  if (std::isfinite(range.high)) number["maximum"] = range.high;
  return number;
}

Json field_schema(const sim::FieldInfo& field, Home home) {
  Json value = value_of(field, home);
  const std::string unit = field.unit.empty() || field.unit == "-" ? "" : " [" + std::string(field.unit) + "]";
  value["description"] = std::string(field.meaning) + unit + ". Default: " + as_written(field, field.standard) + " (" +
                         mark_in_words(field.provenance.mark) + ")";
  return value;
}

Json key_schema(const scenarios::StudyKey& key) {
  using enum scenarios::KeyKind;
  Json value = Json::object();
  if (key.kind == number || key.kind == whole) value = number_in(key.range, key.kind == whole);
  if (key.kind == text) value["type"] = "string";
  if (key.kind == choice) value["enum"] = key.choices;
  if (key.kind == truth) value["type"] = "boolean";
  if (key.kind == date) value = {{"type", "string"}, {"pattern", "^(19|20|21|22)[0-9]{2}-[0-9]{2}-01$"}};
  value["description"] = key.meaning;
  return value;
}

Json uncertain_schema(const sim::Range& range) {
  Json any = Json::array();
  for (const scenarios::UncertainShape& shape : scenarios::uncertain_shapes()) {
    const bool beta = shape.family == sim::Family::beta, uniform = shape.family == sim::Family::uniform;
    const std::string first(shape.parameters[0]), second(shape.parameters[1]);
    Json properties = {{"dist", {{"enum", {std::string(shape.key)}}}}};
    properties[first] = number_in(beta ? sim::range(1e-6, 1 - 1e-6) : range);
    properties[second] = number_in(uniform ? range : beta ? sim::range(0.01, 1e4) : sim::range(0, 1e9));
    any.push_back(closed_table(properties, {"dist", first, second}));
  }
  any.push_back({{"type", "string"}, {"pattern", "^[^a-z]*[0-9][^a-z]* to [^a-z]*[0-9][^a-z]*$"}});
  return {{"anyOf", any}};
}

}  // namespace clientele::tools
