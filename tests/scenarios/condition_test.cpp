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
