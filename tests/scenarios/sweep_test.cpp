// A sweep is points of a study: each what options would make of it, and every mistake is told with its place.
#include "scenarios/sweep.hpp"

#include <cmath>
#include <fstream>
#include <set>

#include "scenarios/point_reader.hpp"
#include "tests/output/folder.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using scenarios::Override;
using Values = std::vector<std::vector<double>>;

const std::string least = R"([population]
customers = 100
[[policy]]
name = "today"
segmentation = "everyone"
[[policy]]
name = "A & B"
segmentation = { rule = "rank", every = 3 }
[[policy.tier]]
name = "gold"
share = 0.2
discount = 0.1
[[policy.tier]]
name = "rest"
[[scenario]]
name = "waves"
shock = [ { driver = "demand", times = 0.9, from = 3 }, { driver = "demand", times = 1.1, from = 9 } ]
)";

scenarios::StudyReading reading(const std::string& text, const std::vector<Override>& options = {},
                                const std::filesystem::path& folder = ".") {
  return scenarios::read_study_text(text, "a.toml", folder, small_catalogue(), options);
}

Override option(const std::string& path, const std::string& value) {
  return {"--set " + path + "=" + value, path, value};
}

std::string mistakes(const std::string& sweep, const std::vector<Override>& options = {},
                     const std::filesystem::path& folder = ".") {
  try {
    reading(least + sweep, options, folder);
  } catch (const sim::UserError& error) {
    CHECK(error.status() == sim::Exit::bad_data);
    return error.what();
  }
  return "none";
}

std::string warnings(const std::string& sweep) {
  std::string all;
  for (const std::string& warning : reading(least + sweep).warnings) all += warning + "\n";
  return all;
}

scenarios::Sweep sweep_of(const std::string& sweep) { return reading(least + sweep).sweep; }

}  // namespace

TEST_CASE("a grid is every value with every other, the last number fastest") {
  const scenarios::Sweep sweep =
      sweep_of("[sweep.grid]\nbuying.rate.mean = [1, 2.5]\nbuying.discount = { low = 0.1, high = 0.3, step = 0.1 }\n");
  CHECK(sweep.paths == std::vector<std::string>{"buying.rate.mean", "buying.discount"});
  CHECK(sweep.units == std::vector<std::string>{"orders/month", "share"});
  CHECK(sweep.points == Values{{1, 0.1}, {1, 0.2}, {1, 0.3}, {2.5, 0.1}, {2.5, 0.2}, {2.5, 0.3}});
  CHECK(sweep.texts[2] == std::vector<std::string>{"1", "0.3"});
  CHECK(sweep.design == "grid");
  CHECK(scenarios::point_in_words(sweep, 3) == "buying.rate.mean = 2.5, buying.discount = 0.1");
  CHECK(scenarios::range_of(sweep, 1).values == 3);
  CHECK(sweep_of("[sweep.grid]\nbuying.chance = { low = 0, high = 0.5, count = 3 }\n").points ==
        Values{{0}, {0.25}, {0.5}});
  CHECK(reading(least).sweep.empty());
}

TEST_CASE("a zip goes along its lists, and a list along its rows") {
  const Values expected{{0.1, 5}, {0.2, 7}};
  CHECK(sweep_of("[sweep.zip]\nbuying.chance = [0.1, 0.2]\nbuying.seats = [5, 7]\n").points == expected);
  CHECK(sweep_of("[sweep]\nlist = [ { buying.chance = 0.1, buying.seats = 5 }, { buying.seats = 7, buying.chance = 0.2 "
                 "} ]\n")
            .points == expected);
  CHECK(sweep_of("[[sweep.list]]\nbuying.chance = 0.1\nbuying.seats = 5\n[[sweep.list]]\nbuying.seats = "
                 "7\nbuying.chance = 0.2\n")
            .points == expected);
}

TEST_CASE("a hypercube meets every part of every range once, in whole numbers where the number is whole") {
  const std::string text =
      "[sweep.hypercube]\npoints = 10\nbuying.chance = { low = 0.2, high = 0.4 }\nbuying.seats = { low = 0, high = 99 "
      "}\n";
  const scenarios::Sweep sweep = sweep_of(text);
  REQUIRE(sweep.points.size() == 10);
  std::set<int> parts;
  for (const std::vector<double>& point : sweep.points) {
    parts.insert(static_cast<int>((point[0] - 0.2) / 0.02));
    CHECK(point[1] == std::floor(point[1]));
  }
  CHECK(parts.size() == 10);
  CHECK(sweep_of(text).points == sweep.points);
  CHECK(sweep_of("[sweep.hypercube]\nseed = 7\n" + text.substr(18)).points != sweep.points);
  CHECK(sweep_of("[sweep.hypercube]\nseed = 1\n" + text.substr(18)).points == sweep.points);
}

TEST_CASE("a point is the study that options would make, bit for bit") {
  const std::string swept = least +
                            "[sweep.grid]\npolicy.\"A & B\".tier.gold.discount = [0.1, 0.125]\n"
                            "scenario.waves.shock.2.times = [1.1, 1.3]\npopulation.customers = [50, 100]\n";
  const scenarios::StudyReading stated = reading(swept);
  const sim::Catalogue catalogue = small_catalogue();
  const scenarios::PointReader points(stated, catalogue);
  REQUIRE(stated.sweep.points.size() == 8);
  CHECK(stated.study.digest == reading(least + "[output]\nmonths = \"total\"\n").study.digest);
  std::set<std::string> digests;
  for (std::size_t p = 0; p < 8; ++p) {
    const sim::Study plain = reading(least, overrides_of(stated.sweep, p)).study;
    const sim::Study point = points.study(p);
    CHECK(point.digest == plain.digest);
    CHECK(point.options == plain.options);
    CHECK(point.policies[1].tiers[0].levers[0].value == stated.sweep.points[p][0]);
    CHECK(point.scenarios[0].shocks[1].size == stated.sweep.points[p][1]);
    CHECK(static_cast<double>(point.population.customers) == stated.sweep.points[p][2]);
    digests.insert(point.digest);
  }
  CHECK(digests.size() == 8);
  CHECK(digests.contains(reading(least).study.digest));
  CHECK(overrides_of(stated.sweep, 1)[0].option == "--set policy.\"A & B\".tier.gold.discount=0.1");
}

TEST_CASE("numbers of a point read back from its texts, however small or large they are") {
  const scenarios::Sweep sweep = sweep_of("[sweep.grid]\nbuying.value.mean = [1e9, 0.1, 123456789.25, 1e-7, 1_000]\n");
  CHECK(sweep.points == Values{{1e9}, {0.1}, {123456789.25}, {1e-7}, {1000}});
  for (std::size_t p = 0; p < sweep.points.size(); ++p)
    CHECK(reading(least, overrides_of(sweep, p)).study.values[0][1].numbers[0] == sweep.points[p][0]);
}

TEST_CASE("a sweep is over totals of the months unless [output] says otherwise") {
  using enum sim::MonthsKept;
  const std::string sweep = "[sweep.grid]\nbuying.chance = [0.1, 0.2]\n";
  CHECK(reading(least + sweep).study.output.months == total);
  CHECK(reading(least + sweep + "[output]\nmonths = \"all\"\n").study.output.months == all);
  CHECK(reading(least + sweep + "[output]\nhistograms = false\n").study.output.months == total);
  CHECK(reading(least).study.output.months == all);
  const auto stated = scenarios::read_study_text(least + "[sweep]\nfile = \"none.csv\"\n", "a.toml", ".",
                                                 small_catalogue(), {}, scenarios::Points::left_out);
  CHECK(stated.study.output.months == total);
  CHECK(stated.sweep.empty());
}

TEST_CASE("rows of a file are points, wherever an option names it, and its mistakes are told with its places") {
  const Folder folder;
  std::ofstream(folder / "p.csv") << "\xEF\xBB\xBF\"buying.chance\";buying.seats\r\n0.1;5\r\n 0.2 ;+7\r\n";
  const std::string named = "[sweep]\nfile = \"p.csv\"\n";
  const scenarios::Sweep sweep = reading(least + named, {}, folder.path()).sweep;
  CHECK(sweep.points == Values{{0.1, 5}, {0.2, 7}});
  CHECK(sweep.design == "rows of p.csv");
  const Override given{"--sweep p.csv", "sweep", "{ file = \"" + (folder / "p.csv").string() + "\" }"};
  CHECK(reading(least + "[sweep.grid]\nbuying.gone = [1]\n", {given}).sweep.points == sweep.points);

  std::ofstream(folder / "one.csv") << "buying.chance\n0.1\n0.1\n";
  const Override one{"--sweep one.csv", "sweep", "{ file = \"" + (folder / "one.csv").string() + "\" }"};
  const std::vector<std::string> told = reading(least, {one}).warnings;
  REQUIRE(told.size() == 2);
  CHECK_THAT(told[0], contains("--sweep one.csv: the sweep has one point"));
  CHECK_THAT(told[1], contains("one.csv:3:1: point 2 says the same as point 1 and is left out."));

  std::ofstream(folder / "w.csv")
      << "buying.chance,buying.seats,buying.chanse\n0.1,5,1\n1.5,2.5,1\n\"0,3\",,nan\n1,2\n";
  const std::string all = mistakes("[sweep]\nfile = \"w.csv\"\n", {}, folder.path());
  CHECK_THAT(all, contains("w.csv:4:1: buying.chance = \"0,3\" is no number. Expected: a number. Did you mean 0.3?"));
  CHECK_THAT(all, contains("w.csv:4:7: buying.seats is empty. Expected: a number."));
  CHECK_THAT(all, contains("w.csv:4:8: buying.chanse = \"nan\" is no number to count with."));
  CHECK_THAT(all, contains("w.csv:5:1: has 2 fields, and the header has 3."));
  CHECK_THAT(all, contains("w.csv:1:28: buying.chanse is not part of a study. Did you mean buying.chance?"));
  CHECK_THAT(all, contains("w.csv:3:1: buying.chance = 1.5 is outside [0, 1] (a chance per month)."));
  CHECK_THAT(all, contains("w.csv:3:5: buying.seats = 2.5 is not a whole number"));
  CHECK_THAT(all, contains("  3 | 1.5,2.5,1\n    |     ^~~\n"));
  CHECK_THAT(all, contains("7 mistakes."));

  std::ofstream(folder / "i.csv") << ",buying.chance\n0,0.1\n";
  CHECK_THAT(mistakes("[sweep]\nfile = \"i.csv\"\n", {}, folder.path()),
             contains("i.csv:1:1: column 1 has no name (is it a table's index?)") && contains("1 mistake."));
  std::ofstream(folder / "h.csv") << "buying.chance\n";
  CHECK_THAT(mistakes("[sweep]\nfile = \"h.csv\"\n", {}, folder.path()),
             contains("h.csv: has a header and no rows. Expected: rows of numbers under it."));
  CHECK_THAT(mistakes("[sweep]\nfile = \"gone.csv\"\n", {}, folder.path()),
             contains("sweep.file = \"gone.csv\" cannot be read"));
  CHECK_THAT(mistakes("[sweep]\nfile = \"../p.csv\"\n", {}, folder.path()),
             contains("leads away from the study (a study reads only what lies beside it). Did you mean the option "
                      "--sweep FILE?"));
}

TEST_CASE("paths of a sweep are numbers of the study, each by one path") {
  const auto grid = [](const std::string& lines) { return mistakes("[sweep.grid]\n" + lines + "\n"); };
  CHECK_THAT(grid("buying.discuont = [0.1]"),
             contains("a.toml:19:8: buying.discuont is not part of a study. Did you mean buying.discount?\n  19 | "));
  CHECK_THAT(grid("buyin.discount = [0.1]"), contains("[buyin] is not part of a study. Did you mean buying.discount?"));
  CHECK_THAT(grid("policy.AB.tier.gold.discount = [0.1]"), contains("policy has no \"AB\" (there are: today, A & B)"));
  CHECK_THAT(grid("buying.when = [1, 2]"), contains("buying.when = 1 is a number. Expected: text"));
  CHECK_THAT(grid("title = [1, 2]"), contains("title = 1 is a number. Expected: text"));
  CHECK_THAT(grid("buying.rate = [1, 2]\nbuying.rate.mean = [3]"), contains("is not TOML here"));
  CHECK_THAT(mistakes("[sweep]\nlist = [ { buying.rate = 1, \"buying\".rate.mean = 2 } ]\n"), contains("TOML"));
  CHECK_THAT(grid("scenario.waves.shock.2.times = [1.2]\nscenario.waves.shock.demand.times = [1.2]"),
             contains("shock has 2 that are called \"demand\". Did you mean scenario.waves.shock.1.times"));
  CHECK_THAT(grid("policy.\"A & B\".tier.1.discount = [0.2]\npolicy.\"A & B\".tier.gold.discount = [0.2]"),
             contains("policy.\"A & B\".tier.1.discount is no number of its own (only numbers can be swept, and each "
                      "by one path)."));
  CHECK_THAT(mistakes("[sweep.grid]\nbuying.chance = [0.1]\n", {option("buying.chance", "0.2")}),
             contains("a.toml:19:8: buying.chance is swept, and --set buying.chance=0.2 sets it. Which one?"));
  CHECK_THAT(grid("buying.rate = [1, 2]") + warnings("[sweep.grid]\nbuying.rate = [1, 2]\n"),
             contains("buying.rate = 1 makes all customers alike"));
}

TEST_CASE("values of a sweep lie within their ranges, and the unusual is told once a number") {
  const std::string all = mistakes("[sweep.grid]\nbuying.chance = [0.5, 2, nan, \"x\"]\nbuying.seats = [1, 2.5]\n");
  CHECK_THAT(all, contains("a.toml:19:23: buying.chance = 2 is outside [0, 1]"));
  CHECK_THAT(all, contains("a.toml:19:31: sweep.grid.buying.chance = \"x\" is text. Expected: a number."));
  CHECK_THAT(all, contains("sweep.grid.buying.chance = nan is no number to count with"));
  CHECK_THAT(all, contains("buying.seats = 2.5 is not a whole number"));
  const std::string told = warnings("[sweep.grid]\nbuying.discount = [0.1, 0.4, 0.5, 0.6]\n");
  CHECK_THAT(told, contains("a.toml:19:25: buying.discount = 0.4 is unusual (from 0 to 0.3 would be usual"));
  CHECK_THAT(told, !contains("0.5"));
  CHECK_THAT(mistakes("[sweep.hypercube]\npoints = 5\nbuying.chance = { low = 0.5, high = 1.5 }\n"),
             contains("is outside [0, 1]"));
}

TEST_CASE("axes and luck are those of the study") {
  const auto grid = [](const std::string& lines) { return mistakes("[sweep.grid]\n" + lines + "\n"); };
  CHECK_THAT(grid("horizon.months = [36, 24]"),
             contains("a.toml:19:23: horizon.months = 24 changes the months (36 as stated, 24 here), which all points "
                      "share. Did you mean a study of its own, with --set horizon.months=24?"));
  CHECK_THAT(grid("experiment.replications = [10]"),
             contains("changes the replications (100 as stated, 10 here), which all points share."));
  CHECK_THAT(grid("experiment.draws = [10]"), contains("experiment.draws = 10 changes the draws"));
  CHECK_THAT(grid("seed = [2]"), contains("seed = 2 changes the seed, and with it the luck (1 as stated, 2 here)"));
  CHECK_THAT(grid("money_quantum = [1]"), contains("changes the quantum of money"));
  CHECK_THAT(grid("buying.chance = [0.1]\nhorizon.run_off = [3]"), contains("changes the months of the run-off"));
}

TEST_CASE("what only the numbers of a point together do wrong is told with the point") {
  const std::string law = "[uncertain]\nbuying.discount = { dist = \"uniform\", low = 0.1, high = 0.3 }\n";
  CHECK_THAT(mistakes(law + "[sweep.grid]\nuncertain.buying.discount.low = [0.1, 0.2]\n"
                            "uncertain.buying.discount.high = [0.3, 0.15]\n"),
             contains("point 4 (uncertain.buying.discount.low = 0.2, uncertain.buying.discount.high = 0.15): "
                      "uncertain.buying.discount: low is above high."));
  CHECK_THAT(mistakes(law + "[sweep.grid]\nuncertain.buying.discount.low = [0.1, 0.2]\n"),
             contains("uncertain.buying.discount.low = 0.2 changes the draws of what is uncertain (buying.discount 0.1 "
                      "0.3 as stated, buying.discount 0.2 0.3 here)"));
  CHECK_THAT(mistakes(law + "[sweep.grid]\nbuying.discount = [0.1, 0.2]\n"),
             contains("buying.discount is swept and uncertain: every draw gives it another value, so that all points "
                      "would be alike. What is asked is swept, what is not known is drawn. Which one?"));
  CHECK(reading(least + law + "draws = 0\n[sweep.grid]\nbuying.discount = [0.1, 0.2]\n").sweep.points.size() == 2);
}

TEST_CASE("a sweep has one design that says what it takes") {
  CHECK_THAT(mistakes("[sweep]\n"), contains("a.toml:18:2: [sweep] is empty. Expected: one of sweep.grid"));
  CHECK_THAT(mistakes("[sweep.grid]\nbuying.chance = [0.1]\n[sweep.zip]\nbuying.seats = [1]\n"),
             contains("sweep.zip does not go with sweep.grid (a sweep has one design). Which one?"));
  CHECK_THAT(mistakes("[sweep.gird]\nbuying.chance = [0.1]\n"), contains("Did you mean grid?"));
  CHECK_THAT(mistakes("[sweep]\nbuying.chance = [0.1]\n"),
             contains("sweep.buying names no design. Did you mean sweep.grid.buying?"));
  CHECK_THAT(mistakes("[sweep.grid]\nbuying.chance = 0.1\n"),
             contains("sweep.grid.buying.chance = 0.1 is a number. Expected: a list such as [15, 30, 45], or { low ="));
  CHECK_THAT(mistakes("[sweep.grid]\nbuying.chance = []\n"), contains("sweep.grid.buying.chance = [] has no value."));
  CHECK_THAT(mistakes("[sweep.grid]\nbuying.chance = { low = 0.1, high = 0.3 }\n"),
             contains("sweep.grid.buying.chance.step and count are both missing. Which one?"));
  CHECK_THAT(mistakes("[sweep.grid]\nbuying.chance = { low = 0.4, high = 0.3, count = 3 }\n"),
             contains("sweep.grid.buying.chance.low = 0.4 is not below high = 0.3."));
  CHECK_THAT(mistakes("[sweep.zip]\nbuying.chance = [0.1]\nbuying.seats = [1, 2, 3]\n"),
             contains("sweep.zip.buying.seats has 3 values and buying.chance has 1 (in a zip"));
  const std::string of_text = mistakes("[sweep.grid]\nexperiment.headline = [\"npv\"]\n");
  CHECK_THAT(of_text, contains("sweep.grid.experiment.headline = \"npv\" is text.") && contains("1 mistake."));
  CHECK_THAT(mistakes("[sweep.zip]\nbuying.chance = [0.1, 0.2]\nbuying.seats = [1, 2, 3]\n"),
             contains("a.toml:20:8: sweep.zip.buying.seats has 3 values and buying.chance has 2"));
  const std::string rows = mistakes(
      "[sweep]\nlist = [ { buying.chance = 0.1, buying.seats = 5 }, { buying.seats = 7 },\n  { buying.chance = 0.2, "
      "buying.seats = 5, buying.gifts = 1 } ]\n");
  CHECK_THAT(rows, contains("a.toml:19:53: sweep.list, row 2: buying.chance is missing (all rows of a list say the "
                            "same numbers)."));
  CHECK_THAT(rows, contains("sweep.list, row 3: buying.gifts is not in the first row"));
  CHECK_THAT(mistakes("[sweep.hypercube]\nbuying.chance = [0.1, 0.2]\n"),
             contains("sweep.hypercube.points is missing. Expected: how many points, such as 50."));
  CHECK_THAT(
      mistakes("[sweep.hypercube]\npoints = 5\nbuying.chance = [0.1, 0.2]\n"),
      contains("sweep.hypercube.buying.chance = [ ... ] is a list. Expected: a range, { low = 15, high = 60 }."));
  CHECK_THAT(mistakes("[sweep.grid]\nbuying.chance = { low = 0, high = 1, count = 1000 }\nbuying.seats = { low = 0, "
                      "high = 99, step = 0.5 }\nbuying.rate.mean = [1]\n"),
             contains("sweep.grid has 199000 points, and a sweep has 100,000 at most."));
}

TEST_CASE(
    "a sweep has numbers that can be compared with each other, and one that is said often is told in each place") {
  const Folder folder;
  std::string header = "buying.chance", row = "0.1";
  for (int n = 1; n < 5'000; ++n) header += ",buying.chance", row += ",0.1";
  std::ofstream(folder / "w.csv") << header + "\n" + row + "\n";
  CHECK_THAT(mistakes("[sweep]\nfile = \"w.csv\"\n", {}, folder.path()),
             contains("w.csv:1:1: has 5000 columns. Expected: at most 1,000.") && contains("1 mistake."));
  std::string grid = "[sweep.grid]\n";
  for (int n = 0; n < 1'001; ++n) grid += "buying.x" + std::to_string(n) + " = [1]\n";
  CHECK_THAT(mistakes(grid), contains("a.toml:18:2: [sweep] has 1001 numbers. Expected: at most 1,000."));
  std::ofstream(folder / "t.csv") << "buying.chance,buying.seats,buying.chance,buying.chance\n0.1,1,0.1,0.1\n";
  const std::string thrice = mistakes("[sweep]\nfile = \"t.csv\"\n", {}, folder.path());
  CHECK_THAT(thrice, contains("t.csv:1:28: buying.chance is swept twice (as buying.chance too)"));
  CHECK_THAT(thrice, contains("t.csv:1:42: buying.chance is swept twice (as buying.chance too)"));
}

TEST_CASE("equal points are one, and odd sizes are told") {
  const std::string twice = "[sweep.grid]\nbuying.seats = [5, 7, 5, 5.0]\n";
  CHECK(sweep_of(twice).points == Values{{5}, {7}});
  CHECK_THAT(warnings(twice), contains("point 3 says the same as point 1; it and 1 more are left out."));
  CHECK_THAT(warnings("[sweep.grid]\nbuying.seats = [5]\n"), contains("the sweep has one point"));
  CHECK(sweep_of("[sweep.grid]\nscenario.waves.shock.1.from = [0, -0.0]\n").points == Values{{0}});
}

TEST_CASE("a sweep of many points is read at its ends only, and told") {
  const std::string many =
      "[sweep.grid]\nbuying.chance = { low = 0, high = 1, count = 300 }\nbuying.seats = { low = 0, high = 99, step = 1 "
      "}\n";
  const scenarios::StudyReading read = reading(least + many);
  CHECK(read.sweep.points.size() == 30'000);
  CHECK_THAT(read.warnings.at(0), contains("the sweep has 30000 points"));
}

}  // namespace clientele::tests
