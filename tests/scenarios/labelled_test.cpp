// Vectors and matrices whose numbers have names: in a study, an option, a group, a law, a digest, and in mistakes.
#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;

const std::string rest = R"([population]
customers = 100
[[population.group]]
name = "a"
share = 0.4
[[population.group]]
name = "b"
share = 0.6
buying.reasons.price = 0.9
[[policy]]
name = "today"
segmentation = "everyone"
)";
constexpr std::size_t reasons = 6, moves = 7;

scenarios::StudyReading reading(const std::string& text, const std::vector<scenarios::Override>& options = {}) {
  return scenarios::read_study_text(text + rest, "a.toml", ".", small_catalogue(), options);
}

std::string mistakes(const std::string& text) {
  try {
    reading(text);
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("numbers are said by their labels; those that are not said stay as they are") {
  const sim::Study plain = reading("").study;
  CHECK(plain.values[0][reasons].numbers == std::vector<double>{0.3, 0.7});
  CHECK(plain.values[0][moves].numbers == std::vector<double>{0.1, 0.8, 0.1, 0.2, 0.7, 0.1});
  const sim::Study said =
      reading("[buying]\nreasons = { quality = 0.5 }\nmoves = { high = { up = 0.25, down = 0.05 } }\n").study;
  CHECK(said.values[0][reasons].numbers == std::vector<double>{0.3, 0.5});
  CHECK(said.values[0][moves].numbers == std::vector<double>{0.1, 0.8, 0.1, 0.05, 0.7, 0.25});
  CHECK(said.digest != plain.digest);
  const scenarios::Override option{"--set buying.moves.low.same=0.6", "buying.moves.low.same", "0.6"};
  CHECK(reading("", {option}).study.values[0][moves].numbers[1] == 0.6);
}

TEST_CASE("a group has numbers of its own, and reaches rules by them") {
  const sim::Study study = reading("[buying]\nreasons.quality = 0.4\n").study;
  REQUIRE(study.population.groups[1].overrides.size() == 1);
  CHECK(study.population.groups[1].overrides[0].value.numbers == std::vector<double>{0.9, 0.4});
  const sim::Catalogue catalogue = small_catalogue();
  const auto parameters = catalogue.tables()[0].fields.resolve(study.values[0]).as<BuyingFields>();
  CHECK(parameters.reasons == std::array<float, 2>{0.3F, 0.4F});
  CHECK(parameters.moves[1] == std::array<float, 3>{0.2F, 0.7F, 0.1F});
}

TEST_CASE("each number may be uncertain by itself") {
  const sim::Study study = reading(
                               "[uncertain]\ndraws = 3\nbuying.reasons.price = { dist = \"uniform\", low = 0.1, high "
                               "= 0.2 }\nbuying.moves.high.up = { dist = \"beta\", mean = 0.1, a = 20 }\n")
                               .study;
  REQUIRE(study.uncertain.size() == 2);
  CHECK(study.uncertain[0].path == "buying.reasons.price");
  CHECK(study.uncertain[0].number == 0);
  CHECK(study.uncertain[1].path == "buying.moves.high.up");
  CHECK(study.uncertain[1].number == 5);
  CHECK_THAT(mistakes("[uncertain]\nbuying.reasons = { dist = \"uniform\", low = 0.1, high = 0.2 }\n"),
             Contains("uncertain.buying.reasons has several numbers. Did you mean uncertain.buying.reasons.price?"));
  CHECK_THAT(mistakes("[uncertain]\nbuying.moves.high = { dist = \"uniform\", low = 0.1, high = 0.2 }\n"),
             Contains("Did you mean uncertain.buying.moves.high.down?"));
  CHECK_THAT(mistakes("[uncertain]\nbuying.reasons.prise = { dist = \"uniform\", low = 0.1, high = 0.2 }\n"),
             Contains("Did you mean price?"));
}

TEST_CASE("an unknown label, a number out of range and what is no table are told by path") {
  CHECK_THAT(mistakes("[buying]\nreasons = { prise = 0.2 }\n"),
             Contains("buying.reasons.prise is not part of a study. Did you mean price?"));
  CHECK_THAT(mistakes("[buying]\nreasons = { price = 1.5 }\n"),
             Contains("buying.reasons.price = 1.5 is outside [0, 1]"));
  CHECK_THAT(mistakes("[buying]\nreasons = [0.3, 0.7]\n"),
             Contains("Expected: { price = 0.3, quality = 0.7 } (why customers come, share)."));
  CHECK_THAT(mistakes("[buying]\nmoves = { low = 0.5 }\n"), Contains("Expected: { down = 0.1, same = 0.8, up = 0.1 }"));
  CHECK_THAT(mistakes("[buying]\nmoves = 0.5\n"),
             Contains("Expected: { low = { down = 0.1, same = 0.8, up = 0.1 }, ... }"));
  CHECK_THAT(mistakes("[buying]\nmoves.middle.up = 0.5\n"), Contains("buying.moves.middle is not part of a study."));
}

TEST_CASE("an answer names them by their labels") {
  const sim::OutcomeInfo info = sim::Plan(reading("").study, small_catalogue()).info();
  const auto found = std::ranges::find(info.assumptions, "buying.reasons", &sim::Assumption::path);
  REQUIRE(found != info.assumptions.end());
  CHECK_THAT(found->value, Contains("price 0.3, quality 0.7"));
  CHECK_THAT(found->value, Contains("b: price 0.9, quality 0.7"));
}

}  // namespace clientele::tests
