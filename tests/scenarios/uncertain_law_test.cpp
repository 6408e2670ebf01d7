// No draw of what is uncertain leaves the range of its field: laws are refused, and so are draws, never bent.
#include "scenarios/reader/uncertain_law.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>

#include "sim/draws.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using scenarios::chance_outside;
using sim::Family;
using sim::range;

const std::string least = R"([population]
customers = 100
[[policy]]
name = "today"
segmentation = "everyone"
)";

std::string mistakes(const std::string& text) {
  try {
    scenarios::read_study_text(text, "a.toml", ".", small_catalogue(), {});
  } catch (const sim::UserError& error) {
    CHECK(error.status() == sim::Exit::bad_data);
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("the chance to leave a range is that of the law, for a beta law a bound from above") {
  const boost::math::normal_distribution<> normal(2, 0.5), logs(std::log(2) - 0.5 * 0.3F * 0.3F, 0.3F);
  CHECK(chance_outside({Family::normal, {2, 0.5F}}, range(1, 4)) ==
        Approx(cdf(normal, 1) + cdf(complement(normal, 4))).epsilon(1e-6));
  CHECK(chance_outside({Family::lognormal, {2, 0.3F}}, range(1, 4)) ==
        Approx(cdf(logs, std::log(1)) + cdf(complement(logs, std::log(4)))).epsilon(1e-6));
  CHECK(chance_outside({Family::normal, {2, 0}}, range(1, 4)) == 0);
  CHECK(chance_outside({Family::lognormal, {2, 0.3F}}, range(0, 1e4)) < 1e-100);
  for (const float a : {0.5F, 2.F, 20.F})
    for (const float mean : {0.1F, 0.36F, 0.9F}) {
      const boost::math::beta_distribution<> beta(a, a * (1 - mean) / mean);
      const double exact = cdf(beta, 0.02) + cdf(complement(beta, 0.97));
      const double bound = chance_outside({Family::beta, {mean, a}}, range(0.02, 0.97));
      CAPTURE(a, mean, exact, bound);
      CHECK(bound >= exact * (1 - 1e-4));
      CHECK(bound <= std::min(1.0, 3 * exact + 1e-12));
    }
}

TEST_CASE("an uncertain number whose law leaves its range is refused where it stands, with a law that fits") {
  const auto with = [](const std::string& law) {
    return mistakes("[uncertain]\nbuying.chance = " + law + "\n[experiment]\ndraws = 4\n" + least);
  };
  CHECK_THAT(
      with("{ dist = \"normal\", mean = 0.1, sd = 0.1 }"),
      contains("a.toml:2:17: uncertain.buying.chance: draws of this law leave the range (buying.chance must be in "
               "[0, 1], and about 15.9 % would not be). Did you mean { dist = \"beta\", mean = 0.1, a = 0.8 }?"));
  CHECK_THAT(with("{ file = \"chances.csv\", column = \"chance\" }"),
             contains("a.toml:2:17: uncertain.buying.chance names a file of its own (draws of a file are columns of "
                      "uncertain.file, called by the paths of their numbers)"));
  CHECK_THAT(with("{ dist = \"lognormal\", mean = 0.5, sd_log = 0.5 }"),
             contains("{ dist = \"beta\", mean = 0.5, a = "));
  CHECK(with("{ dist = \"normal\", mean = 0.1, sd = 0.02 }") == "none");
  CHECK(with("{ dist = \"lognormal\", mean = 0.01, sd_log = 0.5 }") == "none");
  CHECK(with("{ dist = \"beta\", mean = 0.1, a = 0.8 }") == "none");
  CHECK(with("{ dist = \"uniform\", low = 0, high = 1 }") == "none");
  const std::string rate = "[uncertain]\nbuying.rate.mean = ";
  CHECK_THAT(
      mistakes(rate + "{ dist = \"normal\", mean = 2, sd = 1 }\n" + least),
      contains("[0, 100], and about 2.28 % would not be). Did you mean { dist = \"lognormal\", mean = 2, sd_log = "
               "0.472 }?"));
  CHECK_THAT(mistakes(rate + "{ dist = \"lognormal\", mean = 60, sd_log = 1 }\n" + least),
             contains("Did you mean { dist = \"uniform\", low = 0, high = 100 }?"));
  CHECK_THAT(mistakes(rate + "{ dist = \"normal\", mean = 90, sd = 5 }\n" + least),
             contains("Did you mean { dist = \"uniform\", low = 81.3, high = 98.7 }?"));
}

// At 4.8 standard deviations a law passes: one draw in 1.3 million would leave. Where that is one that the study asks
// for, the reader finds it; of eight seeds with a million draws each, e^-6 of all cases have none.
TEST_CASE("no draw that a study asks for is outside of its range, however rare it is") {
  const auto asking = [](int seed, int draws) {
    return mistakes("seed = " + std::to_string(seed) +
                    "\n[uncertain]\nbuying.chance = { dist = \"normal\", mean = 0.48, sd = 0.1 }\n" +
                    "[experiment]\ndraws = " + std::to_string(draws) + "\n" + least);
  };
  std::vector<std::string> refused;
  for (int seed = 1; seed <= 8; ++seed)
    if (const std::string told = asking(seed, 1'000'000); told != "none") refused.push_back(told);
  REQUIRE_FALSE(refused.empty());
  CHECK(refused.size() < 8);
  CHECK_THAT(refused[0], contains("a.toml:3:17: uncertain.buying.chance = "));
  CHECK_THAT(refused[0], contains("in draw "));
  CHECK_THAT(refused[0], contains("is outside [0, 1]. Did you mean { dist = \"beta\", mean = 0.48, a = 11.5 }?"));
  CHECK(asking(1, 1000) == "none");
}

namespace {

const std::string placed = R"(money_quantum = 0.01
[population]
customers = 100
[[scenario]]
name = "bad years"
shock = [ { driver = "demand", times = 0.9, from = 2 }, { driver = "mood", plus = 1 },
          { driver = "demand", times = 0.8, from = 6 } ]
[[policy]]
name = "A & B"
segmentation = { rule = "rank" }
settings = { buying.budget = [ { value = 100 }, { value = 200, from = 3 } ] }
tier = [ { name = "A", share = 0.2, discount = 0.1 }, { name = "B" } ]
[[policy]]
name = "plain"
segmentation = "everyone"
settings = { buying.budget = 50, buying.seats = 3 }
)";

}  // namespace

TEST_CASE("numbers of tiers, settings and shocks are uncertain by the paths of options, and a shock by its driver") {
  using Of = sim::Uncertain::Place::Of;
  const std::string law = " = { dist = \"uniform\", low = 0.1, high = 0.3 }\n";
  const std::string lines = "[uncertain]\npolicy.\"A & B\".tier.A.discount" + law +
                            "policy.\"A & B\".settings.buying.budget.2" + law +
                            "policy.plain.settings.buying.budget = \"20 to 30\"\nscenario.\"bad years\".mood" + law +
                            "scenario.\"bad years\".shock.3.times" + law + "draws = 2\n";
  const auto reading = scenarios::read_study_text(placed + lines, "a.toml", ".", small_catalogue(), {});
  const sim::Study& study = reading.study;
  REQUIRE(study.uncertain.size() == 5);
  std::vector<std::string> paths;
  for (const sim::Uncertain& uncertain : study.uncertain) paths.push_back(uncertain.path);
  CHECK(paths ==
        std::vector<std::string>{"policy.\"A & B\".tier.A.discount", "policy.\"A & B\".settings.buying.budget.2",
                                 "policy.plain.settings.buying.budget", "scenario.\"bad years\".shock.mood.plus",
                                 "scenario.\"bad years\".shock.3.times"});
  CHECK(study.uncertain[0].place->of == Of::tier);
  CHECK((study.uncertain[1].place->owner == 0 && study.uncertain[1].place->part == 1));
  CHECK((study.uncertain[3].place->of == Of::shock && study.uncertain[3].place->part == 1));
  CHECK(study.uncertain[4].place->part == 2);
  CHECK((study.uncertain[2].law.values[0] == 20 && study.uncertain[2].law.values[1] == 30));
  CHECK_THAT(reading.warnings.at(0), contains("\"20 to 30\" is understood as any value from 20 to 30, each as likely"));
  const std::vector<double> drawn{0.2, 150, 25, 2, 0.5};
  CHECK(sim::level_in_draw(study, drawn, 0, 0, study.policies[0].tiers[0].levers[0]) == 0.2);
  CHECK(sim::setting_in_draw(study, drawn, 0, 0) == 100);
  CHECK(sim::setting_in_draw(study, drawn, 0, 1) == 150);
  CHECK(sim::setting_in_draw(study, drawn, 1, 0) == 25);
  CHECK(sim::size_in_draw(study, drawn, 0, 0) == 0.9);
  CHECK(sim::size_in_draw(study, drawn, 0, 1) == 2);
  CHECK(sim::size_in_draw(study, drawn, 0, 2) == 0.5);
  const sim::Study with = sim::with_placed_draw(study, drawn);
  CHECK((with.scenarios[0].shocks[2].size == 0.5 && with.policies[0].tiers[0].levers[0].value == 0.2));
}

TEST_CASE("a path that leads to no number of a policy or a scenario, or to two, is told with what there is") {
  const auto with = [](const std::string& path,
                       const std::string& law = "{ dist = \"uniform\", low = 0.1, high = 0.3 }") {
    return mistakes(placed + "[uncertain]\n" + path + " = " + law + "\n");
  };
  CHECK_THAT(
      with("scenario.\"bad years\".demand"),
      contains("a.toml:18:22: uncertain.scenario.\"bad years\".shock.demand: scenario \"bad years\" has 2 shocks of "
               "it. Did you mean uncertain.scenario.\"bad years\".shock.1.times (from = 2) or "
               "uncertain.scenario.\"bad years\".shock.3.times (from = 6)?"));
  CHECK_THAT(with("scenario.\"bad years\".moood"), contains("(it moves demand or mood). Did you mean mood?"));
  CHECK_THAT(with("scenario.bad.mood"), contains("is no scenario of this study (there are: bad years)"));
  CHECK_THAT(with("policy.\"A & B\".tier.B.discount"), contains("sets no lever (what is uncertain is stated as well)"));
  CHECK_THAT(with("policy.\"A & B\".tier.A.discont"),
             contains("(what is uncertain is stated as well; it sets discount). "
                      "Did you mean discount?"));
  CHECK_THAT(with("policy.\"A & B\".tier.C.discount"), contains("is no tier of this study (there are: A, B)"));
  CHECK_THAT(
      with("policy.\"A & B\".settings.buying.budget"),
      contains("has 2 values, each with its month. Did you mean uncertain.policy.\"A & B\".settings.buying.budget.1 "
               "or uncertain.policy.\"A & B\".settings.buying.budget.2?"));
  CHECK_THAT(with("policy.plain.settings.buying.seats"), contains("cannot be drawn (only numbers with fractions can)"));
  CHECK_THAT(with("policy.plain.settings.buying.discount"), contains("does not set it"));
  CHECK_THAT(with("policy.plain.discount"), contains("is not part of a study"));
  CHECK_THAT(with("policy.\"A & B\".tier.A.discount", "{ dist = \"normal\", mean = 0.1, sd = 0.1 }"),
             contains("leave the range (policy.\"A & B\".tier.A.discount must be in [0, 0.9]"));
  CHECK_THAT(with("scenario.\"bad years\".shock.1.times", "\"-1 to 2\""), contains("is outside"));
  CHECK_THAT(with("buying.chance", "\"0.1 to 0,2 to 3\""), contains("is text. Expected: a law"));
  CHECK_THAT(
      mistakes(placed + "[uncertain]\nscenario.\"bad years\".mood = \"1 to 2\"\n"
                        "scenario.\"bad years\".shock.mood.plus = \"1 to 3\"\n"),
      contains("uncertain.scenario.\"bad years\".shock.mood.plus is said twice (two paths lead to it). Which one?"));
  CHECK_THAT(mistakes("[buying]\nchance = \"0.1 to 0.2\"\n" + least),
             contains("What is not known stands in [uncertain], beside the number here."));
}

TEST_CASE("tiers and settings that policies were given by others go along with what they are copies of") {
  const auto study =
      scenarios::read_study_text(
          "[population]\ncustomers = 9\n[[policy]]\nname = \"now\"\nsegmentation = \"everyone\"\n"
          "discount = 0.1\nsettings = { buying.budget = 50 }\n[[policy]]\nname = \"ranks\"\n"
          "segmentation = \"rank\"\nsettings = { buying.budget = 60 }\n"
          "tier = [ { name = \"A\", share = 0.2, discount = 0.2 }, { name = \"B\", discount = 0 } ]\n"
          "[[policy]]\nname = \"late\"\nsegmentation = \"everyone\"\nrollout = [ { month = 6 } ]\n"
          "[experiment]\nbaseline = \"now\"\nwhy = true\ndraws = 3\n[uncertain]\n"
          "policy.now.tier.all.discount = \"0.05 to 0.15\"\npolicy.ranks.tier.A.discount = \"0.1 to 0.3\"\n"
          "policy.ranks.settings.buying.budget = \"50 to 70\"\n",
          "a.toml", ".", small_catalogue(), {})
          .study;
  const std::vector<double> drawn{0.07, 0.25, 55};
  REQUIRE(study.policies.size() == 7);
  REQUIRE(study.policies[2].before == 1);
  CHECK(sim::level_in_draw(study, drawn, 2, 1, study.policies[2].tiers[1].levers.at(0)) == 0.07);
  for (const std::uint32_t copy : {1U, 3U, 4U}) {
    CHECK(sim::level_in_draw(study, drawn, copy, 0, study.policies[copy].tiers[0].levers.at(0)) == 0.25);
    CHECK(sim::level_in_draw(study, drawn, copy, 1, study.policies[copy].tiers[1].levers.at(0)) == 0);
    CHECK(sim::setting_in_draw(study, drawn, copy, 0) == 55);
  }
  CHECK(sim::setting_in_draw(study, drawn, 0, 0) == 50);
}

}  // namespace clientele::tests
