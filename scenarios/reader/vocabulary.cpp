// All keys of a study in one list: those of the study's own tables, and those of the behaviors' field tables.
#include <utility>

#include "scenarios/reader/reading.hpp"
#include "sim/core/nearest.hpp"

namespace clientele::scenarios {

using sim::nearest;
using sim::slips_between;

Vocabulary::Vocabulary(const sim::Catalogue& catalogue) {
  const auto in_table = [&](const std::string& home, std::initializer_list<const char*> keys) {
    for (const char* key : keys) words_.push_back({key, home + key, false});
  };
  const auto in_list = [&](const std::string& home, std::initializer_list<const char*> keys) {
    for (const char* key : keys) words_.push_back({key, std::string(key) + " in [[" + home + "]]", false});
  };
  tables_ = {"title",     "question", "seed",   "currency",   "money_quantum", "horizon", "beyond", "population",
             "uncertain", "scenario", "policy", "experiment", "count",         "output",  "sweep"};
  in_table("", {"title", "question", "seed", "currency", "money_quantum"});
  in_table("horizon.", {"start", "months", "warmup", "run_off"});
  in_table("beyond.", {"drivers"});
  in_table("population.", {"customers", "file", "columns", "people", "oldest", "arrivals"});
  in_table("experiment.", {"baseline", "replications", "draws", "headline", "luck", "same_money"});
  in_table("output.", {"by", "metrics", "histograms"});
  in_table("count.", {"histograms"});
  in_table("sweep.", {"grid", "zip", "list", "hypercube", "file"});
  for (const sim::Catalogue::Table& table : catalogue.tables()) {
    tables_.push_back(table.key);
    for (const sim::FieldInfo& field : table.fields.fields())
      words_.push_back({std::string(field.key), table.key + "." + std::string(field.key), false});
  }
  in_list("policy", {"segmentation", "entry", "rollout", "settings"});
  in_list("policy.tier", {"share", "top", "from"});
  in_list("scenario.shock", {"driver", "times", "plus", "ramp", "group"});
  for (const auto& [key, home] : {std::pair("policies", "policy"),
                                  {"tier", "policy.tier"},
                                  {"tiers", "policy.tier"},
                                  {"roll_out", "policy.rollout"},
                                  {"shock", "scenario.shock"},
                                  {"shocks", "scenario.shock"},
                                  {"group", "population.group"},
                                  {"groups", "population.group"}})
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
