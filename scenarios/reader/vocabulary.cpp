// All keys of a study in one list: those of the study's own tables, and those of the behaviors' field tables.
#include "scenarios/nearest.hpp"
#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

Vocabulary::Vocabulary(const sim::Catalogue& catalogue) {
  const auto know = [&](const std::string& home, std::initializer_list<const char*> keys) {
    for (const char* key : keys) words_.push_back({home, key});
  };
  tables_ = {"title",      "question",  "seed",     "currency", "money_quantum", "horizon",
             "population", "uncertain", "scenario", "policy",   "experiment",    "output"};
  know("", {"title", "question", "seed", "currency", "money_quantum"});
  know("horizon.", {"start", "months", "warmup", "run_off"});
  know("population.", {"customers", "file", "columns", "people", "arrivals"});
  know("experiment.", {"baseline", "replications", "draws", "headline", "luck"});
  know("output.", {"by", "metrics", "histograms"});
  for (const sim::Catalogue::Table& table : catalogue.tables()) {
    tables_.push_back(table.key);
    for (const sim::FieldInfo& field : table.fields.fields())
      words_.push_back({table.key + ".", std::string(field.key)});
  }
  know("policy: ", {"segmentation", "tier", "entry"});
  know("a tier: ", {"share", "top", "from"});
  know("a shock of a scenario: ", {"driver", "times", "plus", "ramp", "group"});
  for (const sim::Catalogue::SegmentationEntry& segmentation : catalogue.segmentations())
    for (const sim::FieldInfo& field : segmentation.fields.fields())
      words_.push_back({"segmentation of a policy: ", std::string(field.key)});
}

std::string Vocabulary::home_of(std::string_view key) const {
  for (const Word& word : words_)
    if (word.key == key) return word.home + word.key;
  std::vector<std::string> keys;
  for (const Word& word : words_) keys.push_back(word.key);
  const std::string guess = nearest(key, keys);
  for (const Word& word : words_)
    if (word.key == guess) return word.home + word.key;
  return {};
}

}  // namespace clientele::scenarios
