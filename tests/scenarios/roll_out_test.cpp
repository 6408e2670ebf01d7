// How a study says that a policy rolls out, and what is told of one that cannot.
#include "sim/roll_out.hpp"

#include "scenarios/study_reader.hpp"
#include "sim/plan.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;

const std::string groups =
    "[[population.group]]\nname = \"a\"\nshare = 0.25\n[[population.group]]\nname = \"b\"\nshare = 0.75\n";

std::string study_with(const std::string& rollout, const std::string& more = "") {
  return "[population]\ncustomers = 100\n" + groups +
         "[[policy]]\nname = \"today\"\nsegmentation = \"everyone\"\ntier = [ { name = \"all\", discount = 0.01 } ]\n" +
         more + "[[policy]]\nname = \"ranked\"\nsegmentation = \"rank\"\n" + rollout +
         "tier = [ { name = \"A\", share = 0.2, discount = 0.05 }, { name = \"B\" } ]\n";
}

scenarios::StudyReading reading(const std::string& text) {
  return scenarios::read_study_text(text, "a.toml", ".", small_catalogue(), {});
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

std::string warnings(const std::string& text) {
  std::string all;
  for (const std::string& warning : reading(text).warnings) all += warning + "\n";
  return all;
}

}  // namespace

TEST_CASE("a policy that rolls out is not split by cause, and a warning says why") {
  const std::string asked = study_with("rollout = [ { month = 3, share = 0.25 } ]\n") + "[experiment]\nwhy = true\n";
  CHECK(reading(asked).study.policies.size() == 2);
  CHECK_THAT(warnings(asked), Contains("experiment.why does not split the difference of \"ranked\", which rolls out"));
  const std::string at_once = study_with("") + "[experiment]\nwhy = true\n";
  CHECK(reading(at_once).study.policies.size() == 6);
  CHECK_THAT(warnings(at_once), !Contains("experiment.why"));
}

TEST_CASE("steps of a roll-out are read, and the baseline's tiers stand behind the policy's own") {
  const sim::Study study =
      reading(study_with("rollout = [ { month = 3, share = 0.25 }, { month = 6, group = \"b\" }, { month = 9 } ]\n"))
          .study;
  const sim::Policy& policy = study.policies[1];
  REQUIRE(policy.rollout.size() == 3);
  CHECK(policy.rollout[0].month == 3);
  CHECK(policy.rollout[0].share == 0.25);
  CHECK_FALSE(policy.rollout[0].group);
  CHECK(policy.rollout[1].share == 1);
  CHECK(policy.rollout[1].group == 1U);
  REQUIRE(policy.tiers.size() == 3);
  CHECK(policy.before == 1);
  CHECK(policy.entry == 1);
  CHECK(policy.tiers[2].name == "before: all");
  CHECK(policy.tiers[2].levers.at(0).value == 0.01);
  CHECK(sim::own_tiers(policy).size() == 2);
  CHECK(study.policies[0].before == 0);
}

TEST_CASE("a roll-out belongs to what a study says") {
  const auto digest = [](const std::string& rollout) { return reading(study_with(rollout)).study.digest; };
  CHECK(digest("") != digest("rollout = [ { month = 3 } ]\n"));
  CHECK(digest("rollout = [ { month = 3 } ]\n") != digest("rollout = [ { month = 4 } ]\n"));
  CHECK(digest("rollout = [ { month = 3 } ]\n") != digest("rollout = [ { month = 3, group = \"a\" } ]\n"));
  CHECK(digest("rollout = [ { month = 3 } ]\n") == digest("rollout = [ { month = 3, share = 1.0 } ]\n"));
}

TEST_CASE("an answer says whom a policy reaches, and that its tiers before are another's") {
  const std::string none = "[[policy]]\nname = \"none\"\nsegmentation = \"everyone\"\nrollout = [ { month = 2 } ]\n";
  const sim::Study study =
      reading(
          study_with("rollout = [ { month = 3, share = 0.25 }, { month = 6, group = \"b\" }, { month = 9 } ]\n", none))
          .study;
  const sim::OutcomeInfo info = sim::Plan(study, small_catalogue()).info();
  CHECK(info.texts.roll_outs.at(0).empty());
  CHECK(info.texts.roll_outs.at(2) ==
        "25 % of customers from month 3, all of group b from month 6, all customers from month 9 (until then they live "
        "as under today)");
  CHECK(info.texts.tier_rules.at(2).at(2) == "not reached yet: as under today");
  REQUIRE(info.levers.size() == 1);  // the discount, which today and ranked give, and none does not
  CHECK(info.levers[0].policies == std::vector<std::string>{"today", "ranked"});
}

TEST_CASE("what a roll-out cannot be is told") {
  CHECK_THAT(mistakes(study_with("rollout = [ { share = 0.5 } ]\n")),
             Contains("policy \"ranked\": rollout: month is missing (from when on). Expected: { month = 6 }."));
  CHECK_THAT(mistakes(study_with("rollout = [ { month = 96 } ]\n")),
             Contains("month = 96 is after the last month (95; 0 is the first)."));
  CHECK_THAT(mistakes(study_with("rollout = [ { month = 3, share = 25 } ]\n")),
             Contains("share = 25 is outside [0, 1]"));
  CHECK_THAT(mistakes(study_with("rollout = [ { month = 3, group = \"c\" } ]\n")), Contains("\"c\""));
  CHECK_THAT(mistakes(study_with("rollout = [ { month = 3, shares = 0.5 } ]\n")),
             Contains("rollout: shares is not part of a study. Did you mean share?"));
  CHECK_THAT(mistakes(study_with("rollout = 3\n")), Contains("rollout"));
  CHECK_THAT(mistakes(study_with("rollout = [ { month = 3 } ]\n") + "[experiment]\nbaseline = \"ranked\"\n"),
             Contains("policy \"ranked\": the baseline cannot roll out (it is what customers live under who are not "
                      "reached yet). Did you mean another baseline?"));
  std::string many = "[[policy]]\nname = \"many\"\nsegmentation = \"rank\"\nrollout = [ { month = 3 } ]\n";
  for (int k = 0; k < 32; ++k)
    many += "[[policy.tier]]\nname = \"t" + std::to_string(k) + "\"\n" + (k < 31 ? "share = 0.01\n" : "");
  CHECK_THAT(mistakes(study_with("", many)),
             Contains("policy \"many\": 33 tiers, with those before its roll-out, are more than 32."));
}

TEST_CASE("a policy that grandfathers reaches newcomers at once and everybody else later") {
  const sim::Study study = reading(study_with("grandfathering = 12\n")).study;
  const sim::Policy& policy = study.policies[1];
  CHECK(policy.grandfathering == 12);
  CHECK(sim::reached_share(policy, 0, 11) == 0);
  CHECK(sim::reached_share(policy, 0, 12) == 1);
  CHECK(sim::reaches_somebody(policy, 0));
  CHECK(policy.before == 1);
  CHECK(sim::Plan(study, small_catalogue()).info().texts.roll_outs.at(1) ==
        "newcomers at once and all who were there before from month 12 (until then they live as under today)");
  CHECK(study.digest != reading(study_with("rollout = [ { month = 12 } ]\n")).study.digest);
  CHECK_THAT(warnings(study_with("grandfathering = 90\n") + "[horizon]\nmonths = 24\n"),
             Contains("keep the baseline's tiers to the end"));
  CHECK_THAT(mistakes(study_with("grandfathering = 12\nrollout = [ { month = 3 } ]\n")),
             Contains("policy \"ranked\": grandfathering does not go with rollout (both say who is reached when)."));
  CHECK_THAT(mistakes(study_with("grandfathering = 0\n")), Contains("grandfathering = 0 is outside [1,"));
  CHECK_THAT(mistakes(study_with("grandfathering = 12\n") + "[experiment]\nbaseline = \"ranked\"\n"),
             Contains("policy \"ranked\": the baseline has nothing to grandfather (it is what customers keep). Did you "
                      "mean another baseline?"));
}

TEST_CASE("a tier is valid for some time where tiers start from a value") {
  const std::string spend =
      "[[policy]]\nname = \"bands\"\nsegmentation = \"spend\"\nvalidity = 12\n"
      "tier = [ { name = \"gold\", from = 1000 }, { name = \"rest\" } ]\n";
  const sim::Study study = reading(study_with("", spend)).study;
  CHECK(study.policies[1].validity == 12);
  CHECK_THAT(sim::Plan(study, small_catalogue()).info().texts.policy_rules.at(1),
             Contains("; a tier is kept for 12 months at least"));
  CHECK_THAT(
      mistakes(study_with("validity = 12\n")),
      Contains("policy \"ranked\": validity goes with tiers that start from a value (from) or take customers by a "
               "condition (when), and the tiers here are shares of customers"));
  CHECK_THAT(warnings(study_with("", "[[policy]]\nname = \"one\"\nsegmentation = \"everyone\"\nvalidity = 3\n")),
             Contains("validity has no effect (everyone moves nobody from tier to tier)"));
}

TEST_CASE("an option that makes the horizon short makes no mistake of a step after it") {
  const auto reading =
      scenarios::read_study_text(study_with("rollout = [ { month = 6 } ]\n"), "a.toml", ".", small_catalogue(),
                                 {{"--months 3", "horizon.months", "3"}, {"", "beyond.months", "2"}});
  REQUIRE(reading.warnings.size() == 1);
  CHECK_THAT(reading.warnings[0], Contains("month = 6 is after the last month (4; 0 is the first)."));
}

TEST_CASE("a step after the horizon is felt by value beyond it alone") {
  CHECK_THAT(warnings(study_with("rollout = [ { month = 36 } ]\n")),
             Contains("month = 36 is after the horizon of 36 months: only value beyond it feels the step."));
}

TEST_CASE("a step that reaches nobody more is warned about") {
  CHECK(warnings(study_with("rollout = [ { month = 3, share = 0.5 }, { month = 6 } ]\n")) == "");
  CHECK_THAT(warnings(study_with("rollout = [ { month = 3, share = 0.5 }, { month = 6, share = 0.25 } ]\n")),
             Contains("reaches nobody more than month 3 has reached"));
  CHECK_THAT(warnings(study_with("rollout = [ { month = 3, share = 0.0 } ]\n")), Contains("nobody is reached"));
}

}  // namespace clientele::tests
