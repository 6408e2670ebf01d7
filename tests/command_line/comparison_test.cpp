// Sentence, table, JSON and CSV tell the same numbers, since all of them come from one struct.
#include <cmath>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tools/clientele/compare/shown.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/table.hpp"

namespace clientele::tests {

using output::ComparedArm;
using output::Comparison;
using output::Lives;
using output::Statements;
using tools::csv_of;
using tools::headline_of;
using tools::json_of;
using tools::text_of;
using Json = nlohmann::json;

namespace {

/// Differences that are easy to recognize: 16 lives in 4 draws around 1,234.
Statements statements() {
  Lives policy{4, 4, sim::People::paired, {}};
  for (int d = 0; d < 4; ++d)
    for (int r = 0; r < 4; ++r) policy.values.push_back(1234 + 100 * (d - 1.5) + 10 * (r / 2) + r % 2);
  const Lives baseline{4, 4, sim::People::paired, std::vector<double>(16, 0.0)};
  return statements_of(policy, baseline, sim::Direction::higher_is_better, sim::Luck::fresh, {0.95, 3});
}

Comparison comparison() {
  Comparison c;
  c.title = "Invented";
  c.scenario_names = {"calm"};
  c.policy_names = {"today", "new"};
  c.question = {output::Question::Across::policies, {0}, {0, 1}, 0, {"gain"}, {"share"}, 0.95};
  c.certainty = {0.95, 3};
  c.draws = c.replications = 4;
  c.cells = c.cells_done = 32;
  c.people = sim::People::paired;
  c.parameters_vary = c.provenance_known = true;
  c.kpis = {{{"gain", "gain in all", "EUR", "sum(gained)", sim::Direction::higher_is_better},
             {{0, 0, 5000, {}}, {0, 1, 6234, statements()}}}};
  c.beside = {{{"share", "a share", "1", "a / b", sim::Direction::neither}, {{0, 0, 0.25, {}}, {0, 1, 0.5, {}}}}};
  c.guesses = {{"life.hazard", "0.5", "chance to leave", "guess", "recalled", true}};
  return c;
}

std::string without_line_ends(std::string text) {
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text;
}

/// Every form of the average, the range and the chance that people see.
std::vector<std::string> numbers_of(const Statements& s) {
  return {tools::average_in_words(s), tools::chance_in_words(s.lives)};
}

std::vector<std::string> split(const std::string& line, char at) {
  std::vector<std::string> parts;
  std::istringstream input(line);
  for (std::string part; std::getline(input, part, at);) parts.push_back(part);
  return parts;
}

}  // namespace

TEST_CASE("the sentence and the table show the same numbers, and both follow the struct") {
  Comparison c = comparison();
  for (const double shift : {0.0, 1000.0, -5000.0}) {
    Statements& s = *c.kpis[0].arms[1].against;
    s.average.mean += shift;
    s.life.low += shift;
    s.life.high += shift;
    s.half_width_together *= 1.5;
    const std::string sentence = headline_of(c), text = text_of(c);
    const std::string table = text.substr(text.find("\n\n"));
    for (const std::string& number : numbers_of(s)) {
      CHECK_THAT(sentence, contains(number));
      CHECK_THAT(table, contains(number));
    }
    const std::string range = tools::range_in_words(s.life);
    const auto dots = range.find(" .. ");
    CHECK_THAT(table, contains(range));
    CHECK_THAT(sentence, contains("between " + range.substr(0, dots) + " and " + range.substr(dots + 4)));
    CHECK_THAT(without_line_ends(text), contains(sentence));
  }
}

TEST_CASE("the sentence gives the range before the average") {
  const std::string sentence = headline_of(comparison());
  CHECK(sentence.find("one firm may live") < sentence.find("On average"));
  CHECK_THAT(sentence, contains("In scenario calm, new instead of today: one firm"));
  CHECK_THAT(sentence, contains("(5 to 95 % of 16 lives)"));
  CHECK_THAT(sentence, contains("(4 draws), so new is better on average"));
  CHECK_THAT(sentence, contains("what we do not know about customers"));
}

TEST_CASE("across scenarios the sentence says under which policy") {
  Comparison c = comparison();
  c.question.across = output::Question::Across::scenarios;
  c.scenario_names = {"calm", "storm"};
  c.question.scenarios = {0, 1};
  c.question.policies = {0};
  c.kpis[0].arms[1].scenario = 1;
  c.kpis[0].arms[1].policy = 0;
  CHECK_THAT(headline_of(c), contains("Under policy today, storm instead of calm: one firm"));
}

TEST_CASE("the verdict follows the direction, and is withheld where the interval holds zero") {
  Comparison c = comparison();
  c.kpis[0].words.direction = sim::Direction::lower_is_better;
  CHECK_THAT(headline_of(c), contains("so new is worse on average"));
  c.kpis[0].words.direction = sim::Direction::neither;
  CHECK_THAT(headline_of(c), contains("so it is higher"));
  CHECK_THAT(text_of(c), contains("higher in"));
  c.kpis[0].arms[1].against->half_width_together = 1e6;
  CHECK_THAT(headline_of(c), contains("does not tell them apart"));
}

TEST_CASE("what is missing says why") {
  Comparison c = comparison();
  const Lives one{1, 1, sim::People::redrawn, {5}}, none{1, 1, sim::People::redrawn, {0}};
  c.kpis[0].arms[1].against = statements_of(one, none, sim::Direction::higher_is_better, sim::Luck::fresh, {0.95, 2});
  const std::string sentence = headline_of(c);
  CHECK_THAT(sentence, contains("13 lives or more (here is 1)"));
  CHECK_THAT(sentence, contains("only one replication is there; the average needs two or more"));
  const Json json = Json::parse(json_of(c));
  const Json& against = json["kpis"][0]["arms"][1]["against"];
  CHECK(against["average"]["mean"] == 5);
  CHECK(against["average"]["half_width"].is_null());
  CHECK(against["one_life"]["low"].is_null());
  CHECK_THAT(against["one_life"]["why_missing"].get<std::string>(), contains("13 lives"));
  c.kpis[0].arms[1].against.reset();
  CHECK_THAT(headline_of(c), contains("nothing can be said"));
  CHECK(Json::parse(json_of(c))["headline"]["sentence"] == headline_of(c));
}

TEST_CASE("JSON and CSV hold all digits of the struct") {
  const Comparison c = comparison();
  const Statements& s = *c.kpis[0].arms[1].against;
  const Json json = Json::parse(json_of(c));
  CHECK(json["schema_version"] == 1);
  CHECK(json["intervals_together"] == 3);
  CHECK(json["headline"]["sentence"] == headline_of(c));
  const Json& against = json["kpis"][0]["arms"][1]["against"];
  CHECK(json["kpis"][0]["arms"][0]["against"].is_null());
  CHECK(against["average"]["mean"].get<double>() == s.average.mean);
  CHECK(against["average"]["half_width"].get<double>() == s.average.half_width);
  CHECK(against["average"]["half_width_together"].get<double>() == s.half_width_together);
  CHECK(against["average"]["over"] == "draws");
  CHECK(against["one_life"]["low"].get<double>() == s.life.low);
  CHECK(against["chance_of_lives"]["share"].get<double>() == s.lives.share);
  CHECK(against["chance_of_draws"]["better"] == 4);
  CHECK(against["variance"]["parts"][0]["cause"] == "parameters");
  CHECK(against["variance"]["parts"][0]["variance"].get<double>() == s.split.parts[0].variance);
  CHECK(against["lives_saved"].get<double>() == Approx(1));  // a baseline that never varies
  CHECK(json["beside"][0]["arms"][1]["mean"] == 0.5);
  CHECK(json["guesses"][0]["uncertain"] == true);

  const std::vector<std::string> lines = split(csv_of(c), '\n');
  REQUIRE(lines.size() == 5);
  const std::vector<std::string> names = split(lines[0], ','), values = split(lines[2], ',');
  REQUIRE(values.size() == names.size());
  const auto value = [&](const std::string& name) {
    return std::stod(values[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())]);
  };
  CHECK(value("average") == s.average.mean);
  CHECK(value("half_width_together") == s.half_width_together);
  CHECK(value("life_high") == s.life.high);
  CHECK(value("better_lives_low") == s.lives.low);
  CHECK(value("lives") == 16);
  for (const std::string& line : lines)
    CHECK(std::count(line.begin(), line.end(), ',') == static_cast<long>(names.size()) - 1);
}

TEST_CASE("CSV quotes names that hold commas and quotes") {
  Comparison c = comparison();
  c.policy_names[1] = "new, \"bold\"";
  CHECK_THAT(csv_of(c), contains(",\"new, \"\"bold\"\"\",today,"));
}

TEST_CASE("CSV has no cell of text that a spreadsheet takes for a formula, and leaves numbers below 0 as they are") {
  for (const std::string name : {"=1+1", "+49 30", "-5 %", "@SUM(A1:A9)", "\tx", "\rx"}) {
    Comparison c = comparison();
    c.policy_names[1] = name;
    c.kpis[0].arms[1].mean = -2.5;
    const std::string cell = name[0] == '\r' ? "\"'" + name + "\"" : "'" + name;
    CHECK_THAT(csv_of(c), contains("," + cell + ",today,-2.5,"));
  }
}

TEST_CASE("names from a file cannot steer a terminal") {
  Comparison c = comparison();
  c.policy_names[1] = "new\x1b[31m";
  c.kpis[0].words.name = "gain\x07";
  const std::string text = text_of(c);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
}

TEST_CASE("pairs that are left out, and cells that were not lived, are told") {
  Comparison c = comparison();
  CHECK(text_of(c).find("left out") == std::string::npos);
  c.kpis[0].arms[1].against->missing = 3;
  c.kpis[0].arms[1].against->pairs = 13;
  c.cells_done = 30;
  CHECK_THAT(text_of(c), contains("3 of 16 pairs are left out"));
  CHECK_THAT(text_of(c), contains("30 of 32 cells were lived"));
}

TEST_CASE("how far the draws carry is told below the table") {
  Comparison c = comparison();
  CHECK_THAT(without_line_ends(text_of(c)), contains("4 draws x 4 replications, same customers and luck"));
  CHECK_THAT(without_line_ends(text_of(c)), contains("the range leans on few values of what is uncertain"));
  c.draws = 13;
  CHECK_THAT(text_of(c), !contains("leans on few"));
  c.luck = sim::Luck::common;
  CHECK_THAT(without_line_ends(text_of(c)), contains("draws share their luck"));
  c.draws = 1;
  CHECK_THAT(without_line_ends(text_of(c)), contains("one draw does not show how far what is uncertain matters"));
  c.parameters_vary = false;
  CHECK_THAT(without_line_ends(text_of(c)), contains("parameters are taken as the study states them"));
}

TEST_CASE("one-sided levers and guesses are named, and a cube without them says so") {
  Comparison c = comparison();
  CHECK_THAT(text_of(c), contains("Guesses it rests on: 1 (life.hazard); draws vary 1 of them."));
  CHECK_THAT(text_of(c), contains("One-sided levers in use: none."));
  c.one_sided = {{"life.gift", "money", "", {"new"}}};
  CHECK_THAT(text_of(c), contains("One-sided levers in use: life.gift."));
  c.provenance_known = false;
  CHECK_THAT(text_of(c), contains("not in this cube"));
}

TEST_CASE("a share is never rounded to certainty") {
  CHECK(tools::percent(0) == "0 %");
  CHECK(tools::percent(0.001) == "<1 %");
  CHECK(tools::percent(0.0051) == "1 %");
  CHECK(tools::percent(0.999) == ">99 %");
  CHECK(tools::percent(1) == "100 %");
  CHECK(tools::percent(std::numeric_limits<double>::quiet_NaN()) == "-");
}

TEST_CASE("lines are wrapped between words, and a number keeps its percent sign") {
  CHECK(tools::wrapped("one two three", 7, 2) == "one two\n  three\n");
  CHECK(tools::wrapped("about 95 % sure", 8, 0) == "about\n95 %\nsure\n");
  CHECK(tools::laid_out({{"a", "b", "c"}, {"aa", "é", "100"}}) == "a   b    c\naa  é  100\n");
}

}  // namespace clientele::tests
