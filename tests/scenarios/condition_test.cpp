// Tiers by condition and by group: what is read, and the proof that each customer is in exactly one tier.
#include "scenarios/reader/partition.hpp"
#include "scenarios/study_reader.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;
using Of = sim::Condition::Of;

std::string study_with(const std::string& rule, const std::string& tiers) {
  return "[population]\ncustomers = 100\n[[population.group]]\nname = \"a\"\nshare = 0.25\n[[population.group]]\n"
         "name = \"b\"\nshare = 0.75\n[[policy]]\nname = \"p\"\nsegmentation = \"" +
         rule + "\"\n" + tiers;
}
std::string tier(const std::string& name, const std::string& rest = "") {
  return "[[policy.tier]]\nname = \"" + name + "\"\n" + rest + "\n";
}

scenarios::StudyReading reading(const std::string& text) {
  return scenarios::read_study_text(text, "a.toml", ".", small_catalogue(), {});
}
std::string mistakes(const std::string& text) {
  try {
    reading(text);
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}
std::string warnings(const std::string& text) {
  std::string all;
  for (const std::string& warning : reading(text).warnings) all += warning + "\n";
  return all;
}

const std::string loyal = tier("loyal", "when = { orders = { at_least = 6 }, quiet = { below = 3 } }");

}  // namespace

TEST_CASE("what is said of several keys must hold of all; any, not and group are conditions too") {
  const sim::Study study =
      reading(study_with("rules", tier("one",
                                       "when = { orders = { at_least = 6, below = 9 }, any = [ { group = \"b\" }, "
                                       "{ not = { profit = { at_least = -5 } } } ] }") +
                                      tier("rest")))
          .study;
  const sim::Condition& when = study.policies[0].tiers[0].when.value();
  CHECK(when.of == Of::all);
  REQUIRE(when.parts.size() == 2);
  const auto holds = [&](double orders, double profit, std::uint32_t group) {
    return scenarios::holds_of(when, {{orders, profit, 1}, group});
  };
  CHECK(holds(6, 0, 1));
  CHECK_FALSE(holds(5.9, 0, 1));
  CHECK_FALSE(holds(9, 0, 1));
  CHECK_FALSE(holds(6, 0, 0));
  CHECK(holds(6, -6, 0));
  CHECK_FALSE(holds(6, -5, 0));
  CHECK_FALSE(study.policies[0].tiers[1].when);
}

TEST_CASE("a condition belongs to what a study says") {
  const auto digest = [](const std::string& when) {
    return reading(study_with("rules", tier("one", "when = " + when) + tier("rest"))).study.digest;
  };
  CHECK(digest("{ orders = { at_least = 6 } }") == digest("{ orders = { at_least = 6.0 } }"));
  CHECK(digest("{ orders = { at_least = 6 } }") != digest("{ orders = { at_least = 7 } }"));
  CHECK(digest("{ orders = { at_least = 6 } }") != digest("{ orders = { below = 6 } }"));
  CHECK(digest("{ orders = { at_least = 6 } }") != digest("{ quiet = { at_least = 6 } }"));
  CHECK(digest("{ not = { orders = { below = 6 } } }") != digest("{ any = [ { orders = { below = 6 } } ] }"));
  CHECK(digest("{ group = \"a\" }") != digest("{ group = \"b\" }"));
}

TEST_CASE("tiers that overlap are told with a customer who is in both") {
  const std::string text =
      mistakes(study_with("rules", loyal + tier("large", "when = { orders = { at_least = 9 } }") + tier("rest")));
  CHECK_THAT(text, Contains("overlap: a customer with orders = 9, quiet = 1 is in both (each is in one tier)"));
  CHECK(mistakes(study_with("rules", loyal +
                                         tier("large",
                                              "when = { orders = { at_least = 9 }, quiet = { at_least = 3 "
                                              "} }") +
                                         tier("rest"))) == "none");
}

TEST_CASE("a gap is told with a customer whom no tier takes; the last tier without a condition takes the rest") {
  const std::string few = tier("few", "when = { orders = { below = 6 } }");
  CHECK_THAT(mistakes(study_with("rules", loyal + few)),
             Contains("no tier takes a customer with orders = 6, quiet = 3") && Contains("takes the rest"));
  CHECK(mistakes(study_with("rules", loyal + few + tier("rest"))) == "none");
  CHECK_THAT(warnings(study_with("rules", few + tier("more", "when = { orders = { at_least = 6 } }") + tier("rest"))),
             Contains("\"rest\": the other tiers take everybody: nobody is in this tier"));
  CHECK_THAT(warnings(study_with("rules", tier("none", "when = { orders = { below = 0 } }") + tier("rest"))),
             Contains("\"none\": nobody can meet its condition"));
}

TEST_CASE("groups are in one tier each") {
  const sim::Study study = reading(study_with("attribute", tier("one", "groups = [\"b\"]") + tier("rest"))).study;
  CHECK(study.policies[0].tiers[0].when->groups == std::vector<std::uint32_t>{1});
  CHECK_THAT(mistakes(study_with("attribute", tier("one", "groups = \"a\"") + tier("two", "groups = [\"b\", \"a\"]"))),
             Contains("overlap: a customer of group \"a\" is in both"));
  CHECK_THAT(mistakes(study_with("attribute", tier("one", "groups = \"a\"") + tier("two", "groups = \"a\""))),
             Contains("overlap"));
  CHECK_THAT(mistakes(study_with("attribute", tier("one", "groups = \"aa\"") + tier("two"))),
             Contains("\"aa\"") && Contains("Did you mean \"a\""));
}

std::string with_attributes(const std::string& attributes, const std::string& segmentation, const std::string& tiers) {
  return "[population]\ncustomers = 100\n" + attributes + "[[policy]]\nname = \"p\"\nsegmentation = " + segmentation +
         "\n" + tiers;
}

TEST_CASE("attributes are read, tiers list their values, and conditions name them") {
  const std::string region =
      "[[population.attribute]]\nname = \"region\"\nvalues = [\"north\", \"south\"]\nshares = [0.3, 0.7]\n"
      "correlation = -0.4\n[[population.attribute]]\nname = \"size\"\nvalues = [\"s\", \"m\", \"l\"]\n";
  const std::string by_size = "{ rule = \"attribute\", by = \"size\" }";
  const sim::Study study =
      reading(with_attributes(region, by_size, tier("one", "values = [\"l\", \"s\"]") + tier("rest"))).study;
  const auto& attributes = study.population.attributes;
  REQUIRE(attributes.size() == 2);
  CHECK(attributes[0].values == std::vector<std::string>{"north", "south"});
  CHECK(attributes[0].shares == std::vector<double>{0.3, 0.7});
  CHECK(attributes[0].correlation == -0.4);
  CHECK(attributes[1].shares == std::vector<double>(3, 1 / 3.0));
  CHECK(study.policies[0].tiers[0].when->attribute == 1U);
  CHECK(study.policies[0].tiers[0].when->groups == std::vector<std::uint32_t>{0, 2});
  const auto rules = [&](const std::string& tiers) { return with_attributes(region, "\"rules\"", tiers); };
  const std::string north = tier("one", "when = { region = \"north\", orders = { at_least = 3 } }");
  CHECK(reading(rules(north + tier("rest"))).study.policies[0].tiers[0].when->parts.size() == 2);
  CHECK_THAT(mistakes(rules(north + tier("two", "when = { size = [\"m\"] }") + tier("rest"))),
             Contains("overlap: a customer of region \"north\" of size \"m\" with orders = 3 is in both"));
  CHECK(mistakes(with_attributes(region, by_size,
                                 tier("one", "values = [\"s\", \"m\"]") + tier("two", "values = \"l\""))) == "none");
  CHECK_THAT(mistakes(with_attributes(region, by_size, tier("one", "values = \"s\"") + tier("two", "values = \"l\""))),
             Contains("no tier takes a customer of size \"m\""));
  CHECK_THAT(mistakes(rules(tier("one", "when = { region = \"nroth\" }") + tier("rest"))),
             Contains("when.region = \"nroth\" is no value of \"region\"") && Contains("Did you mean \"north\"?"));
  CHECK_THAT(mistakes(with_attributes(region, "{ rule = \"attribute\", by = \"regoin\" }", tier("one"))),
             Contains("is no attribute of this study (there are: region, size)") && Contains("\"region\"?"));
  CHECK_THAT(mistakes(with_attributes(region, by_size, tier("one", "groups = \"all\"") + tier("rest"))),
             Contains("groups does not go with the segmentation attribute") && Contains("tier \"one\": has no values"));
  CHECK_THAT(mistakes(with_attributes("", by_size, tier("one", "values = \"s\"") + tier("rest"))),
             Contains("by = \"size\": the population has no attributes"));
}

TEST_CASE("attributes that cannot be are told, all at once") {
  const auto attribute = [](const std::string& name, const std::string& rest) {
    return "[[population.attribute]]\nname = \"" + name + "\"\n" + rest + "\n";
  };
  const std::string text =
      mistakes(with_attributes(attribute("a", "values = [\"x\", \"y\"]\nshares = [0.6, 0.6]") +
                                   attribute("a", "values = [\"x\", \"x\"]\nshares = [1]") +
                                   attribute("orders", "values = [1]\ncorrelation = 1.4") +
                                   attribute("d", "value = [\"x\"]") + attribute("e", "values = []"),
                               "\"everyone\"", ""));
  for (const char* part :
       {"attribute \"a\": shares add up to 1.2 (they must add up to 1)", "two attributes are called \"a\"",
        "values has \"x\" twice", "shares are 1, and there are 2 values",
        "\"orders\" is what a study calls something else", "values: 1 names no value",
        "correlation = 1.4 is outside [-1, 1]", "attribute \"d\": has no values", "Did you mean values?",
        "is no list of names", "population has 5 attributes. Expected: at most 4"})
    CHECK_THAT(text, Contains(part));
}

TEST_CASE("a band goes with tiers that start from a value, not with shares") {
  CHECK_THAT(
      mistakes(with_attributes("", "{ rule = \"rank\", hysteresis = 0.1 }", tier("1", "share = 0.2") + tier("2"))),
      Contains("segmentation.hysteresis goes with tiers that start from a value (from), and those of rank are "
               "shares of customers"));
}

TEST_CASE("bad conditions are told, all at once") {
  const std::string text = mistakes(study_with(
      "rules", tier("1", "when = { order = { at_least = 6 } }") + tier("2", "when = { orders = { atleast = 6 } }") +
                   tier("3", "when = { orders = 6 }") + tier("4", "when = { orders = { at_least = 6, below = 6 } }") +
                   tier("5", "when = {}") + tier("6", "share = 0.2") + tier("7", "when = { any = [] }") + tier("8")));
  for (const char* part :
       {"Did you mean orders?", "Did you mean at_least?", "when.orders = 6 is a number. Expected: { at_least = 6 }",
        "nobody has at least 6 and less than 6", "when says nothing", "share does not go with the segmentation rules",
        "tier \"6\": has no when", "when.any = [ ... ] is empty", "8 mistakes"})
    CHECK_THAT(text, Contains(part));
  CHECK_THAT(mistakes(study_with("rank", tier("1", "share = 0.2\nwhen = { orders = { below = 6 } }") + tier("2"))),
             Contains("when does not go with the segmentation rank"));
}

TEST_CASE("conditions of too many cases to look at are refused") {
  const sim::NumberInfo any{"n", "", {}};
  std::vector<sim::Condition> conditions(1);
  for (std::uint32_t n = 0; n < 3; ++n)
    for (int bound = 0; bound < 101; ++bound)
      conditions[0].parts.push_back({.of = Of::number, .number = n, .below = 1000.0 + bound});
  CHECK_FALSE(scenarios::partition_of(conditions, {any, any, any}, 1).is_proven);
  conditions[0].parts.resize(202);
  CHECK(scenarios::partition_of(conditions, {any, any, any}, 1).is_proven);
}

}  // namespace clientele::tests
