// Rows of a file are draws: of several numbers together, and as good as a law's.
#include <fstream>
#include <map>

#include "sim/core/printable.hpp"
#include "sim/draws.hpp"
#include "tests/output/folder.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

const std::string least = R"([population]
customers = 100
[[population.group]]
name = "a"
share = 0.5
[[population.group]]
name = "b"
share = 0.5
buying.discount = 0.2
[[policy]]
name = "today"
segmentation = "everyone"
[buying]
discount = 0.1
)";

class Beside {
 public:
  explicit Beside(const std::string& csv) { std::ofstream(folder_ / "posterior.csv") << csv; }

  scenarios::StudyReading reading(const std::string& text, const std::vector<scenarios::Override>& options = {}) const {
    return scenarios::read_study_text(least + text, "a.toml", folder_.path(), small_catalogue(), options);
  }
  std::string mistakes(const std::string& text) const {
    try {
      reading(text);
    } catch (const sim::UserError& error) {
      CHECK(error.status() == sim::Exit::bad_data);
      return error.what();
    }
    return "none";
  }

 private:
  Folder folder_;
};

std::map<std::string, double> by_path(const sim::Study& study, std::uint32_t draw) {
  std::map<std::string, double> values;
  for (std::size_t u = 0; u < study.uncertain.size(); ++u)
    values[study.uncertain[u].path] = sim::drawn_values(study, draw).at(u);
  return values;
}

const std::string named = "[uncertain]\nfile = \"posterior.csv\"\n";
const std::string good = "buying.chance,population.group.b.buying.discount\n0.1,0.25\n0.3,0.15\n0.2,0.2\n";

}  // namespace

TEST_CASE("each row of the file is a draw of all its numbers, as many as there are unless the study asks for fewer") {
  const Beside beside(good);
  const sim::Study study = beside.reading(named).study;
  CHECK(study.draws == 3);
  CHECK(study.replications == 1);
  REQUIRE(study.uncertain.size() == 2);
  CHECK(study.uncertain[1].path == "population.group.b.buying.discount");
  CHECK(study.uncertain[1].group == 1U);
  CHECK(study.uncertain[0].file == "posterior.csv");
  CHECK(sim::drawn_values(study, 1) == std::vector<double>{0.3, 0.15});
  const sim::Study fewer = beside.reading(named + "draws = 2\n").study;
  CHECK(fewer.draws == 2);
  CHECK(fewer.digest != study.digest);
  CHECK(beside.reading(named + "draws = 0\n").study.uncertain.empty());
  CHECK_THAT(beside.mistakes(named + "draws = 4\n"),
             contains("a.toml:17:9: draws = 4, and uncertain.file has 3 rows (a row is a draw). Did you mean 3?"));
}

TEST_CASE("the digest knows the values that are drawn, and no others") {
  const auto digest = [](const std::string& csv, const std::string& more = "") {
    return Beside(csv).reading(named + more).study.digest;
  };
  CHECK(digest("buying.chance\n0.1\n0.2\n") != digest("buying.chance\n0.1\n0.3\n"));
  CHECK(digest("buying.chance\n0.1\n0.2\n") == digest("buying.chance\r\n0.10\r\n\"0.2\"\r\n"));
  CHECK(digest("buying.chance\n0.1\n0.2\n", "draws = 1\n") == digest("buying.chance\n0.1\n0.3\n", "draws = 1\n"));
}

TEST_CASE("draws of a file are those of laws that would have drawn them, and go with laws") {
  const std::string laws =
      "[uncertain]\ndraws = 20\nbuying.chance = { dist = \"beta\", mean = 0.3, a = 2 }\n"
      "buying.discount = { dist = \"normal\", mean = 0.1, sd = 0.01 }\n";
  const sim::Study drawn = Beside("").reading(laws).study;
  std::string csv = "buying.chance,buying.discount\n", half = "buying.discount\n";
  for (std::uint32_t d = 0; d < 20; ++d) {
    const auto values = by_path(drawn, d);
    csv +=
        sim::shortest_text(values.at("buying.chance")) + "," + sim::shortest_text(values.at("buying.discount")) + "\n";
    half += sim::shortest_text(values.at("buying.discount")) + "\n";
  }
  const sim::Study read = Beside(csv).reading(named).study;
  const std::string law_of_one = laws.substr(0, laws.rfind("buying.discount"));
  const sim::Study mixed = Beside(half).reading(law_of_one + "file = \"posterior.csv\"\n").study;
  REQUIRE(read.draws == 20);
  for (std::uint32_t d = 0; d < 20; ++d) {
    CHECK(by_path(read, d) == by_path(drawn, d));
    CHECK(by_path(mixed, d) == by_path(drawn, d));
  }
}

TEST_CASE("columns are numbers that can be uncertain, and their mistakes are told with their places") {
  const auto told = [](const std::string& csv, const std::string& more = "") {
    return Beside(csv).mistakes(named + more);
  };
  CHECK(told(good) == "none");
  CHECK_THAT(told("buying.chanse\n0.1\n"), contains("posterior.csv:1:1: buying.chanse is not part of a "
                                                    "study. Did you mean buying.chance?\n  1 | buying.chanse\n"));
  CHECK_THAT(told("lp__\n0.1\n"), contains("posterior.csv:1:1: lp__ is not part of a study."));
  CHECK_THAT(
      told("policy.today.tier.all.discount,horizon.months\n0.1,12\n"),
      contains(
          "posterior.csv:1:1: uncertain.policy.today.tier.all.discount: tier \"all\" of policy \"today\" sets no") &&
          contains("posterior.csv:1:32: horizon.months cannot be drawn") && contains("2 mistakes."));
  CHECK_THAT(told("buying.chance,buyng.discount\n0.02,0\n2,0\nnan,0\n0.1\n", "draws = 4\n"),
             contains("posterior.csv:1:15: buyng.discount is not part of a study. Did you mean buying.discount?") &&
                 contains("posterior.csv:3:1: uncertain.buying.chance = 2 is outside") &&
                 contains("posterior.csv:4:1: buying.chance = \"nan\" is no number to count with.") &&
                 contains("posterior.csv:5:1: has 1 field, and the header has 2.") && contains("4 mistakes."));
  CHECK_THAT(told("buying.chance\n0.1\n1.5\n"),
             contains("posterior.csv:3:1: uncertain.buying.chance = 1.5 is outside"));
  CHECK_THAT(told("buying.rate\n1\n"), contains("uncertain.buying.rate is a law with several numbers. Did you mean "
                                                "uncertain.buying.rate.mean?"));
  CHECK_THAT(told("buying.seats\n1\n"), contains("uncertain.buying.seats cannot be drawn"));
  CHECK_THAT(told("buying.chance,buying.chance\n0.1,0.2\n"), contains("uncertain.buying.chance has two columns."));
  CHECK_THAT(told("buying.chance\n0.1\n", "buying.chance = { dist = \"uniform\", low = 0.1, high = 0.2 }\n"),
             contains("posterior.csv:1:1: uncertain.buying.chance has a law in the study as well. Which one?"));
  CHECK_THAT(told("population.group.c.buying.discount\n0.1\n"),
             contains("\"c\" is no group of this study (there are: a, b)"));
  CHECK_THAT(told("buying.discount\n0.1\n0.8\n"),
             contains("uncertain.buying.discount = 0.8 in draw 1 makes 1.6 of group \"b\"'s own 0.2"));
  CHECK_THAT(told(""), contains("posterior.csv: is empty. Expected: a row of paths, and rows of numbers."));
  CHECK_THAT(Beside("").mistakes("[uncertain]\nfile = 3\n"), contains("uncertain.file = 3 is no path."));
}

TEST_CASE("a number that a file draws is not swept") {
  const std::string swept = "[sweep.grid]\nbuying.chance = [0.1, 0.2]\n";
  CHECK_THAT(Beside(good).mistakes(named + swept), contains("buying.chance is swept and uncertain"));
  CHECK(Beside(good).reading(named + "[sweep.grid]\nbuying.worth = [0.1, 0.2]\n").sweep.points.size() == 2);
}

}  // namespace clientele::tests
