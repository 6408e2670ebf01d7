// A study's text becomes numbers by a stated precedence, and each mistake in it is told with its place.
#include "scenarios/study_reader.hpp"

#include <filesystem>
#include <fstream>

#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

const std::string least = R"([population]
customers = 100
[[policy]]
name = "today"
segmentation = "everyone"
)";

scenarios::StudyReading reading(const std::string& text, const std::vector<scenarios::Override>& options = {}) {
  return scenarios::read_study_text(text, "a.toml", ".", small_catalogue(), options);
}

scenarios::Override option(const std::string& path, const std::string& value) {
  return {"--set " + path + "=" + value, path, value};
}

std::string mistakes(const std::string& text, const std::vector<scenarios::Override>& options = {}) {
  try {
    reading(text, options);
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

const std::string groups =
    "[[population.group]]\nname = \"a\"\nshare = 0.25\n[[population.group]]\nname = \"b\"\nshare = 0.75\n";

std::string replaced(std::string text, const std::string& old, const std::string& now) {
  return text.replace(text.find(old), old.size(), now);
}

double discount_of(const sim::Study& study) { return study.values[0][3].numbers[0]; }

}  // namespace

TEST_CASE("the least study has stated defaults") {
  const sim::Study study = reading(least).study;
  CHECK(study.seed == 1);
  CHECK(study.horizon.months == 36);
  CHECK(study.draws == 0);
  CHECK(study.population.groups.size() == 1);
  CHECK(study.scenarios.size() == 1);
  CHECK(study.policies[0].tiers.size() == 1);
  CHECK(study.headline == "npv");
}

TEST_CASE("the first base is up to twenty years old, and a file's customers are warmed up for one, unless told") {
  const auto population = [](const std::string& said, const std::string& horizon = "") {
    const auto folder = std::filesystem::temp_directory_path() / "clientele-study-reader-test";
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "old.csv") << "id,tenure\na,7\n";
    std::ofstream(folder / "c.csv") << "id\na\n";
    auto read = scenarios::read_study_text(
        horizon + "[population]\n" + said + "\n[[policy]]\nname = \"p\"\nsegmentation = \"everyone\"\n", "a.toml",
        folder, small_catalogue(), {});
    std::filesystem::remove_all(folder);
    return read;
  };
  const sim::Study invented = population("customers = 9").study;
  CHECK(invented.population.oldest == 240);
  CHECK(invented.horizon.warmup == 0);
  CHECK(population("customers = 9\noldest = 0").study.population.oldest == 0);
  const sim::Study real = population("file = \"c.csv\"").study;
  CHECK(real.population.oldest == 240);
  CHECK(real.horizon.warmup == 12);
  CHECK(population("file = \"c.csv\"", "[horizon]\nwarmup = 0\n").study.horizon.warmup == 0);
  CHECK(population("file = \"c.csv\"", "[horizon]\nmonths = 5\n").study.horizon.warmup == 12);
  CHECK(population("file = \"old.csv\"").study.population.file->tenures == std::vector<std::int32_t>{7});
  CHECK(population("file = \"old.csv\"").study.digest != real.digest);
  CHECK(population("file = \"old.csv\"").warnings.empty());
  CHECK_THAT(population("file = \"old.csv\"\noldest = 60").warnings.at(0),
             contains("population.oldest has no effect (the file has a column \"tenure\")"));
  CHECK_THAT(mistakes(least, {option("population.oldest", "2000")}), contains("is outside [0, 1200] (months that"));
}

TEST_CASE("a table beats the default, a group beats the table, and an option beats both") {
  const std::string text =
      "[buying]\ndiscount = 0.1\n[[population.group]]\nname = \"a\"\nshare = 0.4\n"
      "buying.discount = 0.2\n[[population.group]]\nname = \"b\"\nshare = 0.6\n" +
      least;
  const sim::Study stated = reading(text).study;
  CHECK(discount_of(stated) == 0.1);
  REQUIRE(stated.population.groups[0].overrides.size() == 1);
  CHECK(stated.population.groups[0].overrides[0].value.numbers[0] == 0.2);
  CHECK(stated.population.groups[1].overrides.empty());

  const sim::Study told = reading(text, {option("buying.discount", "0.25")}).study;
  CHECK(discount_of(told) == 0.25);
  CHECK(told.population.groups[0].overrides.empty());

  const sim::Study one = reading(text, {option("population.group.b.buying.discount", "0.15")}).study;
  CHECK(one.population.groups[1].overrides.at(0).value.numbers[0] == 0.15);
}

TEST_CASE("an invented base of a year's warm-up goes on as before; else nobody joins unless the study says who") {
  const std::string warm = "[horizon]\nwarmup = 12\n" + least;
  const auto joining = [](const std::string& text, const std::string& arrivals) {
    const std::string line = arrivals.empty() ? "" : "customers = 100\narrivals = " + arrivals + "\n";
    return reading(arrivals.empty() ? text : replaced(text, "customers = 100\n", line)).study.population;
  };
  CHECK(joining(warm, "").arrivals == sim::Arrivals::as_before);
  CHECK(joining(warm, "").replacement == sim::Replacement::same_group);
  CHECK(joining(warm, "\"none\"").arrivals == sim::Arrivals::none);
  CHECK(joining(least, "").arrivals == sim::Arrivals::none);
  CHECK(joining("[horizon]\nwarmup = 11\n" + least, "").arrivals == sim::Arrivals::none);
  const sim::Population all = joining(groups + least, "8");
  CHECK(all.arrivals == sim::Arrivals::by_number);
  CHECK(all.groups[0].arrivals == 2);
  CHECK(all.groups[1].arrivals == 6);
  const sim::Population own =
      reading(replaced(replaced(groups, "0.25", "0.25\narrivals = 3.5"), "0.75", "0.75\narrivals = 0") + warm)
          .study.population;
  CHECK(own.arrivals == sim::Arrivals::by_number);
  CHECK(own.groups[0].arrivals == 3.5);
  CHECK(reading(warm).study.digest != reading(replaced(warm, "100", "100\narrivals = 8")).study.digest);
}

TEST_CASE("arrivals that do not go together are told why") {
  const std::string told = replaced(least, "100", "100\narrivals = \"as before\"");
  CHECK_THAT(mistakes(told), contains("needs 12 months of warm-up to look back on, and horizon.warmup = 0"));
  CHECK_THAT(mistakes(replaced(least, "100", "100\narrivals = \"many\"")), contains("is not what arrivals can be"));
  CHECK_THAT(mistakes(replaced(least, "100", "100\narrivals = -1")), contains("population.arrivals = -1"));
  const std::string one = replaced(groups, "0.25", "0.25\narrivals = 3");
  CHECK_THAT(mistakes(one + least), contains("group \"b\" has no arrivals, and another group has"));
  CHECK_THAT(mistakes(replaced(one, "0.75", "0.75\narrivals = 3") + replaced(least, "100", "100\narrivals = 8")),
             contains("population.arrivals does not go with arrivals of the groups"));
}

TEST_CASE("a top is cumulative and becomes own shares") {
  const std::string text =
      "[population]\ncustomers = 9\n[[policy]]\nname = \"p\"\nsegmentation = \"rank\"\n"
      "tier = [ { name = \"A\", top = 0.2 }, { name = \"B\", top = 0.5 }, { name = \"C\" } ]\n";
  const sim::Policy policy = reading(text).study.policies[0];
  CHECK(policy.tiers[0].share == 0.2);
  CHECK(policy.tiers[1].share == 0.3);
  CHECK_FALSE(policy.tiers[2].share);
  CHECK(policy.entry == 2);
  CHECK(reading(text, {option("policy.p.segmentation.every", "6")}).study.policies[0].values[0].numbers[0] == 6);
}

TEST_CASE("a study that says nothing of it has 100 futures that are independent of each other") {
  const std::string uncertain = "[uncertain]\nbuying.chance = { dist = \"uniform\", low = 0.1, high = 0.2 }\n";
  const sim::Study plain = reading(least).study;
  CHECK(plain.draws == 0);
  CHECK(plain.replications == 100);
  CHECK(plain.population.people == sim::People::redrawn);
  const sim::Study drawn = reading(uncertain + least).study;
  CHECK(drawn.draws == 100);
  CHECK(drawn.replications == 1);
  const sim::Study four = reading(uncertain + "[experiment]\ndraws = 4\n" + least).study;
  REQUIRE(four.uncertain.size() == 1);
  CHECK(four.draws == 4);
  CHECK(four.replications == 1);
  CHECK(four.uncertain[0].path == "buying.chance");
  CHECK(four.uncertain[0].law.values[1] == 0.2F);
  CHECK(four.population.people == sim::People::paired);
}

TEST_CASE("draws = 0 says that the stated values hold, and that what is uncertain is idle stays with the study") {
  const std::string uncertain = "[uncertain]\nbuying.chance = { dist = \"uniform\", low = 0.1, high = 0.2 }\n";
  const auto idle = reading(uncertain + "[experiment]\ndraws = 0\n" + least);
  CHECK(idle.study.uncertain.empty());
  CHECK(idle.study.replications == 100);
  REQUIRE(idle.warnings.size() == 1);
  REQUIRE(idle.study.warnings.size() == 1);
  CHECK_THAT(idle.study.warnings[0], contains("[uncertain] has no effect with draws = 0"));
  CHECK_THAT(idle.warnings[0], contains(".toml:"));
  CHECK_THAT(idle.study.warnings[0], !contains(".toml"));
}

TEST_CASE("a law whose draws often leave what is plausible is warned of, with how often") {
  const auto warnings_of = [](const std::string& law) {
    return reading("[uncertain]\nbuying.discount = " + law + "\n" + least).warnings;
  };
  CHECK(warnings_of("{ dist = \"uniform\", low = 0.1, high = 0.2 }").empty());
  const auto wide = warnings_of("{ dist = \"uniform\", low = 0.1, high = 0.8 }");
  REQUIRE(wide.size() == 1);
  CHECK_THAT(wide[0], contains("uncertain.buying.discount is unusual in "));
  CHECK_THAT(wide[0], contains(" of 100 draws (plausible: "));
}

TEST_CASE("the same money is asked for by true, and counts in the digest") {
  const sim::Study asked = reading("[experiment]\nsame_money = true\n" + least).study;
  CHECK(asked.same_money);
  CHECK_FALSE(reading(least).study.same_money);
  CHECK(asked.digest != reading(least).study.digest);
  CHECK_THROWS_WITH(reading("[experiment]\nsame_money = 1\n" + least), contains("Expected: true or false"));
}

TEST_CASE("why is asked for by true: four policies more for each but the baseline, which count in the digest") {
  const std::string two = least + "[[policy]]\nname = \"other\"\nsegmentation = \"everyone\"\n";
  const sim::Study asked = reading("[experiment]\nwhy = true\n" + two).study;
  REQUIRE(asked.policies.size() == 6);
  CHECK(asked.policies[2].name == "other, held");
  CHECK(asked.policies[3].held == sim::Held::at_random);
  CHECK(asked.policies[3].twin == 1U);
  CHECK(asked.policies[4].name == "other, shared");
  CHECK(asked.policies[5].blend == sim::Blend::shared_and_own);
  CHECK(asked.policies[5].twin == 1U);
  CHECK(reading(two).study.policies.size() == 2);
  CHECK(asked.digest != reading(two).study.digest);
  CHECK_THROWS_WITH(reading("[experiment]\nwhy = 1\n" + least), contains("Expected: true or false"));
  CHECK_THROWS_WITH(
      reading("[experiment]\nwhy = true\n" + two + "[[policy]]\nname = \"other, held\"\nsegmentation = \"everyone\"\n"),
      contains("has the name of one that tells why \"other\" differs"));
  CHECK_THROWS_WITH(reading("[experiment]\nwhy = true\n" + two +
                            "[[policy]]\nname = \"other, shared\"\nsegmentation = \"everyone\"\n"),
                    contains("policy \"other, shared\" has the name of one that tells why \"other\" differs"));
}

TEST_CASE("the digest sees values and not their wording") {
  const std::string digest = reading(least).study.digest;
  CHECK(digest.size() == 32);
  CHECK(reading("# a comment\ntitle = \"x\"\n\n" + least).study.digest == digest);
  CHECK(reading("[buying]\ndiscount = 0.0\n" + least).study.digest == digest);
  CHECK(reading("[buying]\ndiscount = 0.01\n" + least).study.digest != digest);
  CHECK(reading("seed = 2\n" + least).study.digest != digest);
  CHECK(reading(least, {option("population.customers", "101")}).study.digest != digest);
}

TEST_CASE("a study says what its cube holds, and the digest knows") {
  const sim::Study plain = reading(least).study;
  CHECK(plain.output == sim::Output{});
  const std::string everything = "[output]\nby = [\"group\"]\nmetrics = \"all\"\nmonths = \"all\"\nhistograms = true\n";
  CHECK(reading(everything + least).study.output == sim::Output{});
  CHECK(reading(everything + least).study.digest == plain.digest);
  CHECK(reading("[output]\nmetrics = [\"arrivals\", \"customers\"]\n" + least).study.digest == plain.digest);

  const std::string some =
      "[output]\nby = []\nmetrics = [\"arrivals\", \"arrivals\"]\nmonths = \"year\"\nhistograms = false\n";
  const sim::Study study = reading(some + least).study;
  CHECK(study.output.groups == sim::Output::Groups::summed);
  CHECK(study.output.metrics == std::vector<std::string>{"arrivals"});
  CHECK(study.output.months == sim::MonthsKept::year);
  CHECK(study.output.histograms == sim::Output::Histograms::left_out);
  CHECK(study.digest != plain.digest);
  CHECK(reading(some + least, {option("output.months", "\"total\"")}).study.output.months == sim::MonthsKept::total);
}

TEST_CASE("a study says in which months histograms are counted, and every mistake in that is told") {
  CHECK(reading(least).study.count.histogram_months.empty());
  const sim::Study study = reading("[count]\nhistograms = [11, 0, 5]\n" + least).study;
  CHECK(study.count.histogram_months == std::vector<int>{0, 5, 11});
  CHECK(study.digest != reading(least).study.digest);
  const auto told = [](const std::string& value) { return mistakes("[count]\nhistograms = " + value + "\n" + least); };
  CHECK_THAT(told("3"), contains("Expected: a list of months such as [0, 11], 0 the first."));
  CHECK_THAT(told("[0, 999]"), contains("is outside"));
  CHECK_THAT(told("[0, 1.5]"), contains("whole"));
  CHECK_THAT(told("[3, 4, 3]"), contains("names month 3 twice"));
  CHECK_THAT(told("[]"), contains("names no month. Leave it out for the last one?"));
  CHECK_THAT(mistakes("[count]\nhistogram = [1]\n" + least), contains("histograms"));
}

TEST_CASE("classes of customers are asked for where months before month 0 are simulated") {
  CHECK_FALSE(reading(least).study.count.classes);
  CHECK(reading("[count]\nclasses = false\n" + least).study.digest == reading(least).study.digest);
  CHECK_THAT(mistakes("[count]\nclasses = true\n" + least), contains("Did you mean horizon.warmup = 12?"));
  CHECK(reading("[count]\nclasses = true\n" + least, {option("horizon.warmup", "3")}).study.count.classes);
  CHECK_THAT(mistakes("[count]\nclasses = 3\n" + least), contains("true"));
}

TEST_CASE("draws of an option hold against either place where a study says them") {
  const std::string uncertain = "[uncertain]\nbuying.chance = { dist = \"uniform\", low = 0.1, high = 0.2 }\n";
  const auto asked = option("experiment.draws", "7");
  CHECK(reading(uncertain + least, {asked}).study.draws == 7);
  CHECK(reading(uncertain + "draws = 4\n" + least, {asked}).study.draws == 7);
  CHECK(reading(uncertain + "[experiment]\ndraws = 4\n" + least, {asked}).study.draws == 7);
  CHECK_THAT(mistakes(uncertain + "draws = 4\n[experiment]\ndraws = 4\n" + least), contains("is said twice"));
}

TEST_CASE("a currency is no unit of time, which programs would read money in") {
  const auto told = [](const std::string& currency) { return mistakes("currency = \"" + currency + "\"\n" + least); };
  const std::string unit = GENERATE("days", "Day", "d", "s", "sec", "hours", "min", "months", "years", "weeks",
                                    "milliseconds", "days since 2000-01-01");
  CHECK_THAT(told(unit), contains("a.toml:1:12: ") && contains("is a unit of time"));
  const std::string money = GENERATE("EUR", "Dinar", "MDL", "Mexican peso");
  CHECK(told(money) == "none");
}

TEST_CASE("what is legal and still hardly meant is warned of") {
  const auto warned = [](const std::string& text) {
    std::string all;
    for (const std::string& warning : reading(text).warnings) all += warning + "\n";
    return all;
  };
  CHECK(warned(least).empty());
  CHECK_THAT(warned("money_quantum = 1_000_000\n" + least),
             contains("money_quantum = 1000000 is unusual") && contains("buying.value = 100 is less than"));
  CHECK_THAT(warned("[buying]\nvalue.mean = 0.001\n" + least),
             contains("most of it rounds to 0. Would money_quantum = 1e-05 do?"));
  CHECK_THAT(warned("money_quantum = 10\n" + least),
             contains("buying.value = 100 is 10 times the smallest amount that is counted (money_quantum = 10)") &&
                 contains("Would money_quantum = 1 do?"));
  CHECK_THAT(
      warned("[buying]\nvalue.mean = 9e6\n" + least),  // one in 700 customers: 12.2 times as much
      contains("buying.value = 9000000 leads to amounts of ") && contains("Would money_quantum = 1 do (it is 0.01)?"));
  CHECK_THAT(
      warned("money_quantum = 1\n[[population.group]]\nname = \"few\"\nshare = 1\nbuying.value = { mean = 3 }\n" +
             least),
      contains("group \"few\": buying.value = 3 is 3 times the smallest amount"));
  CHECK_THAT(warned("[horizon]\nwarmup = 600\n" + least), contains("horizon.warmup = 600 is unusual"));
  const std::string tiers = "[population]\ncustomers = 9\n[[policy]]\nname = \"p\"\n";
  const std::string none =
      tiers + "segmentation = \"rank\"\ntier = [ { name = \"A\", share = 0 }, { name = \"B\" } ]\n";
  CHECK_THAT(mistakes(none), contains("tier \"A\": share = 0: nobody is in this tier. Did you mean to leave it out?"));
  const auto from = [&](const std::string& value, const std::string& segmentation = "spend") {
    return warned(tiers + "segmentation = \"" + segmentation + "\"\ntier = [ { name = \"A\", from = " + value +
                  " }, { name = \"B\" } ]\n");
  };
  CHECK_THAT(from("1e12"), contains("more than any customer can come to"));
  CHECK(from("1e8").empty());
  CHECK_THAT(from("0"), contains("is what every customer comes to"));
  CHECK_THAT(from("-5"), contains("is what every customer comes to"));
  CHECK(from("-5", "profit").empty());
  CHECK_THAT(from("1e12", "profit"), contains("more than any customer can come to"));
  CHECK_THAT(from("-1e12", "profit"), contains("is what every customer comes to (nobody can cost so much)"));
  CHECK(from("0.95", "punctuality").empty());
  CHECK_THAT(from("95", "punctuality"), contains("is more than all (1): nobody is in this tier"));
  CHECK(from("0", "punctuality").empty());  // not who has settled no invoice
}

TEST_CASE("tiers by an amount or a cumulative share may stand with the best first or the last, which says nothing") {
  const auto tiers = [](const std::string& one, const std::string& other) {
    return least +
           "[[policy]]\nname = \"bands\"\nsegmentation = \"spend\"\n[[policy.tier]]\nname = \"silver\"\nfrom = " + one +
           "\n[[policy.tier]]\nname = \"gold\"\nfrom = " + other + "\n[[policy.tier]]\nname = \"rest\"\n";
  };
  const auto order = [](const sim::Study& study) {
    std::string names;
    for (const sim::Tier& tier : study.policies.back().tiers) names += tier.name + " ";
    return names;
  };
  const auto rising = [](const std::string& froms) {
    return least + "[[policy]]\nname = \"bands\"\nsegmentation = \"spend\"\ntier = [ " + froms + " ]\n";
  };
  CHECK(order(reading(rising("{ name = \"rest\" }, { name = \"silver\", from = 40_000 }, { name = \"gold\", from = "
                             "120_000 }"))
                  .study) == "gold silver rest ");
  CHECK(order(reading(tiers("120_000", "40_000")).study) == "silver gold rest ");
  const std::string rank = least + "[[policy]]\nname = \"r\"\nsegmentation = \"rank\"\n";
  const sim::Study by_top = reading(rank +
                                    "tier = [ { name = \"C\" }, { name = \"B\", top = 0.5, discount = 0.1 }, "
                                    "{ name = \"A\", top = 0.2 } ]\n")
                                .study;
  CHECK(order(by_top) == "A B C ");
  CHECK(by_top.policies.back().tiers[1].levers.size() == 1);
  CHECK(by_top.policies.back().tiers[1].share == 0.3);
  CHECK(by_top.policies.back().entry == 2);
  CHECK(by_top.digest ==
        reading(rank + "tier = [ { name = \"A\", top = 0.2 }, { name = \"B\", top = 0.5, discount = 0.1 "
                       "}, { name = \"C\" } ]\n")
            .study.digest);
  CHECK(order(reading(rank +
                      "tier = [ { name = \"A\", share = 0.5 }, { name = \"B\", share = 0.2 }, { name = \"C\" } ]\n")
                  .study) == "A B C ");
  CHECK_THAT(
      mistakes(tiers("40_000", "40_000.0")),
      contains("a.toml:14:8: policy \"bands\", tier \"gold\": from = 40000 is that of tier \"silver\" as well (a "
               "customer cannot be in both). Which of the two?"));
  CHECK(mistakes(tiers("40_000", "39_999.99")) == "none");
  CHECK(warnings(tiers("40_000", "39_999.99")).empty());
  CHECK_THAT(warnings(tiers("99.95", "99.945")),
             contains("a.toml:14:8: ") && contains("are one amount in steps of 0.01 (money_quantum): nobody"));
}

TEST_CASE("tiers that cross are refused: by amounts of any kind and by cumulative shares") {
  const auto with = [](const std::string& rule, const std::string& tiers) {
    return mistakes(least + "[[policy]]\nname = \"bands\"\nsegmentation = " + rule + "\ntier = [ " + tiers + " ]\n");
  };
  const auto named = [](const char* name, const std::string& says) {
    return std::string("{ name = \"") + name + "\"" + (says.empty() ? "" : ", " + says) + " }";
  };
  const std::string gold = named("gold", "from = 100"), silver = named("silver", "from = 500"),
                    rest = named("rest", "");
  for (const char* rule : {"\"spend\"", "\"profit\"", "\"punctuality\""})
    CHECK_THAT(with(rule, gold + ", " + silver + ", " + rest),
               contains("a.toml:9:67: policy \"bands\", tier \"silver\": from = 500 behind \"gold\", which has from = "
                        "100 (tiers stand from the best to the last). Did you mean from = 500 for \"gold\" and 100 for "
                        "\"silver\", or \"silver\" before \"gold\"?"));
  CHECK_THAT(with("\"spend\"", silver + ", " + rest + ", " + gold),
             contains("tier \"gold\": from = 100 behind \"rest\", which has no from (tiers stand from the best to the "
                      "last). Did you mean \"gold\" before \"rest\"?"));
  CHECK_THAT(with("\"spend\"", rest + ", " + silver + ", " + gold + ", " + named("top", "from = 900")),
             contains("tier \"gold\": from = 100 behind \"silver\", which has from = 500 (tiers stand from the last to "
                      "the best). Did you mean from = 100 for \"silver\" and 500 for \"gold\""));
  CHECK_THAT(with("\"spend\"", rest + ", " + gold + ", " + silver + ", " + named("low", "from = 1")),
             contains("tier \"low\": from = 1 behind \"silver\", which has from = 500 (tiers stand from the last"));
  CHECK_THAT(
      with("\"rank\"", named("A", "top = 0.5") + ", " + named("B", "top = 0.2") + ", " + named("C", "")),
      contains("tier \"B\": top = 0.2 behind \"A\", which has top = 0.5 (tiers stand from the best to the last)"));
}

TEST_CASE("a study in JSON is the same study, and its mistakes have the same places") {
  const std::string json =
      R"({ "title": "caf\u00e9", "population": { "customers": 100 }, "horizon": { "start": "2028-03-01" },
  "policy": [ { "name": "today", "segmentation": "everyone", "discount": 0.5e-1 } ],
  "uncertain": { "buying": { "chance": "0.1 to 0.2" } } })";
  const sim::Study study = reading(json).study;
  CHECK(study.title == "caf\xC3\xA9");
  CHECK((study.horizon.start_year == 2028 && study.horizon.start_month == 3));
  CHECK(study.text == json);
  CHECK(study.digest == reading("[horizon]\nstart = 2028-03-01\n" + least +
                                "discount = 0.05\n[uncertain]\nbuying.chance = { dist = \"uniform\", low = 0.1, high = "
                                "0.2 }\n")
                            .study.digest);
  CHECK(reading(json, {option("policy.today.discount", "0.2")}).study.policies[0].tiers[0].levers[0].value == 0.2);
  CHECK_THAT(mistakes(replaced(json, "customers\": 100", "custmers\": 100")),
             contains("a.toml:1:41: population.custmers is not part of a study. Did you mean customers?"));
  CHECK_THAT(mistakes(replaced(json, "0.5e-1", "0,5")),
             contains("a.toml:2:76: is not JSON here (a key between quotes is"));
  CHECK_THAT(mistakes(replaced(json, "100 }", "null }")), contains("null says nothing: leave the key out"));
  CHECK_THAT(mistakes(replaced(json, "\"name\": \"today\"", "\"name\": \"today\", \"name\": \"x\"")),
             contains("the key \"name\" is there twice"));
  for (const char* broken : {"{", "{ \"a", "{ \"a\" 1 }", "{ \"a\": [1, }", "{ \"a\": 1 } x", "{ \"a\": \"\\ud800\" }",
                             "{ \"a\": \"\\x\" }", "{ \"a\": 01x }", "{ \"a\": \"\\u12\" }"})
    CHECK_THAT(mistakes(broken), contains("is not JSON here ("));
}

TEST_CASE("a lever of a policy is one of each tier that does not say otherwise") {
  const auto policy = [](const std::string& levers, const std::string& of_a, const std::string& of_b) {
    return least + "[[policy]]\nname = \"r\"\nsegmentation = \"rank\"\n" + levers +
           "tier = [ { name = \"A\", share = 0.2" + of_a + " }, { name = \"B\"" + of_b + " } ]\n";
  };
  const sim::Study study = reading(policy("discount = 0.1\n", ", discount = 0.2", "")).study;
  REQUIRE(study.policies.back().tiers[0].levers.size() == 1);
  CHECK(study.policies.back().tiers[0].levers[0].value == 0.2);
  CHECK(study.policies.back().tiers[1].levers.at(0).value == 0.1);
  CHECK(study.digest == reading(policy("", ", discount = 0.2", ", discount = 0.1")).study.digest);
  CHECK(study.digest == reading(policy("buying.discount = 0.1\n", ", discount = 0.2", "")).study.digest);
  CHECK(reading(policy("discount = 0.1\n", "", ""), {option("policy.r.discount", "0.3")})
            .study.policies[1]
            .tiers[0]
            .levers[0]
            .value == 0.3);
  CHECK(reading("[population]\ncustomers = 9\n[[policy]]\nname = \"p\"\nsegmentation = \"everyone\"\ndiscount = 0.1\n")
            .study.policies[0]
            .tiers[0]
            .levers.at(0)
            .value == 0.1);
  CHECK_THAT(warnings(policy("discount = 0.1\n", ", discount = 0.2", ", discount = 0.3")),
             contains("policy \"r\": discount is overruled by every tier: it has no effect."));
  CHECK_THAT(mistakes(policy("discount = 1.1\n", "", "")),
             contains("policy \"r\": discount = 1.1 is outside [0, 0.9]"));
  CHECK_THAT(mistakes(policy("chance = 0.1\n", "", "")), contains("chance is not part of a study"));
}

TEST_CASE("the KPIs of answers are named by the study and change nothing else") {
  const auto kpis = [](const std::string& text) { return least + "[output]\nkpis = " + text + "\n"; };
  const sim::Study study = reading(kpis("[\"npv\"]")).study;
  CHECK(study.kpis == std::vector<std::string>{"npv"});
  CHECK(study.digest == reading(least).study.digest);
  CHECK_THAT(mistakes(kpis("[\"npw\"]")),
             contains("output.kpis = \"npw\" is no KPI of this study") && contains("Did you mean \"npv\"?"));
  CHECK_THAT(mistakes(kpis("\"cmr\"")), contains("Expected: \"crm\", or names such as [\"npv\"]."));
  CHECK_THAT(mistakes(kpis("[]")), contains("output.kpis names no KPI"));
}

TEST_CASE("a tier of so few that they round to nobody is warned of") {
  const auto shares = [](const std::string& best) {
    return warnings(least + "[[policy]]\nname = \"r\"\nsegmentation = \"rank\"\ntier = [ { name = \"A\", " + best +
                    " }, { name = \"B\" } ]\n");
  };
  CHECK_THAT(shares("share = 0.004"), contains("share = 0.004: of 100 customers nobody is in this tier"));
  CHECK(shares("share = 0.006").empty());
  const std::string ranked = least + "[[policy]]\nname = \"r\"\nsegmentation = \"rank\"\ntier = [ { name = \"A\", ";
  CHECK_THAT(mistakes(ranked + "top = 0 }, { name = \"B\" } ]\n"), contains("top = 0: nobody is in this tier"));
  CHECK_THAT(warnings(ranked + "share = 0.2 }, { name = \"B\" } ]\n", {option("policy.r.tier.A.share", "0")}),
             contains("share = 0: nobody is in this tier"));  // an end of what somebody tries
}

TEST_CASE("numbers as people write them are asked back") {
  const auto customers = [](const std::string& number) {
    return mistakes("[population]\ncustomers = " + number + "\n" + least.substr(least.find("[[")));
  };
  CHECK_THAT(customers("20.000"),
             contains("a.toml:2:13: population.customers = 20.000 is 20 (a point stands before decimals, never between "
                      "thousands). Did you mean 20_000?"));
  CHECK_THAT(customers("20,000"), contains("a.toml:2:") && contains("Did you mean 20000 or 20.000?"));
  CHECK_THAT(customers("1.234.567"), contains("Did you mean 1234567?"));
  CHECK_THAT(customers("20 000"), contains("Did you mean 20000?"));
  CHECK_THAT(customers("20'000"), contains("Did you mean 20000?"));
  CHECK_THAT(customers("\"20,000\""), contains("is text") && contains("Did you mean 20000 or 20.000?"));
  for (const char* plain : {"20_000", "20.0", "2e4", "20000.000"}) CHECK(customers(plain) == "none");
  CHECK_THAT(mistakes(least, {option("experiment.replications", "1.000")}), contains("Did you mean 1_000?"));
  CHECK_THAT(warnings("[buying]\nvalue.mean = 2.500\n" + least), contains("is 2.5 (a point") && contains("2_500?"));
  CHECK(warnings("[buying]\nrate.mean = 2.500\nvalue.mean = 0.500\n" + least).empty());
}

TEST_CASE("a field that is used asks for the one that it needs, in the study, a group or a draw") {
  const std::string group = "[[population.group]]\nname = \"a\"\nshare = 1\nbuying.worth = 2\n";
  const std::string told = "buying.gifts asks for buying.worth, which is not stated (what a gift is worth)";
  CHECK_THAT(mistakes(least + std::string("[buying]\ngifts = 1\n")), contains(told));
  CHECK(mistakes(least + std::string("[buying]\ngifts = 0\n")) == "none");
  CHECK(mistakes(least + std::string("[buying]\ngifts = 1\nworth = 2\n")) == "none");
  CHECK(mistakes(least + group + "[buying]\ngifts = 1\n") == "none");
  CHECK_THAT(mistakes(least, {option("buying.gifts", "1")}), contains(told));
}

TEST_CASE("an option that would make all customers alike says so, and how to change their mean") {
  CHECK_THAT(warnings(least, {option("buying.rate", "3")}),
             contains("--set buying.rate=3: buying.rate = 3 makes all customers alike") &&
                 contains("Did you mean buying.rate.mean=3?"));
  CHECK(warnings(least, {option("buying.rate.mean", "3")}).empty());
  CHECK(warnings("[buying]\nrate = 2\n" + least, {option("buying.rate", "3")}).empty());
  CHECK(warnings("[buying]\nrate = 2\n" + least).empty());
}

TEST_CASE("an option about one of two shocks of a driver asks which, and a place says it") {
  const std::string waves = least +
                            "[[scenario]]\nname = \"s\"\nshock = [ { driver = \"demand\", times = 0.9, from = 2 },\n"
                            "{ driver = \"mood\", plus = 1 }, { driver = \"demand\", times = 0.8, from = 6 } ]\n";
  CHECK_THAT(
      mistakes(waves, {option("scenario.s.shock.demand.times", "0.5")}),
      contains("scenario.s.shock has 2 that are called \"demand\". Did you mean scenario.s.shock.1.times (from = "
               "2) or scenario.s.shock.3.times (from = 6)?"));
  const sim::Study study =
      reading(waves, {option("scenario.s.shock.3.times", "0.5"), option("scenario.s.shock.mood.plus", "2")}).study;
  CHECK(study.scenarios[0].shocks[0].size == 0.9);
  CHECK(study.scenarios[0].shocks[1].size == 2);
  CHECK(study.scenarios[0].shocks[2].size == 0.5);
}

TEST_CASE("a shock, or what of it lies beyond the horizon, is told") {
  const auto shock = [](const std::string& when, const std::string& beyond = "[beyond]\nmonths = 2\n") {
    return beyond +
           "[horizon]\nmonths = 12\nrun_off = 3\n[[scenario]]\nname = \"s\"\nshock = [ { driver = \"demand\", times = "
           "0.9, " +
           when + " } ]\n" + least;
  };
  CHECK(warnings(shock("from = 3, months = 3, ramp = 3")).empty());
  CHECK(warnings(shock("from = 10, ramp = 5")).empty());
  CHECK_THAT(warnings(shock("from = 10, ramp = 6")), contains("it never reaches its size"));
  CHECK_THAT(warnings(shock("from = 10, months = 6")), contains("reach beyond the horizon"));
  CHECK_THAT(warnings(shock("from = 12")), contains("only value beyond it feels the shock"));
  CHECK_THAT(warnings(shock("from = 12", "[beyond]\nmonths = 0\n")), contains("in the run-off"));
  CHECK_THAT(mistakes(shock("from = 15")), contains("after the last month"));
  CHECK_THAT(mistakes(shock("from = 3, months = 3, ramp = 4")), contains("is longer than the shock"));
}

TEST_CASE("a group's own number follows the draws of everybody's, or has a law of its own") {
  const std::string those =
      "[experiment]\ndraws = 3\n[[population.group]]\nname = \"a\"\nshare = 0.4\nbuying.discount = 0.2\n"
      "[[population.group]]\nname = \"b c\"\nshare = 0.6\nbuying.rate = 3\n[buying]\ndiscount = 0.1\n[uncertain]\n";
  const auto law = [](const std::string& path, double low, double high) {
    return path + " = { dist = \"uniform\", low = " + std::to_string(low) + ", high = " + std::to_string(high) + " }\n";
  };
  CHECK(reading(those + law("buying.discount", 0.05, 0.4) + least).study.uncertain.at(0).path == "buying.discount");
  CHECK_THAT(mistakes(those + law("buying.discount", 0.05, 0.5) + least),
             contains("uncertain.buying.discount: draws of this law take group \"a\" out of its range (its own 0.2 is "
                      "moved along by the same ratio; it must be in [0, 0.9]"));
  const std::string own = law("population.group.a.buying.discount", 0.1, 0.3);
  const sim::Study study = reading(those + law("buying.discount", 0.05, 0.5) + own + least).study;
  REQUIRE(study.uncertain.size() == 2);
  CHECK(study.uncertain[0].group == 0U);
  CHECK(study.uncertain[0].path == "population.group.a.buying.discount");
  CHECK_THAT(warnings(those + law("buying.rate.shape", 1, 3) + least), contains("does not reach group \"b c\""));
  const sim::Study spaced = reading(those + law("population.group.\"b c\".buying.rate.value", 1, 3) + least,
                                    {option("uncertain.population.group.\"b c\".buying.rate.value.high", "5")})
                                .study;
  CHECK(spaced.uncertain.at(0).path == "population.group.\"b c\".buying.rate.value");
  CHECK(spaced.uncertain[0].law.values[1] == 5);
  CHECK_THAT(mistakes(those + law("population.group.x.buying.discount", 0, 0.1) + least),
             contains("is no group of this study"));
  CHECK_THAT(mistakes(those + law("population.group.a.buying.chance", 0, 0.1) + least),
             contains("is one value for all groups") && contains("Did you mean uncertain.buying.chance?"));
}

TEST_CASE("a key in the wrong place is led to its right one, and a name to none") {
  CHECK_THAT(mistakes("name = \"x\"\n" + least), contains("name is not part of a study. Did you mean title?"));
  CHECK_THAT(mistakes("[[shock]]\ndriver = \"demand\"\n" + least),
             contains("[shock] is not part of a study. Did you mean [[scenario.shock]]?"));
  CHECK_THAT(mistakes("[[tier]]\nname = \"A\"\n" + least), contains("Did you mean [[policy.tier]]?"));
  CHECK_THAT(mistakes("[[groups]]\nname = \"A\"\n" + least), contains("Did you mean [[population.group]]?"));
  CHECK_THAT(mistakes("[[policies]]\nname = \"A\"\n" + least), contains("Did you mean [[policy]]?"));
  CHECK_THAT(mistakes("[[scenario]]\nname = \"s\"\n[scenario.shock]\ndriver = \"demand\"\n" + least),
             contains("is one table (there may be several). Did you mean [[scenario.shock]]?"));
  CHECK_THAT(mistakes("names = \"x\"\n" + least), contains("names is not part of a study.\n"));
  CHECK_THAT(mistakes("share = 1\n" + least), contains("Did you mean share in [[policy.tier]]?"));
  CHECK_THAT(mistakes("[horizon]\nname = \"x\"\n" + least), contains("horizon.name is not part of a study.\n"));
}

TEST_CASE("a choice is one of its words, and a study is another one by it") {
  const auto evening = reading("[buying]\nwhen = \"evening\"\n" + least);
  CHECK(evening.study.values[0][5].numbers == std::vector<double>{1});
  CHECK(reading(least).study.values[0][5].numbers == std::vector<double>{0});
  CHECK(evening.study.digest != reading(least).study.digest);
  CHECK(reading(least, {option("buying.when", "evening")}).study.digest == evening.study.digest);
  CHECK_THAT(mistakes("[buying]\nwhen = \"evning\"\n" + least),
             contains("a.toml:2:8: buying.when = \"evning\" is not known (there are: morning, evening). Did you mean "
                      "\"evening\"?"));
  CHECK_THAT(mistakes("[buying]\nwhen = 1\n" + least), contains("buying.when = 1 is a number. Expected: text between"));
  CHECK_THAT(mistakes("[uncertain]\nbuying.when = { dist = \"uniform\", low = 0, high = 1 }\n" + least),
             contains("uncertain.buying.when cannot be drawn"));
}

TEST_CASE("a key or a metric that went names what took its place") {
  struct AccountingFields {
    float margin = 0;
  };
  sim::Catalogue catalogue = small_catalogue();
  catalogue.behavior<Still>(
      "accounting",
      sim::fields<AccountingFields>({sim::field(&AccountingFields::margin, "margin", "share", sim::range(0, 1), 0.3,
                                                sim::Kind::by_group, "margin", sim::guess())}));
  const auto told = [&](const std::string& text, const std::vector<scenarios::Override>& options = {}) -> std::string {
    try {
      scenarios::read_study_text(text + least, "a.toml", ".", catalogue, options);
    } catch (const sim::UserError& error) {
      return error.what();
    }
    return "none";
  };
  CHECK_THAT(told("[accounting]\ncapital_cost = 0.08\n"),
             contains("a.toml:2:1: accounting.capital_cost is not part of a study any more (what is owed is charged at "
                      "accounting.discount_rate, like all that comes later). Leave it out?"));
  CHECK_THAT(told("", {option("accounting.terminal_months", "24")}), contains("Did you mean [beyond] months?"));
  CHECK_THAT(told("[uncertain]\naccounting.capital_cost = { dist = \"uniform\", low = 0, high = 1 }\n"),
             contains("uncertain.accounting.capital_cost is not part of a study any more"));
  CHECK_THAT(told("[accounting]\nmy_capital_cost = 0.08\n"), contains("is not part of a study."));
  CHECK_THAT(told("[output]\nmetrics = [\"present_value\"]\n"),
             contains("is no metric of a study any more (npv is the discounted sum of contribution). Did you mean "
                      "\"contribution\"?"));
}

TEST_CASE("a mistake shows its place, its line and what may be meant") {
  CHECK(mistakes("[byuing]\nchance = 0.1\n" + least) ==
        "a.toml:1:2: [byuing] is not part of a study. Did you mean [buying]?\n"
        "  1 | [byuing]\n    |  ^~~~~~\n1 mistake.");
  CHECK_THAT(mistakes("[buying]\nchance = 1.5\n" + least),
             contains("a.toml:2:10: buying.chance = 1.5 is outside [0, 1] (a chance per month). Did you mean 0.015?"));
}

TEST_CASE("every kind of mistake is told in its own words") {
  const auto [text, says] = GENERATE(table<std::string, std::string>({
      {"seed = -1\n", "seed = -1 is outside [0, 4294967295]"},
      {"seed = 1.5\n", "is not a whole number"},
      {"[output]\nby = [\"grupp\"]\n", "Did you mean \"group\"?"},
      {"[output]\nby = \"group\"\n", "output.by = \"group\" is text. Expected: [\"group\"], or []"},
      {"[output]\nmetrics = [\"custmers\"]\n",
       "is no metric of this study (there are: customers, arrivals). Did you "
       "mean \"customers\"?"},
      {"[output]\nmetrics = []\n", "names no metric. Expected: \"all\", or names such as [\"customers\"]."},
      {"[output]\nmetrics = \"al\"\n", "Expected: \"all\", or names"},
      {"[output]\nmonths = \"years\"\n", "Did you mean \"year\"?"},
      {"[output]\nhistograms = 1\n", "Expected: true or false."},
      {"[output]\nmonth = \"year\"\n", "output.month is not part of a study. Did you mean months?"},
      {"money_quantum = nan\n", "is no number to count with"},
      {"[horizon]\nstart = \"2027-01-01\"\n", "Expected: a date without quotes"},
      {"[horizon]\nwarm = 3\n", "horizon.warm is not part of a study"},
      {"[buying]\ndiscount = \"x\"\n", "is text. Expected: a number"},
      {"[buying]\nrate = { dist = \"gama\", mean = 2 }\n", "Did you mean \"gamma\"?"},
      {"[buying]\nrate = { dist = \"gamma\", sd = 2 }\n", "is no number of a gamma law"},
      {"[buying]\nseason = [1, 2]\n", "has 2 values. Expected: twelve numbers"},
      {"[[scenario]]\nname = \"s\"\nshock = [ { driver = \"demand\", plus = 1 } ]\n", "Did you mean times?"},
      {"[[scenario]]\nname = \"s\"\nshock = [ { driver = \"demand\", times = 1, from = 96 } ]\n",
       "after the last month"},
      {"[[scenario]]\nname = \"s\"\n[[scenario]]\nname = \"s\"\n", "two scenarios are called \"s\""},
      {"[[policy]]\nname = \"\\u001b[31m\"\nsegmentation = \"everyone\"\n", "\\u{1B}[31m"},
      {"[experiment]\nbaseline = \"todya\"\n", "Did you mean \"today\"?"},
      {"[uncertain]\nbuying.chance = 0.3\n", "is a number. Expected: a law"},
      {"[uncertain]\nbuying.rate = { dist = \"normal\", mean = 2, sd = 1 }\n",
       "Did you mean uncertain.buying.rate.mean?"},
      {"[[population.group]]\nname = \"a\"\nshare = 0.5\n", "the shares of the groups add up to 0.5"},
      {"x = \n", "is not TOML here"},
      {"[[policy]]\nname = \"r\"\nsegmentation = \"rank\"\ntier = [ { name = \"A\", share = 0.8 }, { name = \"B\", "
       "share = 0.3 } ]\n",
       "add up to 1.1 (own shares, not cumulative)"},
      {"[[policy]]\nname = \"s\"\nsegmentation = \"spend\"\ntier = [ { name = \"A\", from = 1 }, { name = \"B\", from "
       "= 2 "
       "} ]\n",
       "the last tier has no from"},
      {"[[policy]]\nname = \"s\"\nsegmentation = \"spend\"\ntier = [ { name = \"A\", from = 1, chance = 1 }, { name = "
       "\"B\" "
       "} ]\n",
       "chance is no lever"},
  }));
  CHECK_THAT(mistakes(text + least), contains(says));
}

TEST_CASE("all mistakes are told at once, twenty of them, and counted") {
  std::string text;
  for (int i = 0; i < 25; ++i) text += "wrong_key_" + std::to_string(i) + " = 1\n";
  const std::string told = mistakes(text + least);
  CHECK_THAT(told, contains("25 mistakes (the first 20 are shown)."));
  CHECK(told.find("wrong_key_0 ") < told.find("wrong_key_19 "));
  CHECK(told.find("wrong_key_20 ") == std::string::npos);
}

TEST_CASE("an option's mistake names the option") {
  CHECK_THAT(mistakes(least, {option("buying.chance", "2")}),
             contains("--set buying.chance=2: buying.chance = 2 is outside"));
  CHECK_THAT(mistakes(least, {option("policy.tody.entry", "x")}), contains("Did you mean \"today\"?"));
  CHECK_THAT(mistakes(least, {option("buying.chanse", "0.1")}),
             contains("buying.chanse is not part of a study. Did you mean buying.chance?"));
  CHECK_THAT(mistakes(least, {option("byuing.chance", "0.1")}), contains("Did you mean buying.chance?"));
  CHECK_THAT(mistakes(least, {option("..", "1")}), contains("is no path of a study"));
}

TEST_CASE("a text that would break the parser is refused before it") {
  std::string dots = "a";
  for (int i = 0; i < 200000; ++i) dots += ".a";
  CHECK_THAT(mistakes(dots + " = 1\n"), contains("more than 16 dots"));
  CHECK_THAT(mistakes("a = " + std::string(100000, '[')), contains("nest deeper than 16"));
  CHECK_THAT(mistakes(std::string(2 << 20, 'a')), contains("longer than 1 MiB"));
  CHECK_THAT(mistakes("a = \"\xFF\"\n"), contains("is not UTF-8"));
}

}  // namespace clientele::tests
