// All keys of a study in one list: those of the study's own tables, and those of the behaviors' field tables.
#include <algorithm>
#include <utility>

#include "scenarios/reader/reading.hpp"
#include "scenarios/study_keys.hpp"
#include "sim/core/nearest.hpp"

namespace clientele::scenarios {

using sim::nearest;
using sim::slips_between;

namespace {

std::string_view written(std::string_view table) {
  return std::ranges::find(study_tables(), table, &StudyTable::key)->written;
}

/// A key that somebody may look for: names stand everywhere, lists of tables stand below, and what stands within a
/// value has no home of its own.
bool is_sought(const StudyKey& key) {
  for (const char* within : {"population.group", "population.correlation", "policy.rollout"})
    if (key.table == within) return false;
  const bool is_list_with_name =
      key.key == "group" || key.key == "shock" || key.key == "tier" || key.key == "correlation";
  return key.key != "name" && !(is_list_with_name && key.kind == KeyKind::tables) &&
         (key.table.empty() || written(key.table).starts_with("["));
}

/// Whether there may be several of its table: a key has a path only where there is one.
bool is_of_list(const StudyKey& key) { return !key.table.empty() && written(key.table).starts_with("[["); }

std::string place_of(const StudyKey& key) {
  const std::string name(key.key);
  if (is_of_list(key)) return name + " in " + std::string(written(key.table));
  return key.table.empty() ? name : std::string(key.table) + "." + name;
}

}  // namespace

Vocabulary::Vocabulary(const sim::Catalogue& catalogue) {
  for (const StudyKey& known : study_keys())
    if (known.table.empty()) tables_.emplace_back(known.key);
  for (const StudyTable& table : study_tables())
    if (!table.key.empty() && table.key.find('.') == std::string_view::npos) tables_.emplace_back(table.key);
  const auto take = [&](bool lists) {
    for (const StudyKey& known : study_keys())
      if (is_sought(known) && is_of_list(known) == lists)
        words_.push_back({std::string(known.key), place_of(known), false});
  };
  take(false);
  for (const sim::Catalogue::Table& table : catalogue.tables()) {
    tables_.push_back(table.key);
    for (const sim::FieldInfo& field : table.fields.fields())
      words_.push_back({std::string(field.key), table.key + "." + std::string(field.key), false});
  }
  take(true);
  for (const auto& [key, home] : {std::pair("policies", "policy"),
                                  {"tier", "policy.tier"},
                                  {"tiers", "policy.tier"},
                                  {"roll_out", "policy.rollout"},
                                  {"shock", "scenario.shock"},
                                  {"shocks", "scenario.shock"},
                                  {"group", "population.group"},
                                  {"groups", "population.group"},
                                  {"attribute", "population.attribute"},
                                  {"correlation", "population.correlation"}})
    words_.push_back({key, "[[" + std::string(home) + "]]", true});
  for (const sim::Catalogue::SegmentationEntry& segmentation : catalogue.segmentations())
    for (const sim::FieldInfo& field : segmentation.fields.fields())
      words_.push_back(
          {std::string(field.key), std::string(field.key) + " in the segmentation of a [[policy]]", false});
}

std::string Vocabulary::list_called(std::string_view key) const {
  for (const Word& word : words_)
    if (word.is_table && word.key == key) return word.home;
  return "[[" + std::string(key) + "]]";
}

std::string Vocabulary::home_of(std::string_view key, bool is_table) const {
  const auto home = [&](std::string_view sought, bool of_tables) -> std::string {
    for (const Word& word : words_)
      if (word.is_table == of_tables && word.key == sought) return word.home;
    return {};
  };
  const auto nearest_home = [&](bool of_tables) {
    std::vector<std::string> keys;
    for (const Word& word : words_)
      if (word.is_table == of_tables) keys.push_back(word.key);
    const std::string guess = nearest(key, keys);  // of all words there are: a short one is soon like another
    return slips_between(key, guess) > (key.size() < 8 ? 1U : 2U) ? std::string() : home(guess, of_tables);
  };
  // A law is a table too, so that a key of the other kind is better than none.
  for (const std::string& found :
       {home(key, is_table), home(key, !is_table), nearest_home(is_table), nearest_home(!is_table)})
    if (!found.empty()) return found;
  return {};
}

}  // namespace clientele::scenarios
