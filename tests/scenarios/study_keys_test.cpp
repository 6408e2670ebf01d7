// The list of a study's own keys is the reader's: each listed key is read, no other is, and its range and default hold.
#include "scenarios/study_keys.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "scenarios/study_reader.hpp"
#include "sim/core/printable.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using scenarios::KeyKind, scenarios::StudyKey, scenarios::StudyTable;

/// A study in which a table says one line more than it has to; what it has to say gives way to that line.
std::string study_with(std::string_view table, const std::string& key, const std::string& value) {
  std::map<std::string, std::map<std::string, std::string>> tables{
      {"population", {{"customers", "100"}}},
      {"population.group", {}},
      {"population.attribute", {{"name", "\"region\""}, {"values", "[\"a\", \"b\"]"}}},
      {"population.correlation", {{"of", "\"region\""}, {"with", "\"need\""}, {"is", "0.4"}}},
      {"scenario", {{"name", "\"storm\""}}},
      {"scenario.shock", {{"driver", "\"demand\""}, {"times", "0.9"}}},
      {"policy",
       {{"name", "\"today\""},
        {"segmentation", "\"rank\""},
        {"tier", "[ { name = \"A\", share = 0.5 }, { name = \"B\" } ]"}}},
      {"policy.tier", {{"name", "\"A\""}, {"share", "0.5"}}},
      {"policy.rollout", {{"month", "3"}}},
      {"policy.segmentation", {{"rule", "\"rank\""}}},
      {"policy.settings", {{"value", "10"}}},
      {"books",
       {{"origin", "2027-01-01"},
        {"read_on", "2027-01-01"},
        {"file", "[ { kind = \"orders\", path = \"orders.csv\" } ]"}}},
      {"books.file", {{"kind", "\"orders\""}, {"path", "\"orders.csv\""}}},
      {"books.column", {{"header", "\"a\""}, {"meaning", "\"id\""}}},
      {"books.backtest",
       {{"inside", "1"}, {"figures", "2"}, {"months", "6"}, {"futures", "20"}, {"origins", "[2027-01-01]"}}},
      {"sweep.hypercube", {{"points", "2"}, {"buying.budget", "{ low = 1, high = 2 }"}}}};
  if (key == "top" || key == "from") tables["policy.tier"].erase("share");
  if (table == "policy.segmentation" && key == "by") {
    tables["policy.segmentation"]["rule"] = "\"attribute\"";
    tables["policy"]["tier"] = "[ { name = \"A\", groups = \"all\" }, { name = \"B\" } ]";
  }
  tables[std::string(table)][key] = value;
  const auto lines = [&](const std::string& of) {
    std::string text;
    for (const auto& [name, said] : tables[of]) text += name + " = " + said + "\n";
    return text;
  };
  const auto inlined = [&](const std::string& of) {
    std::string text;
    for (const auto& [name, said] : tables[of]) text += (text.empty() ? "" : ", ") + name + " = " + said;
    return "{ " + text + " }";
  };
  if (table == "policy.tier") tables["policy"]["tier"] = "[ " + inlined("policy.tier") + ", { name = \"B\" } ]";
  if (table == "policy.segmentation") tables["policy"]["segmentation"] = inlined("policy.segmentation");
  if (table == "policy.settings")
    tables["policy"]["settings"] = "{ buying.budget = " + inlined("policy.settings") + " }";
  std::string text = lines("");
  for (const char* plain :
       {"horizon", "beyond", "population", "uncertain", "experiment", "count", "output", "sweep", "totals"})
    if (table == plain || std::string_view(plain) == "population")
      text += "[" + std::string(plain) + "]\n" + lines(plain);
  if (table == "population.group")
    text += "[[population.group]]\n" + (tables[std::string(table)].emplace("name", "\"a\""), lines("population.group"));
  if (table == "population.attribute") text += "[[population.attribute]]\n" + lines("population.attribute");
  if (table == "population.correlation")
    text += "[[population.attribute]]\n" + lines("population.attribute") +
            "[[population.attribute]]\nname = \"need\"\nvalues = [\"a\", \"b\"]\n[[population.correlation]]\n" +
            lines("population.correlation");
  if (table == "books.file") tables["books"].erase("file");
  if (table.starts_with("books")) text += "[books]\n" + lines("books");
  if (table == "books.backtest") text += "[books.backtest]\n" + lines("books.backtest");
  for (const char* list : {"books.file", "books.column"})
    if (table == list) text += "[[" + std::string(list) + "]]\n" + lines(list);
  if (table == "sweep.hypercube") text += "[sweep.hypercube]\n" + lines("sweep.hypercube");
  if (table == "constraint") text += "[[constraint]]\n" + lines("constraint");
  text += "[[scenario]]\n" + lines("scenario");
  if (table == "scenario.shock") text += "[[scenario.shock]]\n" + lines("scenario.shock");
  if (table == "policy.rollout") {  // the baseline cannot roll out
    text += "[[policy]]\nname = \"before\"\nsegmentation = \"everyone\"\n[[policy]]\n" + lines("policy");
    return text + "[[policy.rollout]]\n" + lines("policy.rollout");
  }
  return text + "[[policy]]\n" + lines("policy");
}

std::string mistakes_of(const std::string& text) {
  try {
    scenarios::read_study_text(text, "a.toml", ".", small_catalogue(), {});
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

/// Whether the reader knows a key, by what it says of a value that no key takes.
bool is_read(std::string_view table, const std::string& key) {
  const std::string said = mistakes_of(study_with(table, key, "1979-05-27T07:32:00"));
  return said.find(key + " is not part of a study") == std::string::npos &&
         said.find(key + " names no design") == std::string::npos &&
         said.find("[" + key + "] is not part of a study") == std::string::npos &&
         said.find(key + " is nothing that a tier can have") == std::string::npos &&
         said.find(key + " goes with tiers that start from a value") == std::string::npos &&
         said.find(key + " is no lever") == std::string::npos;
}

/// All words between quotes in the sources of the reader that may be keys.
std::set<std::string> words_of_the_reader() {
  std::set<std::string> words;
  const std::regex word("\"([a-z][a-z_]*)\"");
  for (const auto& file : std::filesystem::recursive_directory_iterator(CLIENTELE_SOURCE_DIR "/scenarios")) {
    if (file.path().extension() != ".cpp") continue;
    std::ifstream stream(file.path());
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at) words.insert((*at)[1]);
  }
  return words;
}

bool is_listed(std::string_view table, const std::string& key) {
  for (const StudyKey& known : scenarios::study_keys())
    if (known.table == table && known.key == key) return true;
  const std::string path = (table.empty() ? "" : std::string(table) + ".") + key;
  for (const StudyTable& known : scenarios::study_tables())
    if (known.key == path) return true;
  return false;
}

/// Keys that follow from the catalogue: behaviors, levers, fields of segmentations.
bool is_of_the_catalogue(const std::string& key) {
  const sim::Catalogue all = small_catalogue();
  for (const auto& table : all.tables()) {
    if (table.key == key) return true;
    for (const sim::FieldInfo& field : table.fields.fields())
      if (field.lever && field.key == key) return true;
  }
  for (const auto& segmentation : all.segmentations())
    for (const sim::FieldInfo& field : segmentation.fields.fields())
      if (field.key == key) return true;
  return false;
}

}  // namespace

TEST_CASE("the reader reads every key that is listed") {
  for (const StudyKey& key : scenarios::study_keys()) {
    INFO(key.table << "." << key.key);
    CHECK(is_read(key.table, std::string(key.key)));
  }
  CHECK_FALSE(is_read("horizon", "weeks"));
  CHECK_FALSE(is_read("policy.tier", "weeks"));
  CHECK_FALSE(is_read("", "weeks"));
}

TEST_CASE("every key that the reader reads is listed") {
  const std::set<std::string> words = words_of_the_reader();
  REQUIRE(words.size() > 100);
  std::size_t read = 0;
  for (const StudyTable& table : scenarios::study_tables())
    for (const std::string& word : words) {
      // What a law or a sweep names is a number of the study, by its path; behaviors follow from the catalogue.
      const bool is_place = word == "population" || word == "policy" || word == "scenario";
      const bool by_path = (table.key == "uncertain" && is_place) || table.key == "sweep.hypercube";
      if (by_path || is_of_the_catalogue(word) || !is_read(table.key, word)) continue;
      INFO(table.key << "." << word);
      CHECK(is_listed(table.key, word));
      ++read;
    }
  CHECK(read > 60);
}

TEST_CASE("a number's range is the one that is listed") {
  for (const StudyKey& key : scenarios::study_keys()) {
    if (key.kind != KeyKind::number && key.kind != KeyKind::whole) continue;
    if (key.key == "plus" || key.unit == "in the setting's unit") continue;  // of a shift; of another field
    if (key.table == "books" && key.key == "season") continue;               // twelve numbers
    INFO(key.table << "." << key.key);
    const auto refused = [&](double value) {
      const std::string said = mistakes_of(study_with(key.table, std::string(key.key), sim::number_text(value)));
      const std::string what = std::string(key.key) + " = " + sim::number_text(value) + " is ";
      return said.find(what + "outside [") != std::string::npos || said.find(what + "less than") != std::string::npos ||
             said.find(what + "more than") != std::string::npos;
    };
    if (std::isfinite(key.range.low)) {
      CHECK(refused(key.range.low - 1));
      CHECK_FALSE(refused(key.range.low));
    }
    if (std::isfinite(key.range.high)) {
      CHECK(refused(key.range.high + 1));
      CHECK_FALSE(refused(key.range.high));
    }
  }
}

TEST_CASE("a study that says the default of a key is the study that does not say it") {
  const auto digest = [](const std::string& text) {
    return scenarios::read_study_text(text, "a.toml", ".", small_catalogue(), {}).study.digest;
  };
  std::size_t said = 0;
  for (const StudyKey& key : scenarios::study_keys()) {
    if (key.standard.empty() || key.key == "headline") continue;  // the small catalogue has other KPIs
    INFO(key.table << "." << key.key);
    std::string text = study_with(key.table, std::string(key.key), std::string(key.standard));
    const std::string with = digest(text);
    const std::string line = std::string(key.key) + " = " + std::string(key.standard);
    const auto at = text.find(line);
    REQUIRE(at != std::string::npos);
    text.erase(at, line.size() + (text[at + line.size()] == ',' ? 1 : 0));
    CHECK(digest(text) == with);
    ++said;
  }
  CHECK(said > 20);
}

TEST_CASE("a choice takes its words and no other") {
  for (const StudyKey& key : scenarios::study_keys())
    for (const std::string_view word : key.choices) {
      INFO(key.table << "." << key.key << " = " << word);
      const auto said = [&](const std::string& value) {
        return mistakes_of(study_with(key.table, std::string(key.key), "\"" + value + "\""));
      };
      CHECK(said(std::string(word)).find("is not known") == std::string::npos);
      CHECK(said("weeks").find("\"weeks\" is not known") != std::string::npos);
    }
}

}  // namespace clientele::tests
