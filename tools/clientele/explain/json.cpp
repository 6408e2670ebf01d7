// For programs. An end of a range that is open is null.
#include <cmath>

#include <nlohmann/json.hpp>

#include "tools/clientele/explain/entries.hpp"

namespace clientele::tools {

namespace {

using Json = nlohmann::ordered_json;

Json end_of(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json range_of(const sim::Range& range) {
  return {{"low", end_of(range.low)},
          {"high", end_of(range.high)},
          {"usual_low", end_of(range.plausible_low)},
          {"usual_high", end_of(range.plausible_high)}};
}

Json laws_of(const Explained& entry) {
  Json laws = Json::array();
  for (const sim::FamilyInfo& law : entry.laws) {
    Json parameters = Json::array();
    for (const sim::LawParameter& parameter : law.parameters) {
      Json told = {{"key", parameter.key}, {"default", parameter.standard}};
      told.update(range_of(parameter.range));
      parameters.push_back(told);
    }
    laws.push_back({{"dist", law.key}, {"parameters", parameters}});
  }
  return laws;
}

Json told_of(const Explained& entry) {
  Json told = {{"path", entry.path},       {"table", entry.table}, {"kind", entry.kind},
               {"meaning", entry.meaning}, {"unit", entry.unit},   {"default", entry.standard}};
  if (entry.range) {
    told["whole"] = entry.whole;
    told.update(range_of(*entry.range));
  }
  if (!entry.choices.empty()) told["choices"] = entry.choices;
  if (!entry.laws.empty()) told["laws"] = laws_of(entry);
  if (!entry.known_as.empty()) {
    told["known_as"] = entry.known_as;
    told["source"] = entry.source;
  }
  Json facts = Json::object();
  for (const auto& [name, fact] : entry.facts) facts[name] = fact;
  told["facts"] = facts;
  return told;
}

}  // namespace

std::string json_of(const std::vector<const Explained*>& entries) {
  Json all = Json::array();
  for (const Explained* entry : entries) all.push_back(told_of(*entry));
  return Json({{"schema_version", 1}, {"keys", all}}).dump(2) + "\n";
}

}  // namespace clientele::tools
