// Points of a program that exists, as a study states them: months, years, a balance, and all that is wrong at once.
#include <fstream>

#include "models/catalogue.hpp"
#include "scenarios/study_reader.hpp"
#include "sim/dated.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;

const std::string least = R"([horizon]
start = 2027-04-01
warmup = 12
[population]
customers = 100
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ { name = "all", earn = 1, points_valid = 24 } ]
[points]
)";

class WithPoints {
 public:
  explicit WithPoints(const std::string& csv = "issued,points\n2026-03,100\n") {
    std::ofstream(folder_ / "points.csv", std::ios::binary) << csv;
  }
  scenarios::StudyReading reading(const std::string& opening, const std::vector<scenarios::Override>& options = {},
                                  const std::string& text = least) const {
    return scenarios::read_study_text(text + "opening = " + opening + "\n", "a.toml", folder_.path(), catalogue_,
                                      options);
  }
  sim::DatedAmounts amounts(const std::string& opening = "{ file = \"points.csv\" }",
                            const std::vector<scenarios::Override>& options = {},
                            const std::string& text = least) const {
    const sim::Study study = reading(opening, options, text).study;
    const sim::FieldRef at = catalogue_.field_at("points.opening");
    return sim::unpacked_amounts(study.values[at.table][at.field].numbers);
  }
  std::string mistakes(const std::string& opening = "{ file = \"points.csv\" }",
                       const std::vector<scenarios::Override>& options = {}, const std::string& text = least) const {
    try {
      reading(opening, options, text);
    } catch (const sim::UserError& error) {
      CHECK(error.status() == sim::Exit::bad_data);
      return error.what();
    }
    return "none";
  }

 private:
  Folder folder_;
  sim::Catalogue catalogue_ = models::catalogue();
};

std::string altered(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

}  // namespace

TEST_CASE("a table states points by month and year of issue") {
  const sim::DatedAmounts two{{-13, 100}, {-1, 2'000'000'000}};
  CHECK(WithPoints("issued,points\n2027-03,2000000000\n2026-03,100\n").amounts() == two);
  CHECK(WithPoints("\xEF\xBB\xBFpoints; issued\n 100 ;2026-03\n\n2000000000;2027-03\n").amounts() == two);
  CHECK(WithPoints().amounts("{ issued = [\"2027-03\", \"2026-03\"], points = [2_000_000_000, 100] }") == two);
  CHECK(WithPoints("issued,points\n2027-03,0\n2026-03,5\n").amounts() == sim::DatedAmounts{{-13, 5}});
}

TEST_CASE("a year stands for those of its months from which points can be left") {
  // Of 2025 those issued from April on are valid to April 2027 or longer; of 2027 there are three months.
  CHECK(WithPoints().amounts("{ issued = [2025], points = [100] }") == sim::DatedAmounts{{-24, 100, 9}});
  CHECK(WithPoints().amounts("{ issued = [\"2027\"], points = [5] }") == sim::DatedAmounts{{-3, 5, 3}});
  // With the calendar year all months of 2025 are valid to December 2027.
  const std::string by_year = "{ issued = [2025], points = [12] }\nend = \"calendar year\"";
  CHECK(WithPoints().amounts(by_year) == sim::DatedAmounts{{-27, 12, 12}});
  // For ever: all of them, and of any year.
  const std::string for_ever = altered(least, "24", "240");
  CHECK(WithPoints().amounts("{ issued = [2001], points = [12] }", {}, for_ever) == sim::DatedAmounts{{-315, 12, 12}});
}

TEST_CASE("stated points come to the balance, or the difference is told") {
  const WithPoints points("issued,points\n2026-03,100\n2026-04,50\n");
  CHECK(points.mistakes("{ file = \"points.csv\", balance = 150 }") == "none");
  CHECK_THAT(
      points.mistakes("{ file = \"points.csv\", balance = 180 }"),
      Contains("a.toml:11:") && Contains("points.opening.balance = 180, and the months and years come to 150, 30 "
                                         "fewer. Which one is right?"));
  CHECK_THAT(points.mistakes("{ file = \"points.csv\", balance = 149 }"), Contains("come to 150, 1 more. Which"));
  CHECK_THAT(points.mistakes("{ file = \"points.csv\", balance = 15.5 }"), Contains("points.opening.balance = 15.5"));
  CHECK_THAT(points.mistakes("{ file = \"points.csv\", balance = 150 }",
                             {{"points.opening.balance=140", "points.opening.balance", "140"}}),
             Contains("points.opening.balance = 140"));
  CHECK_THAT(points.mistakes("{ issued = [2026], points = [0] }"), Contains("points.opening comes to 0 points"));
}

TEST_CASE("all that is wrong with stated points is told at once, with its place") {
  const std::string told = WithPoints(
                               "issued,points\n2026-13,1\n2026-05,-3\n2026-06,1.5\n2026-07,\"12,000\"\n2027-04,5\n2020,"
                               "7\n2026-08,1\n2026-08,2\n2026-09\n2026-10-01,4\n")
                               .mistakes();
  CHECK_THAT(told,
             Contains("points.csv:2:1: issued = \"2026-13\" is no month and no year. Expected: 2026-03 or 2026."));
  CHECK_THAT(told, Contains("points.csv:3:9: points = -3 is below 0"));
  CHECK_THAT(told, Contains("points.csv:4:9: points = 1.5 is no number of points"));
  CHECK_THAT(told,
             Contains("points = \"12,000\" is no number. Expected: a whole number. Did you mean 12000 or 12.000?"));
  CHECK_THAT(told, Contains("points.csv:6:1: points.opening: 2027-04 is not before the start, 2027-04"));
  CHECK_THAT(told, Contains("points.csv:10:1: has 1 field, and the header has 2."));
  CHECK_THAT(told, Contains("points.csv:11:1: issued = \"2026-10-01\"") && Contains("Did you mean 2026-10?"));
  const std::string later = WithPoints("issued,points\n2020,7\n2026-08,1\n2026-08,2\n2025-03,9\n2026,5\n").mistakes();
  CHECK_THAT(later,
             Contains("points.csv:2:1: points.opening: what was issued in 2020 had ended by 2027-03 (the longest "
                      "that the baseline grants is 24 months)"));
  CHECK_THAT(later, Contains("points.csv:4:1: points.opening: 2026-08 is said twice, by 2026-08 and by 2026-08."));
  CHECK_THAT(later, Contains("points.csv:5:1: points.opening: what was issued in 2025-03 had ended"));
  CHECK_THAT(later, Contains("points.csv:6:1: points.opening: 2026-08 is said twice, by 2026-08 and by 2026."));
}

TEST_CASE("what is no table of points is told") {
  CHECK_THAT(WithPoints("month,points\n2026-03,1\n").mistakes(),
             Contains("points.csv:1:1: column \"month\" is none of these amounts. Expected: issued,points.") &&
                 Contains("points.csv:1:1: has no column issued."));
  CHECK_THAT(WithPoints("issued,points,points\n2026-03,1,1\n").mistakes(), Contains("is there twice"));
  CHECK_THAT(WithPoints("").mistakes(), Contains("points.csv: is empty"));
  CHECK_THAT(WithPoints("issued,points\n").mistakes(), Contains("has a header and no rows"));
  CHECK_THAT(WithPoints().mistakes("{ file = \"else.csv\" }"),
             Contains("points.opening.file = \"else.csv\" cannot be read"));
  CHECK_THAT(WithPoints().mistakes("{ file = \"../points.csv\" }"), Contains("leads away from the study"));
  CHECK_THAT(WithPoints().mistakes("17"),
             Contains("a.toml:11:11: points.opening = 17 is a number. Expected: { file ="));
  CHECK(WithPoints().amounts("{}").empty());
  CHECK_THAT(WithPoints().mistakes("{ balance = 3 }"), Contains("points.opening says no amounts"));
  CHECK_THAT(WithPoints().mistakes("{ file = \"points.csv\", points = [1] }"), Contains("has a file and lists"));
  CHECK_THAT(WithPoints().mistakes("{ issued = [2026] }"), Contains("has issued and no points"));
  CHECK_THAT(WithPoints().mistakes("{ issued = [2026], points = [1, 2] }"), Contains("has 1 issued and 2 points"));
  CHECK_THAT(WithPoints().mistakes("{ issued = 2026, points = [1] }"), Contains("points.opening.issued = 2026 is a"));
  CHECK_THAT(WithPoints().mistakes("{ issued = [2026], points = [\"1\"] }"),
             Contains("points.opening.points[1] = \"1\""));
  CHECK_THAT(WithPoints().mistakes("{ file = \"points.csv\", ballance = 100 }"), Contains("Did you mean balance?"));
}

TEST_CASE("stated points belong to a program that exists and has a past") {
  CHECK_THAT(WithPoints().mistakes("{ file = \"points.csv\" }", {}, altered(least, "warmup = 12", "warmup = 0")),
             Contains("points.opening needs a warm-up, and horizon.warmup is 0"));
  CHECK_THAT(WithPoints().mistakes("{ file = \"points.csv\" }", {}, altered(least, "earn = 1", "earn = 0")),
             Contains("the baseline, policy \"today\", has none (earn is 0 in all of its tiers)"));
}

TEST_CASE("stated points are part of what an outcome hangs on, and where there are none nothing is") {
  const WithPoints points("issued,points\n2026-03,100\n");
  const auto digest = [&](const std::string& opening) { return points.reading(opening).study.digest; };
  const std::string by_file = "{ file = \"points.csv\" }";
  CHECK(digest(by_file) == digest("{ issued = [\"2026-03\"], points = [100], balance = 100 }"));
  CHECK(digest(by_file) != digest("{ issued = [\"2026-03\"], points = [101] }"));
  CHECK(digest(by_file) != digest("{ issued = [\"2026-04\"], points = [100] }"));
}

}  // namespace clientele::tests
