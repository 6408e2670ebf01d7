// Every trait field of the catalogue can be a column, by its key or by table.key.
#include "scenarios/customers/columns.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "sim/core/nearest.hpp"

namespace clientele::scenarios {

using sim::nearest;

namespace {

std::vector<std::string> column_meanings(const sim::Catalogue& catalogue, const std::vector<std::string>& attributes) {
  std::vector<std::string> meanings{"id", "group", "tenure", std::string(tier_today)};
  meanings.insert(meanings.end(), attributes.begin(), attributes.end());
  for (const auto& [word, field] : traits_of(catalogue)) meanings.push_back(word);
  for (const sim::PastInfo& info : catalogue.past()) meanings.push_back(info.months > 0 ? info.key + "_1" : info.key);
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

std::optional<PlaceInPast> place_in_past(std::string_view word, const sim::Catalogue& catalogue) {
  for (const sim::PastInfo& info : catalogue.past()) {
    if (info.months == 0 && word == info.key) return PlaceInPast{&info, 0};
    if (info.months == 0 || word.substr(0, info.key.size()) != info.key || word.size() < info.key.size() + 2) continue;
    const std::string_view digits = word.substr(info.key.size() + 1);
    std::uint32_t month = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), month);
    const bool is_month = word[info.key.size()] == '_' && error == std::errc() && end == digits.data() + digits.size();
    if (is_month && digits[0] != '0' && month >= 1 && month <= static_cast<std::uint32_t>(info.months))
      return PlaceInPast{&info, month};
  }
  return std::nullopt;
}

sim::FieldInfo past_field(const sim::PastInfo& info, double money_quantum) {
  sim::FieldInfo field;
  field.key = info.key;
  field.unit = info.unit;
  field.range = info.range;
  if (info.unit == "money") {  // amounts are counted in quanta, and ranges are those of the usual one
    constexpr double usual_quantum = 0.01;
    field.range.low *= money_quantum / usual_quantum;
    field.range.high *= money_quantum / usual_quantum;
  }
  field.meaning = info.meaning;
  field.whole = info.whole;
  return field;
}

bool is_column_meaning(std::string_view meaning, const sim::Catalogue& catalogue,
                       const std::vector<std::string>& attributes) {
  const std::vector<std::string> known = column_meanings(catalogue, attributes);
  return meaning == ignored || place_in_past(meaning, catalogue) ||
         std::find(known.begin(), known.end(), meaning) != known.end();
}

std::string nearest_column_meaning(std::string_view meaning, const sim::Catalogue& catalogue,
                                   const std::vector<std::string>& attributes) {
  return nearest(meaning, column_meanings(catalogue, attributes));
}

}  // namespace clientele::scenarios
