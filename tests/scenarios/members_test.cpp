// How a study says that members of a program earn their tiers, and what is told of one that cannot.
#include "models/catalogue.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;

const std::string gold = "{ name = \"gold\", from = 5000 }", base = "{ name = \"base\", from = 0 }";
const std::string none = "{ name = \"none\", join = 0.3 }";

std::string study_with(const std::string& rule, const std::string& tiers, const std::string& more = "") {
  return "[population]\ncustomers = 100\n[[policy]]\nname = \"today\"\nsegmentation = \"everyone\"\n[[policy]]\n"
         "name = \"club\"\nsegmentation = { rule = \"earned\"" +
         rule + " }\n" + more + "tier = [ " + tiers + " ]\n";
}

scenarios::StudyReading reading(const std::string& text, const std::vector<scenarios::Override>& options = {}) {
  return scenarios::read_study_text(text, "a.toml", ".", models::catalogue(), options);
}

std::string mistakes(const std::string& text) {
  try {
    reading(text);
  } catch (const sim::UserError& error) {
    CHECK(error.status() == sim::Exit::bad_data);
    return error.what();
  }
  return "none";
}

std::string warnings(const std::string& text, const std::vector<scenarios::Override>& options = {}) {
  std::string all;
  for (const std::string& warning : reading(text, options).warnings) all += warning + "\n";
  return all;
}

std::string tiers(const std::string& one, const std::string& two, const std::string& three) {
  return one + ", " + two + ", " + three;
}

}  // namespace

TEST_CASE("tiers of members stand before that of who is none, in which newcomers begin") {
  const auto read = reading(study_with("", tiers(none, base, gold)));  // the last first
  CHECK(read.warnings.empty());
  const sim::Policy& club = read.study.policies[1];
  REQUIRE(club.tiers.size() == 3);
  CHECK(club.tiers[0].from == 5000);
  CHECK(club.tiers[1].from == 0);
  CHECK_FALSE(club.tiers[2].from);
  CHECK(club.entry == 2);
}

TEST_CASE("an answer says what tiers are counted in, and only of what counts") {
  const auto texts = [](const std::string& rule) {
    return sim::Plan(reading(study_with(rule, tiers(gold, base, none))).study, models::catalogue()).info().texts;
  };
  CHECK(texts("").tier_rules.at(1) == std::vector<std::string>{"from 5,000 EUR", "from 0 EUR", "no members"});
  CHECK(texts(", by = \"orders\"").tier_rules.at(1).front() == "from 5,000 orders");
  CHECK(texts(", by = \"credits\"").tier_rules.at(1).front() == "from 5,000 credits");
  CHECK_THAT(texts(", by = \"credits\", counts = { orders = 10 }").policy_rules.at(1), Contains("counts"));
  CHECK_THAT(texts("").policy_rules.at(1), Contains("year_begins") && !Contains("kept_months"));
  CHECK_THAT(texts(", kept = \"months\"").policy_rules.at(1), Contains("kept_months"));
}

TEST_CASE("a study whose members could not stand in its tiers is told why, and what would do") {
  CHECK_THAT(
      mistakes(study_with("", gold + ", " + base)),
      Contains("a.toml:9:59") && Contains("the last tier is of those who are no members, and starts from nothing. "
                                          "Expected: { name = \"none\", join = 0.3 } after it."));
  CHECK_THAT(mistakes(study_with("", tiers(gold, base, "{ name = \"others\", join = 0.3 }"))),
             Contains("tier \"others\": the last tier is of those who are no members, and is called \"none\""));
  CHECK_THAT(mistakes(study_with("", gold + ", " + none)),
             Contains("tier \"gold\": from = 5000: members who have not come to that are in no tier. Expected: from = "
                      "0, or a tier { name = \"base\", from = 0 } after it."));
  CHECK_THAT(
      mistakes(study_with(
          "", tiers("{ name = \"gold\", from = 100 }", "{ name = \"silver\", from = 500 }", base) + ", " + none)),
      Contains("a.toml:9:67: policy \"club\", tier \"silver\": from = 500 behind \"gold\", which has from = 100 "
               "(tiers stand from the best to the last). Did you mean from = 500 for \"gold\" and 100 for "
               "\"silver\", or \"silver\" before \"gold\"?"));
  CHECK_THAT(mistakes(study_with("", none)),
             Contains("tier \"none\": members have no tier. Expected: { name = \"base\", from = 0 } before it."));
  CHECK_THAT(mistakes(study_with("", tiers(gold, "{ name = \"other\", from = 5000 }", base) + ", " + none)),
             Contains("from = 5000 is that of tier \"gold\" as well"));
  CHECK_THAT(mistakes(study_with("", tiers(gold, base, none), "entry = \"base\"\n")),
             Contains("entry = \"base\": who is new is no member yet. Did you mean \"none\", or no entry?"));
  CHECK_THAT(mistakes(study_with("", tiers(gold, base, none), "validity = 12\n")),
             Contains("validity does not go with tiers that are earned (they are kept for terms of their own). Did you "
                      "mean segmentation.kept = \"months\" and kept_months = 12?"));
}

TEST_CASE("somebody must be able to join: by the last tier, by what holds for all, or under the baseline") {
  const std::string closed = "{ name = \"none\" }";
  CHECK_THAT(mistakes(study_with("", tiers(gold, base, closed))),
             Contains("a.toml:9:71: policy \"club\", tier \"none\": nobody ever joins (join is 0, or 1 as where nobody "
                      "has to, here and in all tiers of the baseline), so that no tier is earned. Expected: join = "
                      "0.3, a chance per order."));
  CHECK_THAT(mistakes(study_with("", tiers(gold, "{ name = \"base\", from = 0, join = 0.3 }", closed))),
             Contains("nobody ever joins"));
  CHECK(mistakes(study_with("", tiers(gold, base, closed)) + "[membership]\njoin = 0.2\n") == "none");
  const std::string before = "[[policy]]\nname = \"today\"\nsegmentation = \"everyone\"\n";
  std::string text = study_with("", tiers(gold, base, closed));
  text.insert(text.find(before) + before.size(), "tier = [ { name = \"all\", join = 0.1 } ]\n");
  CHECK(mistakes(text) == "none");
  const std::string path = "policy.club.tier.none.join";
  CHECK_THAT(warnings(study_with("", tiers(gold, base, none)), {{"--set " + path + "=0", path, "0"}}),
             Contains("nobody ever joins"));
}

TEST_CASE("where nobody can join, everybody stands with those who are no members") {
  const std::string path = "policy.club.tier.none.join";
  const sim::Study study =
      reading(study_with("", tiers(gold, base, none)), {{"--set " + path + "=0", path, "0"}}).study;
  CHECK_NOTHROW(sim::Plan(study, models::catalogue()));
}

TEST_CASE("terms that contradict each other, or that count for nothing, are told") {
  const auto with = [](const std::string& rule) { return study_with(rule, tiers(gold, base, none)); };
  CHECK_THAT(mistakes(with(", year = \"rolling\"")),
             Contains("segmentation.kept = \"next year\" does not go with year = \"rolling\" (the last 12 months are "
                      "over every month, and none is the next year). Did you mean kept = \"anniversary\"?"));
  CHECK_THAT(mistakes(with(", year_begins = 13")), Contains("segmentation.year_begins = 13 is outside [1, 12]"));
  CHECK_THAT(mistakes(with(", down = \"one stp\"")), Contains("Did you mean \"one step\"?"));
  CHECK_THAT(mistakes(with(", by = \"miles\"")), Contains("segmentation.by = \"miles\""));
  CHECK_THAT(mistakes(with(", by = \"credits\", counts = { spend = 0 }")),
             Contains("counts are all 0 (nothing gives a credit, so that no tier is earned)"));
  CHECK_THAT(mistakes(with(", by = \"credits\", counts = { order = 5 }")), Contains("Did you mean orders?"));
  CHECK_THAT(warnings(with(", counts = { orders = 5 }")),
             Contains("segmentation.counts has no effect (it counts with by = \"credits\" alone)"));
  CHECK(warnings(with(", by = \"credits\", counts = { spend = 1, orders = 10, elsewhere = 5 }")).empty());
  CHECK_THAT(warnings(with(", kept_months = 6")),
             Contains("segmentation.kept_months has no effect (it counts with kept = \"months\" alone). Did you mean "
                      "that kept?"));
  CHECK_THAT(warnings(with(", year = \"membership\", year_begins = 4")), Contains("year_begins has no effect"));
  CHECK(warnings(with(", kept = \"months\", kept_months = 6")).empty());
}

}  // namespace clientele::tests
