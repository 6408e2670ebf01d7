// What a policy sets for all customers, as a study says it.
#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;

scenarios::StudyReading reading(const std::string& settings) {
  return scenarios::read_study_text(
      "[population]\ncustomers = 100\n[[policy]]\nname = \"today\"\nsegmentation = "
      "\"everyone\"\n" +
          settings,
      "a.toml", ".", small_catalogue(), {});
}

std::string mistakes(const std::string& settings) {
  try {
    reading(settings);
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("a policy sets a number at once, from a month on, or in steps") {
  const auto settings = [](const std::string& text) { return reading(text).study.policies[0].settings; };
  CHECK(settings("").empty());
  const auto once = settings("settings = { buying.budget = 50 }\n");
  REQUIRE(once.size() == 1);
  CHECK(once[0].field == sim::FieldRef{0, 8});
  CHECK(once[0].value == 50);
  CHECK_FALSE(once[0].from);
  const auto later =
      settings("settings.buying.budget = { value = 50, from = 6, ramp = 3 }\nsettings.buying.seats = 9\n");
  REQUIRE(later.size() == 2);
  CHECK(later[0].from == 6);
  CHECK(later[0].ramp == 3);
  CHECK(later[1].value == 9);
  const auto steps =
      settings("settings.buying.seats = [ { value = 5 }, { value = 6, from = 3 }, { value = 7, from = 9 } ]\n");
  REQUIRE(steps.size() == 3);
  CHECK(steps[2].from == 9);
  // Twice for a month each: a promotion in March and in September.
  const auto twice = settings(
      "settings.buying.seats = [ { value = 2, from = 2 }, { value = 1, from = 3 }, { value = 2, from = 8 }, { value = "
      "1, from = 9 } ]\n");
  REQUIRE(twice.size() == 4);
  CHECK(twice[3].value == 1);
  CHECK(twice[3].from == 9);
}

TEST_CASE("settings belong to what a study says, and an answer tells them") {
  const auto digest = [](const std::string& text) { return reading(text).study.digest; };
  CHECK(digest("") != digest("settings.buying.budget = 50\n"));
  CHECK(digest("settings.buying.budget = { value = 50, from = 3 }\n") != digest("settings.buying.budget = 50\n"));
  const sim::Study study = reading("settings.buying.budget = { value = 5000, from = 6, ramp = 3 }\n").study;
  CHECK_THAT(sim::Plan(study, small_catalogue()).info().texts.policy_rules.at(0),
             Contains("; buying.budget 5,000 from month 6, growing over 3 months"));
}

TEST_CASE("what cannot be set is told") {
  CHECK_THAT(mistakes("settings.buying.discount = 0.1\n"),
             Contains("settings.buying.discount is no setting (a tier sets it: it is a lever)."));
  CHECK_THAT(mistakes("settings.buying.chance = 0.1\n"),
             Contains("settings.buying.chance is no setting (no policy can set it)."));
  CHECK_THAT(mistakes("settings.buying.budgets = 1\n"), Contains("Did you mean budget?"));
  CHECK_THAT(mistakes("settings.buying.seats = 100\n"), Contains("is outside [0, 99]"));
  CHECK_THAT(mistakes("settings.buying.seats = { value = 9, from = 3, ramp = 4 }\n"),
             Contains("a whole number does not grow"));
  CHECK_THAT(mistakes("settings.buying.budget = { value = 9, ramp = 4 }\n"), Contains("ramp needs a month"));
  CHECK_THAT(mistakes("settings.buying.budget = { from = 3 }\n"), Contains("value is missing"));
  CHECK_THAT(mistakes("settings.buying.seats = [ { value = 5, from = 3 }, { value = 6, from = 3 } ]\n"),
             Contains("the months of its values do not rise"));
  CHECK_THAT(mistakes("settings.buying.seats = [ { value = 5, from = 4 }, { value = 6, from = 3 } ]\n"),
             Contains("the months of its values do not rise"));
  CHECK_THAT(mistakes("settings.buying.seats = [ 5, { value = 6, from = 3 } ]\n"), Contains("is a number. Expected: "));
}

}  // namespace clientele::tests
