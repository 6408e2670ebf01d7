// A file of customers is checked row by row, and no id comes back out of it.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "scenarios/csv_rows.hpp"
#include "scenarios/customers/file.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

scenarios::CustomerFileReading reading(const std::string& text, const std::vector<scenarios::Column>& columns = {}) {
  const auto path = std::filesystem::temp_directory_path() / "clientele-customer-file-test.csv";
  std::ofstream(path, std::ios::binary) << text;
  const auto read = scenarios::read_customer_file(path, "c.csv", columns, {"home", "export"}, small_catalogue());
  std::filesystem::remove(path);
  return read;
}

}  // namespace

TEST_CASE("rows give hashes, groups and traits") {
  const auto read = reading("\xEF\xBB\xBFid;group;rate\r\na;home;2.5\r\nb;export;1\r\n");
  REQUIRE(read.file);
  CHECK(read.file->ids.size() == 2);
  CHECK(read.file->ids[0] != read.file->ids[1]);
  CHECK(read.file->ids[0] >> 48 == 0);
  CHECK(read.file->groups == std::vector<std::uint32_t>{0, 1});
  CHECK(read.file->traits.at(0).values == std::vector<float>{2.5F, 1.F});
  CHECK(read.customers_of_group == std::vector<std::uint64_t>{1, 1});
}

TEST_CASE("columns go by the names that the study gives them") {
  const auto read = reading("number,kind,x\n7,home,a note\n", {{"number", "id"}, {"kind", "group"}});
  REQUIRE(read.file);
  REQUIRE(read.warnings.size() == 1);
  CHECK_THAT(read.warnings[0], contains("columns that nobody reads: x"));
}

TEST_CASE("a column says how many months each customer has been with us") {
  CHECK(reading("id,group,tenure\na,home,0\nb,export,1200\n").file->tenures == std::vector<std::int32_t>{0, 1200});
  CHECK(reading("id,group\na,home\n").file->tenures.empty());
  CHECK(reading("id,group,since\na,home,7\n", {{"since", "tenure"}}).file->tenures.at(0) == 7);
  CHECK_THAT(reading("id,group,tenure\na,home,2.5\n").mistakes.at(0), contains("is not a whole number (whole months"));
  CHECK_THAT(reading("id,group,tenure\na,home,1201\n").mistakes.at(0), contains("is outside [0, 1200]"));
  CHECK_THAT(reading("id,group,tenure,x\na,home,1,2\n", {{"x", "tenure"}}).mistakes.at(0), contains("two columns"));
}

TEST_CASE("a column gives an attribute of the study, its values as they are found or as they are stated") {
  const auto with = [](const std::string& text, const std::vector<std::string>& values,
                       const std::vector<scenarios::Column>& columns = {}) {
    const auto path = std::filesystem::temp_directory_path() / "clientele-customer-file-test.csv";
    std::ofstream(path, std::ios::binary) << text;
    const auto read =
        scenarios::read_customer_file(path, "c.csv", columns, {"home"}, small_catalogue(), {{"region", values}});
    std::filesystem::remove(path);
    return read;
  };
  const auto found = with("id,Region\na,south\nb,north\nc, south\n", {});
  REQUIRE(found.file);
  CHECK(found.attributes.at(0).values == std::vector<std::string>{"south", "north"});
  CHECK(found.attributes[0].by_row == std::vector<std::uint32_t>{0, 1, 0});
  CHECK(found.warnings.empty());
  CHECK(with("id,x\na,south\n", {"north", "south"}, {{"x", "region"}}).attributes[0].by_row.at(0) == 1);
  CHECK_THAT(with("id,region\na,suoth\n", {"north", "south"}).mistakes.at(0),
             contains("c.csv:2: column \"region\" = \"suoth\" is no value of the attribute \"region\". Did you mean "
                      "\"south\"?"));
  CHECK_THAT(with("id,regions\na,south\n", {}).mistakes.at(0),
             contains("has no column \"region\" (an attribute of the study)") && contains("\"regions\" = \"region\""));
  CHECK_THAT(with("id,region\na,\n", {}).mistakes.at(0), contains("is empty (every customer has a value)"));
  CHECK_THAT(with("id,region,x\na,n,s\n", {}, {{"x", "region"}}).mistakes.at(0), contains("two columns"));
}

TEST_CASE("a column whose name is a slip is refused with the name that was meant, unless another column has it") {
  CHECK_THAT(reading("id,group,rtae\n7,home,1\n").mistakes.at(0),
             contains("c.csv:1: has a column \"rtae\" that nobody reads") && contains("Did you mean rate?"));
  CHECK(reading("id,group,rtae\n7,home,1\n", {{"rtae", "ignored"}}).warnings.empty());
  CHECK_THAT(reading("id,group,rate,rates\n7,home,1,1\n").warnings.at(0), contains("nobody reads: rates."));
}

TEST_CASE("a table with more columns than customers can have is refused before they are compared with each other") {
  std::string header = "id,group";
  for (int c = 2; c < 14'000; ++c) header += ",x" + std::to_string(c);
  const auto read = reading(header + "\n");
  REQUIRE(read.mistakes.size() == 1);
  CHECK_THAT(read.mistakes[0], contains("c.csv:1: has 14000 columns. Expected: at most 1000."));
}

TEST_CASE("every bad row is told with its line and without its id") {
  const auto [row, says] = GENERATE(table<std::string, std::string>({
      {"secret,home", "has 2 fields, and there are 3 columns"},
      {"secret,hme,1", "Did you mean \"home\"?"},
      {"first,home,1", "has the same id as line 2"},
      {",home,1", "is empty (every customer has an id)"},
      {"secret,home,", "is empty. Expected: a number"},
      {"secret,home,\"1,5\"", "Did you mean 1.5?"},
      {"secret,home,\"1,234.56\"", "Did you mean 1234.56?"},
      {"secret,home,\"1.234,56\"", "Did you mean 1234.56?"},
      {"secret,home,\"1,234\"", "Did you mean 1234 or 1.234?"},
      {"secret,home,1\xC2\xA0"
       "234.5",
       "Did you mean 1234.5?"},
      {"secret,home,1\xE2\x80\xAF"
       "234.5",
       "Did you mean 1234.5?"},
      {"secret,home,1'234.5", "Did you mean 1234.5?"},
      {"secret,home,\"12,34,567.5\"", "Did you mean 1234567.5?"},
      {"secret,home,1.234.567", "Did you mean 1234567?"},
      {"secret,home,\xE2\x82\xAC 12.5", "Did you mean 12.5?"},
      {"secret,home,12.5 CHF", "Did you mean 12.5?"},
      {"secret,home,(12.5)", "Did you mean -12.5?"},
      {"secret,home,+12.5", "Did you mean 12.5?"},
      {"secret,home,12:5", "\"12:5\" is no number."},
      {"secret,home,1_000", "Did you mean 1000?"},
      {"secret,home,-1", "is outside [0, 100]"},
      {"secret,home,1e308", "is outside [0, 100]"},
      {"\" first\",home,1", "has the same id as line 2"},
      {"first\xC2\xA0,home,1", "has the same id as line 2"},
      {" ,home,1", "is empty (every customer has an id)"},
      {"secret,home,nan", "is no number"},
      {"\"secret,home,1", "a quote that is never closed"},
      {"secret\"x\",home,1", "a quote inside of a field"},
  }));
  const auto read = reading("id,group,rate\nfirst,home,1\n" + row + "\n");
  CHECK_FALSE(read.file);
  REQUIRE(read.mistakes_count == 1);
  CHECK_THAT(read.mistakes[0], contains("c.csv:3: "));
  CHECK_THAT(read.mistakes[0], contains(says));
  CHECK(read.mistakes[0].find("secret") == std::string::npos);
}

TEST_CASE("a customer may have no orders at all") {
  const auto read = reading("id,group,rate\na,home,0\n");
  REQUIRE(read.file);
  CHECK(read.file->traits.at(0).values == std::vector<float>{0});
}

TEST_CASE("a name's spaces and capitals do not make another column, nor does a line for spreadsheets") {
  const auto plain = reading("id;group;rate\na;home;2\n");
  REQUIRE(plain.file);
  for (const std::string text :
       {"ID;Group;RATE\na;home;2\n", "id ; group; rate \na;home;2\n", "id;group;\xC2\xA0rate\na;home;2\n",
        "sep=;\nid;group;rate\na;home;2\n", "\xEF\xBB\xBF\"sep=;\"\r\nid;group;rate\r\na;home;2\r\n",
        "SEP=|\nid|group|rate\na|home|2\n"}) {
    const auto read = reading(text);
    REQUIRE(read.file);
    CHECK(read.file->ids == plain.file->ids);
    REQUIRE(read.file->traits.size() == 1);
    CHECK(read.file->traits[0].values == plain.file->traits[0].values);
  }
  CHECK_THAT(reading("id,ID,group\na,b,home\n").mistakes.at(0), contains("two columns that are \"id\""));
  CHECK_THAT(reading("sep=;\nid;group\na;home;2\n").mistakes.at(0), contains("c.csv:3: has 3 fields"));
}

TEST_CASE("an id is the same in both forms of its accents, and nearly the same ones are warned of") {
  const std::string composed = "caf\xC3\xA9", decomposed = "cafe\xCC\x81";
  CHECK_THAT(reading("id,group\n" + composed + ",home\n" + decomposed + ",home\n").mistakes.at(0),
             contains("c.csv:3: ") && contains("has the same id as line 2"));
  CHECK(reading("id,group\n" + composed + ",home\n").file->ids ==
        reading("id,group\n" + decomposed + ",home\n").file->ids);
  CHECK(reading("id,group\na ,home\n").file->ids == reading("id,group\na,home\n").file->ids);
  CHECK_THAT(
      reading("id,group\nA-17,home\nb,home\na-17,home\n007,home\n7,home\n").warnings.at(0),
      contains("2 ids differ from another by capitals, spaces or zeros before them alone, such as those of lines "
               "2 and 4. Are they two customers?"));
  CHECK(reading("id,group\nA-17,home\nA-71,home\n").warnings.empty());
}

TEST_CASE("a column of numbers whose points all stand before three digits is asked about") {
  const auto rates = [](const std::string& one, const std::string& other) {
    return reading("id,group,rate\na,home," + one + "\nb,home," + other + "\n").warnings;
  };
  CHECK_THAT(rates("1.250", "12").at(0), contains("column \"rate\"") && contains("Did you mean thousands?"));
  CHECK(rates("1.250", "1.5").empty());
  CHECK(rates("1.250", "0.125").empty());
}

TEST_CASE("a file that is no table is refused") {
  CHECK(reading("").mistakes_count == 1);
  CHECK_THAT(reading("id,group\n").mistakes.at(0), contains("has no customer"));
  CHECK_THAT(reading("group\nhome\n").mistakes.at(0), contains("has no column \"id\""));
  CHECK_THAT(reading("id,group\na\n").mistakes.at(0), contains("1 fields"));
  CHECK_THAT(reading("\xFF\xFEi").mistakes.at(0), contains("UTF-16"));
  CHECK_THAT(reading(std::string("id,group\na\0,home\n", 17)).mistakes.at(0), contains("NUL"));
  CHECK_THAT(reading("id,group\n\xFC,home\n").mistakes.at(0), contains("c.csv:2: is not UTF-8"));
}

TEST_CASE("a quoted field may hold lines, separators and quotes") {
  scenarios::CsvRows rows("a,b\n\"x\ny,\"\"z\"\"\",2\nc,d\n");
  scenarios::CsvRow row;
  REQUIRE(rows.next(row));
  REQUIRE(rows.next(row));
  CHECK(row.fields == std::vector<std::string>{"x\ny,\"z\"", "2"});
  REQUIRE(rows.next(row));
  CHECK(row.line == 4);
  CHECK_FALSE(rows.next(row));
}

TEST_CASE("identities differ where texts do, in any order of the texts") {
  const std::vector<std::string_view> texts{"a", "b", "c", "d", "e", "f", "g"};
  const std::vector<std::string_view> backwards(texts.rbegin(), texts.rend());
  const auto ids = scenarios::identities(texts, 4), other = scenarios::identities(backwards, 4);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    CHECK(ids[i] == other[ids.size() - 1 - i]);
    CHECK(std::count(ids.begin(), ids.end(), ids[i]) == 1);
  }
}

}  // namespace clientele::tests
