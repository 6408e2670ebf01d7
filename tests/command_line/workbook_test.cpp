// A workbook has every number and every name of its report, whatever they look like; workbook.py reads it back.
#include "tools/clientele/report/workbook.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>

#include <nlohmann/json.hpp>

#include "sim/core/printable.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"
#include "tools/clientele/report/sheet_names.hpp"

namespace clientele::tests {

using tools::Column;
using tools::Picture;
using tools::Row;
using tools::sheet_names_of;
using tools::TableSheet;
using tools::Workbook;
using Holds = Column::Holds;
using Json = nlohmann::ordered_json;

namespace {

const std::vector<std::string> hostile{
    "=1+1",        "+SUM(A1)", "-2",   "@cmd", "a\tb\nc", "<&>\"'", "_x0041_", "http://a.b/c", "mailto:a",
    " both ends ", "\xff\xfe", "é中😀", "{=1}", "%s%n",    "TRUE",   "1E5",     "2027-01-01",   std::string(40000, 'x'),
    "internal:A1"};

Picture forest() {
  Picture picture{
      .id = "forest", .drawn = "forest", .title = "=Forest", .sentence = "=a", .caption = "+b", .alternative = "c"};
  picture.columns = {{"scenario", "Scenario", Holds::text},
                     {"policy", "Policy", Holds::text},
                     {.name = "mean", .label = "Mean", .unit = "EUR", .half_width = 3, .with_sign = true},
                     {"better", "Better", Holds::share},
                     {"mark", "Mark", Holds::code},
                     {"paid", "Paid", Holds::flag}};
  for (std::size_t i = 0; i < hostile.size(); ++i)
    picture.rows.push_back({std::string("base"), hostile[i], -1234.5678 * static_cast<double>(i), 1.0 / 3,
                            std::string(i % 2 == 0 ? "total" : "part"), i % 2 == 0 ? 1.0 : 0.0});
  picture.rows[1][2] = std::numeric_limits<double>::quiet_NaN();
  picture.rows[2][2] = std::numeric_limits<double>::infinity();
  picture.rows[3][2] = 0.1 + 0.2;
  picture.rows[4][2] = 1e300;
  return picture;
}

/// Months outside, policies inside: a line is of one policy all the same.
Picture course() {
  Picture picture{.id = "course", .drawn = "course", .title = "Course", .alternative = "a"};
  picture.columns = {{"policy", "Policy", Holds::text}, {"month", "Month", Holds::month}, {"mean", "Mean"}};
  for (const double month : {1.0, 2.0, 3.0})
    for (const char* policy : {"new", "=old"})
      picture.rows.push_back({std::string(policy), month, month * (policy[0] == 'n' ? 10 : -10)});
  return picture;
}

Picture steps(const std::string& drawn, std::vector<std::string> names) {
  Picture picture{.id = drawn, .drawn = drawn, .title = drawn, .alternative = "a"};
  picture.columns = {{"step", "Step", Holds::text}};
  for (const std::string& name : names) picture.columns.push_back({.name = name, .label = name});
  for (int r = 0; r < 3; ++r) {
    Row row{std::string("step ") + std::to_string(r)};
    for (std::size_t c = 0; c < names.size(); ++c) row.emplace_back(r - 0.5 * static_cast<double>(c));
    picture.rows.push_back(row);
  }
  return picture;
}

Workbook invented() {
  Workbook book{.title = "A \"title\" & more"};
  book.texts = {{"Answer", {"It is better.", "=it is not"}}, {"History", hostile}};
  book.pictures = {forest(),
                   course(),
                   steps("waterfall", {"begin", "end"}),
                   steps("tornado", {"at_low", "at_high"}),
                   steps("whale", {"share_customers", "share_value"}),
                   steps("nothing of ours", {"x"})};
  for (int i = 0; i < 56; ++i)
    book.tables.push_back({i % 2 == 0 ? "a name that is longer than thirty-one characters" : "same",
                           {{"name", "Name", Holds::text}, {"count", "Count", Holds::count}},
                           {{std::string("row"), static_cast<double>(i)}}});
  return book;
}

Json cells_of(const Workbook& book, std::vector<Column> columns, std::vector<Row> rows) {
  Json all = Json::array();
  Json head = Json::array();
  for (const Column& column : columns) head.push_back(column.label + (column.unit.empty() ? "" : ", " + column.unit));
  all.push_back(head);
  for (const Row& row : rows) {
    Json line = Json::array();
    for (std::size_t c = 0; c < row.size(); ++c)
      if (const double* number = std::get_if<double>(&row[c]); number && columns[c].holds == Holds::flag)
        line.push_back(tools::say(book.language, *number > 0 ? "code.yes" : "code.no"));
      else if (number)
        line.push_back(std::isfinite(*number) ? Json(*number) : Json(nullptr));
      else if (columns[c].holds == Holds::code)
        line.push_back(tools::say(book.language, "code." + std::get<std::string>(row[c])));
      else
        line.push_back(sim::printable(std::get<std::string>(row[c]), 16000));
    all.push_back(line);
  }
  return all;
}

Json expected_of(const Workbook& book) {
  Json sheets = Json::array();
  for (const tools::TextSheet& text : book.texts) {
    Json lines = Json::array();
    for (const std::string& line : text.lines) lines.push_back(Json::array({sim::printable(line, 16000)}));
    sheets.push_back({{"cells", lines}});
  }
  for (const Picture& picture : book.pictures)
    sheets.push_back({{"cells", cells_of(book, picture.columns, picture.rows)}});
  for (const TableSheet& table : book.tables) sheets.push_back({{"cells", cells_of(book, table.columns, table.rows)}});
  std::vector<std::string> wanted;
  for (const tools::TextSheet& text : book.texts) wanted.push_back(text.name);
  for (const Picture& picture : book.pictures) wanted.push_back(picture.title);
  for (const TableSheet& table : book.tables) wanted.push_back(table.name);
  const std::vector<std::string> names = sheet_names_of(wanted);
  for (std::size_t s = 0; s < names.size(); ++s) sheets[s]["name"] = names[s];
  return sheets;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("names of sheets are legal, and no two are alike") {
  CHECK(sheet_names_of({"Answer", "answer", "ANSWER"}) ==
        std::vector<std::string>{"Answer", "answer (2)", "ANSWER (3)"});
  CHECK(sheet_names_of({"a[b]c:d*e?f/g\\h'i", "", "  ", "History"}) ==
        std::vector<std::string>{"a(b)c-d-e-f-g-h’i", "-", "- (2)", "History (2)"});
  CHECK(sheet_names_of({std::string(40, 'a'), std::string(40, 'a')}) ==
        std::vector<std::string>{std::string(31, 'a'), std::string(27, 'a') + " (2)"});
  CHECK(sheet_names_of({"É", "é", "答案", "答案二"}) == std::vector<std::string>{"É", "é (2)", "答案", "答案二"});
  std::string smiles;
  for (int i = 0; i < 16; ++i) smiles += "😀";
  CHECK(sheet_names_of({smiles}).front().size() == 15 * 4);  // 30 of 31 units
  CHECK(sheet_names_of({"a\tb\xff"}).front() == "a-b-");
}

TEST_CASE("a workbook is there whole or not at all, and the same content has the same bytes") {
  const Folder folder;
  if (!tools::can_write_workbooks()) {
    CHECK_THROWS_AS(tools::write_workbook(folder / "a.xlsx", invented(), output::Existing::refuse), sim::UserError);
    return;
  }
  tools::write_workbook(folder / "a.xlsx", invented(), output::Existing::refuse);
  CHECK_THROWS_AS(tools::write_workbook(folder / "a.xlsx", invented(), output::Existing::refuse), sim::UserError);
  const std::string first = bytes_of(folder / "a.xlsx");
  tools::write_workbook(folder / "a.xlsx", invented(), output::Existing::replace);
  CHECK(first.starts_with("PK"));
  CHECK(first == bytes_of(folder / "a.xlsx"));
  CHECK(folder.names().size() == 1);
  CHECK_THROWS_AS(tools::write_workbook(folder / "no" / "a.xlsx", invented(), output::Existing::refuse),
                  sim::UserError);
}

TEST_CASE("writes a workbook for workbook.py", "[.write]") {
  const char* folder = std::getenv("CLIENTELE_WORKBOOK");
  REQUIRE(folder);
  if (!tools::can_write_workbooks()) return;
  const Workbook book = invented();
  tools::write_workbook(std::filesystem::path(folder) / "a.xlsx", book, output::Existing::refuse);
  std::ofstream(std::filesystem::path(folder) / "a.json") << expected_of(book);
}

}  // namespace clientele::tests
