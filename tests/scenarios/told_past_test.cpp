// What a customer file may tell of the past, and each mistake in it once.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "models/catalogue.hpp"
#include "scenarios/study_reader.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using Catch::Contains;

const std::string policies =
    "[[policy]]\nname = \"today\"\nsegmentation = { rule = \"spend\" }\n"
    "tier = [ { name = \"gold\", from = 5000 }, { name = \"silver\", from = 100 }, { name = \"base\" } ]\n";

/// A study of a file with these lines.
class Told {
 public:
  explicit Told(const std::string& csv, const std::string& more = "", const std::string& horizon = "warmup = 2") {
    const auto folder = std::filesystem::temp_directory_path() / "clientele-told-past-test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "customers.csv", std::ios::binary) << csv;
    const std::string text = "[horizon]\nmonths = 3\n" + horizon +
                             "\n[population]\nfile = \"customers.csv\"\narrivals = \"none\"\n" + more + policies;
    try {
      reading_ = scenarios::read_study_text(text, "a.toml", folder, models::catalogue(), {});
    } catch (const sim::UserError& error) {
      mistakes_ = error.what();
    }
    std::filesystem::remove_all(folder);
  }
  const std::string& mistakes() const { return mistakes_; }
  std::string warnings() const {
    std::string all;
    for (const std::string& warning : reading_->warnings) all += warning + "\n";
    return all;
  }
  const sim::CustomerFile& file() const {
    INFO(mistakes_);
    REQUIRE(reading_);
    return *reading_->study.population.file;
  }

 private:
  std::optional<scenarios::StudyReading> reading_;
  std::string mistakes_;
};

const std::string seen = "id,repeat_orders,months_to_last_order,months_seen";

}  // namespace

TEST_CASE("what a file tells of the past is kept by its key, months last first, balances to the last digit") {
  const Told told(
      "id,repeat_orders,months_to_last_order,months_seen,sales_2,sales_1,points_1,open_not_due,open_1_30,"
      "open_31_60,open_61_90,open_over_90\na,2,3.5,9,20,10,7,4000000.01,0,0,0,0.05\n");
  const auto& past = told.file().past;
  REQUIRE(past.size() == 10);
  CHECK(past[1].key == "months_to_last_order");
  CHECK(past[1].values == std::vector<float>{3.5F});
  CHECK(past[3].key == "sales");
  CHECK(past[3].columns == 2);
  CHECK(past[3].values == std::vector<float>{10, 20});
  CHECK(past[4].exact == std::vector<double>{7});
  CHECK(past[5].exact == std::vector<double>{4000000.01});
  CHECK(past[5].values.empty());
}

TEST_CASE("each mistake in what a file tells of the past is told with its line") {
  CHECK_THAT(Told(seen + "\na,2,10,9\n").mistakes(),
             Contains("customers.csv:2: column \"months_to_last_order\" is more than column \"months_seen\""));
  CHECK_FALSE(Contains("customers.csv:3").match(Told(seen + "\na,0,4,9\nb,2,0,9\n").mistakes()));  // orders of a day
  CHECK_THAT(Told(seen + "\na,0,4,9\n").mistakes(),
             Contains("customers.csv:2: column \"repeat_orders\" is 0, and column \"months_to_last_order\" is not"));
  CHECK_THAT(Told(seen + "\na,1.5,4,9\n").mistakes(), Contains("column \"repeat_orders\" = \"1.5\" is not a whole"));
  CHECK_THAT(Told("id,repeat_orders,months_to_last_order\na,1,4\n").mistakes(),
             Contains("has a column \"repeat_orders\" and none \"months_seen\" (the one says nothing without"));
  CHECK_THAT(Told("id,invoices_seen,invoices_late\na,3,4\n").mistakes(),
             Contains("column \"invoices_late\" is more than column \"invoices_seen\""));
  CHECK_THAT(Told("id,invoices_seen,invoices_late,late_by_administration\na,3,2,3\n").mistakes(),
             Contains("column \"late_by_administration\" is more than column \"invoices_late\""));
  CHECK_THAT(Told("id,invoices_seen,invoices_late,days_late\na,3,0,12\n").mistakes(),
             Contains("column \"invoices_late\" is 0, and column \"days_late\" is not"));
  CHECK_THAT(Told("id,sales_1,sales_3\na,3,4\n").mistakes(),
             Contains("has no column \"sales_2\", and one of an earlier month"));
  CHECK_THAT(Told("id,open_not_due,open_1_30,open_31_60,open_61_90\na,1,1,1,1\n").mistakes(),
             Contains("has a column \"open_61_90\" and none \"open_over_90\""));
  CHECK_THAT(Told("id,open_not_due,open_1_30,open_31_60,open_61_90,open_over_90\na,1,-1,1,1,1\n").mistakes(),
             Contains("column \"open_1_30\" = \"-1\" is outside"));
  CHECK_THAT(Told("id,points_1\na,2.5\n").mistakes(), Contains("is not a whole number (points held that end"));
  CHECK_THAT(Told("id,points_37\na,2\n").mistakes(), Contains("has a column \"points_37\" that nobody reads"));
  CHECK_THAT(Told("id,sales_1\na,5\n", "", "warmup = 0").mistakes(),
             Contains("the customer file tells of the past (\"sales\"), and horizon.warmup = 0"));
  CHECK_THAT(Told("id,tier_today\na,gold\n", "", "warmup = 0").mistakes(), Contains("(\"tier_today\")"));
}

TEST_CASE("a customer's tier today is a name of the baseline's tiers, or nothing") {
  CHECK(Told("id,tier_today\na,silver\nb,\nc, gold \n").file().tiers == std::vector<std::int32_t>{1, -1, 0});
  CHECK(Told("id,sales_1\na,5\n").file().tiers.empty());
  const Told slips("id,tier_today\na,gold\nb,sliver\nc,sliver\nd,platinum\n");
  CHECK_THAT(
      slips.mistakes(),
      Contains("customers.csv:3: column \"tier_today\" = \"sliver\" is no tier of the baseline, policy \"today\" "
               "(there are: gold, silver, base; nothing where a customer has none). Did you mean \"silver\"?"));
  CHECK_THAT(slips.mistakes(), Contains("customers.csv:5: column \"tier_today\" = \"platinum\""));
  CHECK_THAT(slips.mistakes(), !Contains("customers.csv:4:"));
  CHECK_THAT(Told("id,tier_today,t\na,gold,gold\n", "columns = { t = \"tier_today\" }\n").mistakes(),
             Contains("two columns"));
}

TEST_CASE("a group of newcomers alone needs no row in the file") {
  const auto groups = [](const std::string& arrivals) {
    return "[[population.group]]\nname = \"old\"\n[[population.group]]\nname = \"new\"\n" + arrivals;
  };
  const std::string csv = "id,group\na,old\n";
  CHECK_THAT(Told(csv, groups("")).warnings(), Contains("group \"new\" has no customer in the file"));
  CHECK_THAT(Told(csv, groups("acquisition = { arrivals = 4 }\n")).warnings(), !Contains("has no customer"));
}

}  // namespace clientele::tests
