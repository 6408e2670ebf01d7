// A column of a file is a law: what is read, what is refused with its line, and what a digest knows of it.
#include <fstream>

#include "scenarios/part_digests.hpp"
#include "scenarios/point_reader.hpp"
#include "sim/draws.hpp"
#include "tests/output/folder.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

const std::string least = R"([population]
customers = 100
[[population.group]]
name = "a"
share = 0.5
[[population.group]]
name = "b"
share = 0.5
GROUP
[[policy]]
name = "today"
segmentation = "everyone"
[buying]
)";

const std::string seats = "area = { file = \"orders.csv\", column = \"seats\" }\n";

class WithOrders {
 public:
  explicit WithOrders(const std::string& csv) { std::ofstream(folder_ / "orders.csv", std::ios::binary) << csv; }

  scenarios::StudyReading reading(const std::string& text = seats, const std::string& of_group = "",
                                  const std::vector<scenarios::Override>& options = {}) const {
    std::string all = least + text;
    all.replace(all.find("GROUP"), 5, of_group);
    return scenarios::read_study_text(all, "a.toml", folder_.path(), small_catalogue(), options);
  }
  std::string mistakes(const std::string& text = seats, const std::string& of_group = "",
                       const std::vector<scenarios::Override>& options = {}) const {
    try {
      reading(text, of_group, options);
    } catch (const sim::UserError& error) {
      CHECK(error.status() == sim::Exit::bad_data);
      return error.what();
    }
    return "none";
  }
  std::string warnings(const std::string& text = seats) const {
    std::string all;
    for (const std::string& warning : reading(text).warnings) all += warning + "\n";
    return all;
  }
  const Folder& folder() const { return folder_; }

 private:
  Folder folder_;
};

scenarios::Override option(const std::string& path, const std::string& value) {
  return {"--set " + path + "=" + value, path, value};
}

const sim::FieldValue& field_in(const sim::Study& study, std::string_view key) {
  static const sim::Catalogue catalogue = small_catalogue();
  return study.values[0][*catalogue.tables()[0].fields.find(key)];
}

std::string rows(std::size_t n) {
  std::string text = "id,seats,share\n";
  for (std::size_t i = 0; i < n; ++i)
    text += "c" + std::to_string(i) + "," + std::to_string((i * 7) % n + 1) + ",0." + std::to_string(i % 10) + "\n";
  return text;
}

}  // namespace

TEST_CASE("the values of a column are the law, with their own mean and quantiles") {
  const auto read = WithOrders(rows(40)).reading();
  CHECK(read.warnings.empty());
  const sim::FieldValue& size = field_in(read.study, "area");
  REQUIRE(size.sample);
  CHECK(size.sample->values.size() == 40);
  CHECK(size.sample->values.front() == 1);
  CHECK(size.sample->values.back() == 40);
  CHECK(size.numbers == std::vector<double>{20.5});
  CHECK(size.sample->variance() == Approx((40.0 * 40 - 1) / 12));
  CHECK(size.sample->quantile(0) == 1);
  CHECK(size.sample->quantile(0.5) == 21);
  CHECK(size.sample->quantile(1) == 40);
  CHECK(sim::sample_in_words(*size.sample) == "40 values of orders.csv, column seats, with a mean of 20.5");
  std::string many = "seats\n";
  for (int i = 0; i < 400; ++i) many += std::to_string(1 + i % 100) + "\n";
  CHECK(sim::sample_in_words(*field_in(WithOrders(many).reading().study, "area").sample) ==
        "400 values of orders.csv, column seats, with a mean of 50.5 and 90 % from 6 to 96");
}

TEST_CASE("one column needs no name, and neither separators, quotes nor a byte order mark do harm") {
  const std::string unnamed = "area = { file = \"orders.csv\", dist = \"empirical\" }\n";
  CHECK(field_in(WithOrders("seats\n3\n4\n").reading(unnamed).study, "area").sample->column == "seats");
  const WithOrders other("\xEF\xBB\xBF\"no.\";\" seats \"\r\n1;\" 3 \"\r\n2;4.5\r\n\r\n");
  CHECK(field_in(other.reading().study, "area").sample->values == std::vector<float>{3, 4.5F});
}

TEST_CASE("a stated mean multiplies all values, by an option, in a group or in a draw") {
  const WithOrders orders(rows(40));
  const std::string moved = "area = { file = \"orders.csv\", column = \"seats\", mean = 10.25 }\n";
  CHECK(field_in(orders.reading(moved).study, "area").numbers.front() == 10.25);
  CHECK(field_in(orders.reading(moved).study, "area").sample->factor_to(10.25) == 0.5);
  const auto by_option = orders.reading(seats, "", {option("buying.area.mean", "41")});
  CHECK(field_in(by_option.study, "area").numbers.front() == 41);
  CHECK(field_in(by_option.study, "area").sample);
  const sim::Study grouped = orders.reading(seats, "buying.area.mean = 5").study;
  CHECK(field_in(grouped, "area").numbers.front() == 20.5);
  REQUIRE(grouped.population.groups[1].overrides.size() == 1);
  CHECK(grouped.population.groups[1].overrides[0].value.numbers.front() == 5);
  CHECK(grouped.population.groups[1].overrides[0].value.sample == field_in(grouped, "area").sample);
  const sim::Study drawn =
      orders.reading(seats + "[uncertain]\nbuying.area.mean = \"10 to 25\"\n", "buying.area.mean = 41").study;
  REQUIRE(drawn.uncertain.size() == 1);
  CHECK(drawn.uncertain[0].number == 0);
  CHECK(orders.mistakes(moved, "", {option("buying.area", "3")}) == "none");
  CHECK(!field_in(orders.reading(moved, "", {option("buying.area", "3")}).study, "area").sample);
}

TEST_CASE("a group has a column of its own, and an option names another file") {
  const WithOrders orders(rows(40));
  std::ofstream(orders.folder() / "more.csv") << "seats\n50\n51\n";
  const sim::Study study = orders.reading(seats, "buying.area = { file = \"more.csv\", column = \"seats\" }").study;
  CHECK(study.population.groups[1].overrides.at(0).value.sample->mean == 50.5);
  const std::string path = (orders.folder() / "more.csv").string();
  const sim::Study other =
      orders.reading("area.mean = 3\n", "", {option("buying.area.file", "\"" + path + "\"")}).study;
  CHECK(field_in(other, "area").sample->mean == 50.5);
}

TEST_CASE("no mean takes a value out of the range of its field") {
  const WithOrders orders("share\n0.2\n0.4\n0.9\n");
  const std::string patience = "patience = { file = \"orders.csv\", column = \"share\"";
  CHECK(orders.mistakes(patience + ", mean = 0.55 }\n") == "none");
  CHECK_THAT(orders.mistakes(patience + ", mean = 0.56 }\n"),
             contains("a.toml:14:60: buying.patience.mean = 0.56 is outside [0, 0.5555] (how often a customer waits, "
                      "share; beyond, values of orders.csv leave [0, 1])."));
  CHECK_THAT(orders.mistakes(patience + " }\n[uncertain]\nbuying.patience.mean = \"0.4 to 0.7\"\n"),
             contains("mean.high = 0.7 is outside [0, 0.5555]"));
  CHECK_THAT(orders.mistakes(patience + " }\n[uncertain]\nbuying.patience.mean = \"0.4 to 0.51\"\n",
                             "buying.patience.mean = 0.55"),
             contains("take group \"b\" out of its range"));
  CHECK_THAT(WithOrders("share\n0\n0\n").mistakes(patience + ", mean = 0.1 }\n"),
             contains("mean = 0.1 is outside [0, 0]"));
}

TEST_CASE("mistakes are told with the file's line and column") {
  const auto told = [](const std::string& csv, const std::string& text = seats) {
    return WithOrders(csv).mistakes(text);
  };
  CHECK_THAT(told("id,seats\na,3\nb,-1\nc,101\n"),
             contains("orders.csv:3:3: seats = -1 is outside [0, 100] (buying.area: seats of a customer).\n"
                      "  3 | b,-1\n    |   ^~\norders.csv:4:3: seats = 101 is outside [0, 100]"));
  CHECK_THAT(told("id,seats\na,3\nb,-1\nc,101\n"), contains("2 mistakes"));
  CHECK_THAT(told("id,seats\na,3\nb,\n"),
             contains("orders.csv:3:3: seats is empty. Expected: a number, or no row for who has none."));
  CHECK_THAT(told("id,seats\na,many\n"), contains("orders.csv:2:3: seats = \"many\" is no number."));
  CHECK_THAT(told("id;seats\na;1.234,5\n"), contains("Did you mean 1234.5?"));
  CHECK_THAT(told("seats\n1e60\n"), contains("orders.csv:2:1: seats = \"1e60\" is no number."));
  CHECK_THAT(told("seats\nnan\n"), contains("is no number."));
  CHECK_THAT(told("id,seats\na,1,2\n"), contains("orders.csv:2:1: has 3 fields, and the header has 2."));
  CHECK_THAT(told("id,seat\na,1\n"), contains("orders.csv:1:1: has no column \"seats\" (there are: id, seat). Did "
                                              "you mean \"seat\"?"));
  CHECK_THAT(told("seats,seats\n1,2\n"), contains("column \"seats\" is there twice. Which one?"));
  CHECK_THAT(told("1\n2\n"), contains("orders.csv:1:1: begins with numbers. Expected: a first row that names its "
                                      "columns."));
  CHECK_THAT(told(""), contains("orders.csv: is empty. Expected: a row of names, and rows of numbers."));
  CHECK_THAT(told("seats\n"), contains("orders.csv: has a header and no rows."));
  CHECK_THAT(told("seats\n\"3\n"), contains("orders.csv:2:1: "));
  CHECK_THAT(told("seats\n\xFF\n"), contains("is no text in UTF-8"));
  CHECK_THAT(told("a,b\n1,2\n", "area = { file = \"orders.csv\" }\n"),
             contains("orders.csv:1:1: has 2 columns (a, b). Which one: column = \"b\"?"));
}

TEST_CASE("what is no sample is told in the study") {
  const auto told = [](const std::string& text) { return WithOrders("seats\n1\n2\n").mistakes(text); };
  CHECK_THAT(told("area = { file = \"order.csv\", column = \"seats\" }\n"),
             contains("a.toml:14:17: buying.area.file = \"order.csv\" cannot be read ("));
  CHECK_THAT(told("area = { file = \"../orders.csv\" }\n"), contains("leads away from the study"));
  CHECK_THAT(told("area = { file = 3 }\n"), contains("is no path"));
  CHECK_THAT(told("area = { file = \"orders.csv\", column = 1 }\n"),
             contains("buying.area.column = 1 is a number. Expected: text"));
  CHECK_THAT(told("area = { column = \"seats\" }\n"), contains("buying.area says a column and no file"));
  CHECK_THAT(told("area = { dist = \"empirical\" }\n"), contains("buying.area says no file. Expected: { file = "));
  CHECK_THAT(told("area = { dist = \"gamma\", file = \"orders.csv\" }\n"),
             contains("buying.area.file is no number of a gamma law (values of a file stand without dist, or with dist "
                      "= \"empirical\")"));
  CHECK_THAT(told("rate = { file = \"orders.csv\" }\n"),
             contains("buying.rate.file is no number of a gamma law (it is drawn anew each time by a formula"));
  CHECK_THAT(told("area = { file = \"orders.csv\", shape = 2 }\n"),
             contains("buying.area.shape is no number of a empirical law. Expected: { file = "));
}

TEST_CASE("few values, equal ones and an unusual mean are warned of") {
  const auto told = [](const std::string& csv) { return WithOrders(csv).warnings(); };
  CHECK_THAT(told("seats\n5\n"), contains("has one value, 5: all customers are alike."));
  CHECK_THAT(told("seats\n5\n5\n"), contains("has one value in all rows, 5: all customers are alike."));
  CHECK_THAT(told("seats\n5\n6\n"),
             contains("has 2 values: every customer has one of them (30 or more tell a spread)."));
  CHECK_THAT(told("seats\n90\n"), contains("has a mean of 90, which is unusual (from 1 to 50 would be usual; seats)."));
}

TEST_CASE("columns of one file are drawn each by itself, and that is told") {
  const std::string both = seats + "patience = { file = \"orders.csv\", column = \"share\" }\n";
  CHECK_THAT(WithOrders(rows(40)).warnings(both),
             contains("buying.area and buying.patience are columns of \"orders.csv\", and each is drawn by itself"));
  CHECK(WithOrders(rows(40)).warnings(seats).empty());
}

TEST_CASE("the digest knows the values and neither their order nor the file's name") {
  const auto digest = [](const std::string& csv) { return WithOrders(csv).reading().study.digest; };
  const std::string own = digest("seats\n1\n2\n4\n");
  CHECK(digest("id,seats\nx,4\ny,1\nz,2\n") == own);
  CHECK(digest("seats\n1\n2\n5\n") != own);
  CHECK(digest("seats\n1\n2\n4\n1\n2\n4\n") != own);
  const WithOrders named("seats\n1\n2\n4\n");
  std::ofstream(named.folder() / "b.csv") << "s\n4\n2\n1\n";
  CHECK(named.reading("area = { file = \"b.csv\", column = \"s\" }\n").study.digest == own);
  const auto world = [](const std::string& csv) {
    return scenarios::part_digests_of(WithOrders(csv).reading().study, small_catalogue()).world;
  };
  CHECK(world("seats\n1\n2\n4\n") != world("seats\n1\n2\n5\n"));  // keys of cells rest on it
}

TEST_CASE("points of a sweep share the file that was read, and move its mean") {
  const WithOrders orders(rows(40));
  const auto stated = orders.reading(seats + "[sweep.grid]\nbuying.area.mean = [10, 20, 30]\n");
  const sim::Catalogue catalogue = small_catalogue();
  const scenarios::PointReader points(stated, catalogue);
  const sim::Study first = points.study(0), last = points.study(2);
  CHECK(field_in(first, "area").numbers.front() == 10);
  CHECK(field_in(last, "area").numbers.front() == 30);
  CHECK(field_in(first, "area").sample == field_in(last, "area").sample);
  CHECK(first.digest != last.digest);
}

}  // namespace clientele::tests
