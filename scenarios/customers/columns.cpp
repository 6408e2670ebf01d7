// Every trait field of the catalogue can be a column, by its key or by table.key.
#include "scenarios/customers/columns.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/nearest.hpp"

namespace clientele::scenarios {

using sim::nearest;

namespace {

std::vector<std::string> column_meanings(const sim::Catalogue& catalogue, const std::vector<std::string>& attributes) {
  std::vector<std::string> meanings{"id", "group", "tenure"};
  meanings.insert(meanings.end(), attributes.begin(), attributes.end());
  for (const auto& [word, field] : traits_of(catalogue)) meanings.push_back(word);
  return meanings;
}

}  // namespace

std::map<std::string, sim::FieldRef> traits_of(const sim::Catalogue& catalogue) {
  std::map<std::string, sim::FieldRef> traits;
  std::map<std::string, int> tables_with;
  for (std::uint32_t t = 0; t < catalogue.tables().size(); ++t)
    for (std::uint32_t f = 0; f < catalogue.tables()[t].fields.fields().size(); ++f) {
      const sim::FieldInfo& field = catalogue.tables()[t].fields.fields()[f];
      if (field.kind != sim::Kind::trait) continue;
      traits[catalogue.tables()[t].key + "." + std::string(field.key)] = {t, f};
      traits[std::string(field.key)] = {t, f};
      ++tables_with[std::string(field.key)];
    }
  for (const auto& [key, tables] : tables_with)
    if (tables > 1) traits.erase(key);
  return traits;
}

const sim::FieldInfo& tenure_column() {
  static const sim::FieldInfo column = [] {
    sim::FieldInfo info;
    info.key = "tenure";
    info.unit = "months";
    info.range = sim::range(0, sim::longest_tenure);
    info.meaning = "whole months for which the customer has been with us when the study starts";
    info.whole = true;
    return info;
  }();
  return column;
}

bool is_column_meaning(std::string_view meaning, const sim::Catalogue& catalogue,
                       const std::vector<std::string>& attributes) {
  const std::vector<std::string> known = column_meanings(catalogue, attributes);
  return meaning == ignored || std::find(known.begin(), known.end(), meaning) != known.end();
}

std::string nearest_column_meaning(std::string_view meaning, const sim::Catalogue& catalogue,
                                   const std::vector<std::string>& attributes) {
  return nearest(meaning, column_meanings(catalogue, attributes));
}

}  // namespace clientele::scenarios
