// A firm's exports: however they are written they say the same, what makes no sense is told by its rule, and a history
// knows nothing of what comes after its day.
#include <cmath>
#include <cstdlib>
#include <fstream>

#include <iconv.h>
#include <zlib.h>

#include "scenarios/books/customers_csv.hpp"
#include "scenarios/books/dates.hpp"
#include "scenarios/books/decimals.hpp"
#include "scenarios/books/history.hpp"
#include "scenarios/books/read_books.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_files.hpp"

namespace clientele::tests {

using scenarios::BookFile;
using scenarios::BookRule;
using scenarios::Books;
using scenarios::BooksReading;
using scenarios::Day;
using scenarios::day_of;

namespace {

class BooksFolder {
 public:
  BooksFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "clientele-books-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~BooksFolder() { std::filesystem::remove_all(path_); }
  BooksFolder(const BooksFolder&) = delete;
  BooksFolder& operator=(const BooksFolder&) = delete;
  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

const Day today = day_of(2026, 6, 30);

scenarios::BookFiles files_of(const std::filesystem::path& orders) {
  scenarios::BookFiles files;
  files.files = {{BookFile::orders, orders}};
  files.today = today;
  return files;
}

BooksReading read_text(const std::string& orders) {
  const BooksFolder folder;
  return scenarios::read_books(files_of(folder.write("orders.csv", orders)));
}

BooksReading read_two(const std::string& orders, BookFile file, const std::string& other) {
  const BooksFolder folder;
  scenarios::BookFiles files = files_of(folder.write("orders.csv", orders));
  files.files.emplace_back(file, folder.write("other.csv", other));
  return scenarios::read_books(files);
}

std::string first_mistake(const BooksReading& reading) {
  return reading.mistakes.empty() ? "none" : reading.mistakes.front();
}

std::string converted(const std::string& text, const char* encoding) {
  const iconv_t to = iconv_open(encoding, "UTF-8");
  REQUIRE(to != reinterpret_cast<iconv_t>(-1));
  std::string in = text, out(4 * text.size() + 8, '\0');
  char *from = in.data(), *at = out.data();
  std::size_t left = in.size(), room = out.size();
  REQUIRE(iconv(to, &from, &left, &at, &room) == 0);
  iconv_close(to);
  out.resize(out.size() - room);
  return out;
}

std::string packed(const std::string& text, const BooksFolder& folder) {
  const auto path = folder.write("packed", "");
  gzFile file = gzopen(path.c_str(), "wb");
  REQUIRE(gzwrite(file, text.data(), static_cast<unsigned>(text.size())) == static_cast<int>(text.size()));
  gzclose(file);
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::uint64_t counted(const BooksReading& reading, BookRule rule) { return reading.books.count_of(rule).count; }

scenarios::Amount units(double money) { return static_cast<scenarios::Amount>(std::llround(money * 10000)); }

/// Three customers, an order of two lines, a credit note.
const std::string plain_orders =
    "id,number,date,amount\n"
    "K1,1,2025-01-13,100.00\nK1,1,2025-01-13,20.50\nK2,2,2025-02-14,30\nK1,3,2025-03-20,-10.00\nK3,4,2025-03-21,7.25\n";

void expect_plain(const BooksReading& reading) {
  CHECK(first_mistake(reading) == "none");
  REQUIRE(reading.books.orders.size() == 3);
  CHECK(reading.books.orders[0].net == units(120.5));
  CHECK(reading.books.orders[0].day == day_of(2025, 1, 13));
  CHECK(reading.books.net_sales == units(147.75));
  REQUIRE(reading.books.returns.size() == 1);
  CHECK(reading.books.returns[0].net == units(-10));
  CHECK(reading.books.customers_in_orders == 3);
  CHECK(reading.books.last_day == day_of(2025, 3, 21));
}

}  // namespace

TEST_CASE("a list of orders says the same in every layout") {
  const BooksFolder folder;
  expect_plain(read_text(plain_orders));
  expect_plain(read_text("\xEF\xBB\xBF" + plain_orders));
  expect_plain(read_text("sep=,\r\n" + plain_orders));
  std::string other = plain_orders;
  for (char& c : other) c = c == ',' ? '\t' : c;
  expect_plain(read_text(other));
  expect_plain(read_text(packed(plain_orders, folder)));
  expect_plain(read_text(packed(plain_orders.substr(0, 40), folder) + packed(plain_orders.substr(40), folder)));
  expect_plain(read_text(converted("\xEF\xBB\xBF" + plain_orders, "UTF-16LE")));
  expect_plain(read_text(converted("\xEF\xBB\xBF" + plain_orders, "UTF-16BE")));
  expect_plain(read_text(converted(plain_orders, "UTF-16LE")));
  expect_plain(
      read_text("Customer ID;Invoice No.;Invoice Date;Amount EUR\n"
                "K1;1;13.01.2025;100,00\nK1;1;13.01.2025;20,50 \nK2;2;14.02.2025;30\nK1;3;20.03.2025;10,00-\n"
                "K3;4;21.03.2025;7,25\n"));
  expect_plain(
      read_text("id,number,date,amount\n"
                "K1,1,1/13/2025 8:26,100.00\nK1,1,1/13/2025 8:26,20.50\nK2,2,2/14/2025 12:00 PM,30\n"
                "K1,3,3/20/2025 0:00,(10.00)\nK3,4,3/21/2025 0:00,7.25\n"));
  expect_plain(
      read_text("id,number,date,quantity,price,discount\n"
                "K1,1,20250113,10,10,0\nK1,1,20250113,5,4.10,\nK2,2,20250214,3,20,0.5\nK1,3,20250320,-1,10,0\n"
                "K3,4,20250321,1,7.25,0\n"));
}

TEST_CASE("which encoding a file has is found out, and said") {
  const auto of = [](const std::string& bytes) {
    const BooksReading reading = read_text(bytes);
    REQUIRE(first_mistake(reading) == "none");
    return std::pair(reading.books.files[0].encoding, reading.books.customers[0].id);
  };
  const std::string chinese = "id,date,amount\n客户一,2025-01-13,5\n客户二,2025-01-14,6\n";
  const std::string german = "id,date,amount\nMüller,2025-01-13,5\nGroß & Söhne,2025-01-14,6\n";
  CHECK(of(chinese) == std::pair<std::string, std::string>("UTF-8", "客户一"));
  CHECK(of(converted(chinese, "GB18030")) == std::pair<std::string, std::string>("GB18030", "客户一"));
  CHECK(of(converted(chinese, "UTF-16LE")) == std::pair<std::string, std::string>("UTF-16LE", "客户一"));
  CHECK(of(converted(german, "WINDOWS-1252")) == std::pair<std::string, std::string>("Windows-1252", "Müller"));
  CHECK(of("id,date,amount\nMu\xCC\x88ller,2025-01-13,5\nK2,2025-01-14,6\nMüller,2025-01-15,6\n").second == "Müller");
  CHECK(read_text("id,date,amount\nMu\xCC\x88ller,2025-01-13,5\nK2,2025-01-14,6\nMüller,2025-01-15,6\n")
            .books.customers.size() == 2);
  CHECK_THAT(first_mistake(read_text(chinese + "\xFF,2025-01-15,6\n")), contains("csv:4: is UTF-8 text, but not here"));
  CHECK_THAT(first_mistake(read_text("PK\x03\x04 and so on")), contains("is a workbook of a spreadsheet"));
  CHECK_THAT(first_mistake(read_text(std::string("id,date,amount\nK\0,2025-01-13,5\n", 31))),
             contains("csv:2: has a byte"));
  CHECK_THAT(first_mistake(read_text("")), contains("is empty"));
  const BooksFolder folder;
  const std::string whole = packed(plain_orders, folder);
  CHECK_THAT(first_mistake(read_text(whole.substr(0, whole.size() - 12))),
             contains("in the middle of what gzip packed"));
  CHECK(read_text(whole.substr(0, whole.size() - 12)).status == sim::Exit::bad_data);
  scenarios::BookFiles nowhere = files_of("/nowhere/orders.csv");
  CHECK(scenarios::read_books(nowhere).status == sim::Exit::input_output);
}

TEST_CASE("a row may lie across the pieces in which a file is read, and hold line ends") {
  std::string text = "id,number,date,amount,note\n";
  for (int n = 0; n < 6000; ++n)
    text += "K" + std::to_string(n % 7) + "," + std::to_string(n) +
            ",2025-01-13,1.5,\"two\r\nlines, and \"\"more\"\"\"\r\n";
  const BooksReading reading = read_text(text);
  CHECK(first_mistake(reading) == "none");
  CHECK(reading.books.orders.size() == 6000);
  CHECK(reading.books.net_sales == units(9000));
  CHECK_THAT(first_mistake(read_text(text + "K1,x,2025-01-13,\"1\n")),
             contains("csv:12002: has a quote that is never closed"));
  CHECK_THAT(first_mistake(read_text(text + "K1,x,2025-01-13\n")), contains("has 3 fields, and there are 5 columns"));
}

TEST_CASE("dates are of one order, which the file says or somebody") {
  const std::string ambiguous = "id,date,amount\nK1,03/04/2025,5\nK2,04/05/2025,6\n";
  CHECK_THAT(first_mistake(read_text(ambiguous)), contains("can be read in two orders"));
  CHECK_THAT(first_mistake(read_text(ambiguous)), contains("--date-order dmy"));
  const BooksFolder folder;
  scenarios::BookFiles files = files_of(folder.write("orders.csv", ambiguous));
  files.dates = scenarios::DateOrder::dmy;
  CHECK(scenarios::read_books(files).books.first_day == day_of(2025, 4, 3));
  files.dates = scenarios::DateOrder::mdy;
  CHECK(scenarios::read_books(files).books.first_day == day_of(2025, 3, 4));
  CHECK(read_text(ambiguous + "K1,25/04/2025,1\n").books.first_day == day_of(2025, 4, 3));
  CHECK_THAT(first_mistake(read_text(ambiguous + "K1,25/04/2025,1\nK1,04/25/2025,1\n")),
             contains("csv:5: column \"date\" = \"04/25/2025\" is no date in the order day/month/year"));
  CHECK_THAT(first_mistake(read_text("id,date,amount\nK1,2025-02-30,5\nK2,2025-04-05,6\n")), contains("csv:2: column"));
  CHECK(scenarios::dates_of("2024年3月5日").ymd == day_of(2024, 3, 5));
  CHECK(scenarios::dates_of("5.3.2024").dmy == day_of(2024, 3, 5));
  CHECK(!scenarios::dates_of("5.3.2024").mdy);
  CHECK(scenarios::dates_of("31-Dec-2010").dmy == day_of(2010, 12, 31));
  CHECK(scenarios::dates_of("1996-07-04 00:00:00.000").ymd == day_of(1996, 7, 4));
  CHECK(scenarios::dates_of("2024/3/5 8:26:00 AM").ymd == day_of(2024, 3, 5));
  CHECK(!scenarios::dates_of("2024-03-05x").any());
  CHECK(!scenarios::dates_of("40513").any());
  CHECK(scenarios::dates_of("12/31/99").mdy == day_of(1999, 12, 31));
  CHECK(scenarios::month_in("2027-03", scenarios::DateOrder::unknown) == scenarios::month_of(day_of(2027, 3, 9)));
  CHECK(scenarios::months_later(day_of(2024, 3, 31), -1) == day_of(2024, 2, 29));
  CHECK(scenarios::iso_text(day_of(1999, 12, 1)) == "1999-12-01");
}

TEST_CASE("dates may be day numbers of a spreadsheet, all of a column or none") {
  CHECK(scenarios::spreadsheet_day("40513") == day_of(2010, 12, 1));
  CHECK(scenarios::spreadsheet_day("40513.35") == day_of(2010, 12, 1));
  CHECK(scenarios::spreadsheet_day("40513,99") == day_of(2010, 12, 1));
  CHECK(scenarios::spreadsheet_day("29221") == day_of(1980, 1, 1));
  for (const char* none : {"29220", "4051", "405130", "40513.", "40513.3.5", "4o513", "", "20101201"})
    CHECK(!scenarios::spreadsheet_day(none));
  const std::string numbers = "id,date,amount\nK1,40513.35,5\nK2,40544,6\n";
  const scenarios::BooksReading read = read_text(numbers);
  REQUIRE(read.mistakes.empty());
  CHECK(read.books.first_day == day_of(2010, 12, 1));
  CHECK(read.books.last_day == day_of(2011, 1, 1));
  REQUIRE(read.notes.size() == 1);
  CHECK_THAT(read.notes.front(),
             contains("dates are day numbers of a spreadsheet, counted from 1899-12-30 (\"date\")"));
  CHECK(read_text("id,date,amount\nK1,2010-12-01,5\nK2,2011-01-01,6\n").notes.empty());
  CHECK_THAT(first_mistake(read_text(numbers + "K1,2011-02-01,1\n")),
             contains("csv:4: column \"date\" = \"2011-02-01\" is no day number of a spreadsheet"));
  CHECK_THAT(first_mistake(read_text("id,date,amount\nK1,2011-02-01,1\nK2,40513,5\n")),
             contains("csv:3: column \"date\" is a day number of a spreadsheet, and the first of its column is none"));
  // Numbers of days to come are none: what happened has been.
  CHECK_THAT(first_mistake(read_text("id,date,amount\nK1,90000,5\nK2,90001,6\n")), contains("csv:2: column"));
}

TEST_CASE("a list of invoices that is read as orders is told apart") {
  const std::string invoices =
      "id,number,date,amount,DueDate,SettledDate\nK1,1,2025-01-31,5,2025-03-01,2025-03-02\n"
      "K2,2,2025-02-28,6,2025-03-30,\n";
  const scenarios::BooksReading read = read_text(invoices);
  REQUIRE(read.hints.size() == 1);
  CHECK_THAT(read.hints.front(), contains("looks like a list of invoices (\"DueDate\" = due, \"SettledDate\" ="));
  CHECK_THAT(read.hints.front(), contains("Did you mean --invoices"));
  CHECK(read_text("id,date,amount\nK1,2025-01-31,5\nK2,2025-02-28,6\n").hints.empty());
}

TEST_CASE("decimals are written one way in a file, and thousands are none") {
  const auto sales = [](const std::string& one, const std::string& other) {
    const BooksReading reading = read_text("id;date;amount\nK1;2025-01-13;" + one + "\nK2;2025-01-14;" + other + "\n");
    return first_mistake(reading) == "none" ? scenarios::plain_amount(reading.books.net_sales) : first_mistake(reading);
  };
  CHECK(sales("1.234,50", "1.000") == "2234.5");
  CHECK(sales("1,234.50", "1,000") == "2234.5");
  CHECK(sales("1 234,50 €", "1 000,00 €") == "2234.5");
  CHECK(sales("1'234.50", "EUR 10") == "1244.5");
  CHECK(sales("0.12345", "1") == "1.1235");
  CHECK_THAT(sales("1,234", "2,000"), contains("--decimal point or --decimal comma"));
  CHECK_THAT(sales("1,50", "1.50"), contains("csv:3: column \"amount\" = \"1.50\" is no number with a comma"));
  CHECK_THAT(sales("1.5E3", "1"), contains("csv:2: column \"amount\" = \"1.5E3\" is no number"));
  CHECK(scenarios::amount_text(units(-8300065.81)) == "-8,300,065.81");
  CHECK(scenarios::amount_text(units(-123)) == "-123.00");
  CHECK(scenarios::amount_text(units(1234)) == "1,234.00");
}

TEST_CASE("what may be a customer's id is in no message") {
  const auto told = [](const std::string& text) { return first_mistake(read_text(text)); };
  CHECK_THAT(told("id,date,amount\nK1,secret,5\n"), contains("csv:2: column \"date\" is no date from 1980"));
  CHECK_THAT(told("id,date,amount\nK1,17850,5\n"), contains("csv:2: column \"date\" is no date from 1980"));
  CHECK_THAT(told("id,date,amount\nK1,2025-01-01,secret\n"), contains("csv:2: column \"amount\" is no number."));
  CHECK_THAT(told("secret,2025-01-13,5\nK1,2025-01-01,1\n"), contains("csv:1: has no line of column names"));
  CHECK(told("secret,2025-01-13,5\nK1,2025-01-01,1\n").find("secret") == std::string::npos);
}

TEST_CASE("what is longer than anything that is read is told, not taken for nothing") {
  const std::string lots(10'000, '7');
  for (const auto& [line, column] :
       {std::pair{lots + ",1,2025-01-02,5", "id"}, std::pair{"K1," + lots + ",2025-01-02,5", "number"},
        std::pair{"K1,1," + lots + ",5", "date"}, std::pair{"K1,1,2025-01-02," + lots, "amount"}}) {
    const BooksReading reading = read_text(plain_orders + line + "\n");
    CHECK(reading.mistakes_count == 1);
    CHECK_THAT(first_mistake(reading),
               contains("orders.csv:7: column \"" + std::string(column) + "\" has 10000 bytes"));
  }
  expect_plain(
      read_text("note," + plain_orders.substr(0, plain_orders.find('\n') + 1) + lots + "," +
                "K1,1,2025-01-13,100.00\n,K1,1,2025-01-13,20.50\n,K2,2,2025-02-14,30\n,K1,3,2025-03-20,-10.00\n"
                ",K3,4,2025-03-21,7.25\n"));
}

TEST_CASE("a sign that several currencies have is the one whose code is said") {
  const BooksFolder folder;
  scenarios::BookFiles files =
      files_of(folder.write("o.csv", "id,number,date,amount\nK1,1,2025-01-13,$100\nK2,2,2025-02-14,$30\n"));
  for (const auto& [said, became] : {std::pair{"CAD", "CAD"}, std::pair{"", "$"}}) {
    files.currency = said;
    const BooksReading reading = scenarios::read_books(files);
    CHECK(first_mistake(reading) == "none");
    CHECK(reading.books.currency == became);
  }
  files.currency = "EUR";
  CHECK_THAT(first_mistake(scenarios::read_books(files)), contains("has amounts in $, and --currency says EUR"));
  files.currency = "";
  files.files.emplace_back(BookFile::open_items,
                           folder.write("i.csv", "id,due,amount,currency\nK1,2025-04-01,5,USD\n"));
  CHECK(scenarios::read_books(files).books.currency == "USD");
  files.files.back().second =
      folder.write("j.csv", "id,due,amount,currency\nK1,2025-04-01,5,USD\nK1,2025-04-01,5,CAD\n");
  CHECK_THAT(first_mistake(scenarios::read_books(files)), contains("has amounts in CAD"));
}

TEST_CASE("orders and credit notes that are all alike cancel one by one, in the order of their lines, and in time") {
  std::string text = "id,number,date,amount\nK2,x,2025-01-01,3\n";
  constexpr int many = 40'000;
  for (int k = 0; k < many; ++k)
    text += "K1," + std::to_string(k) + ",2025-0" + std::to_string(1 + k % 6) + "-10,9.99\n";
  for (int k = 0; k < many; ++k)
    text +=
        "K1,C" + std::to_string(k) + ",2025-0" + std::to_string(1 + k % 6) + (k % 2 == 0 ? "-20" : "-13") + ",-9.99\n";
  const BooksReading reading = read_text(text);
  CHECK(counted(reading, BookRule::cancelled_order) == many / 2);
  CHECK(reading.books.orders.size() == many / 2 + 1);
  CHECK(reading.books.returns.size() == many / 2);
  CHECK(reading.books.net_sales == units(3));
}

TEST_CASE("no sum runs over") {
  std::string text = "id,date,quantity,price\nK1,2025-01-13,900000000000,900000000000\n";
  CHECK_THAT(first_mistake(read_text(text)), contains("csv:2: makes more money than can be counted here"));
  text = "id,date,amount\n";
  for (int n = 0; n < 300; ++n) text += "K" + std::to_string(n) + ",2025-01-13,-999999999999\n";
  CHECK_THAT(first_mistake(read_text(text)), contains("csv:232: makes more money than can be counted here"));
}

TEST_CASE("how far a file is read is told piece by piece, to its end, of packed ones too") {
  std::string text = "id,number,date,amount\n";
  for (int n = 1; n <= 20'000; ++n) text += "K" + std::to_string(n) + "," + std::to_string(n) + ",2025-01-13,5\n";
  const BooksFolder folder;
  for (const std::string& bytes : {text, packed(text, folder)}) {
    scenarios::BookFiles files = files_of(folder.write("long.csv", bytes));
    std::vector<std::pair<std::uint64_t, double>> told;
    files.tell = [&](const scenarios::ReadFile& read, double share) { told.emplace_back(read.lines, share); };
    CHECK(scenarios::read_books(files).books.orders.size() == 20'000);
    REQUIRE(told.size() > 2);
    CHECK(std::ranges::is_sorted(told));
    CHECK(told.back().second == 1);
    CHECK(told.back().first > 15'000);
    CHECK(told.front().first < 10'000);
  }
}

TEST_CASE("columns are known by their names, or somebody says them") {
  CHECK_THAT(first_mistake(read_text("who,when,what\na,2025-01-13,5\n")),
             contains("csv:1: has no column \"id\" (there are: who"));
  CHECK_THAT(first_mistake(read_text("id,date,Amount,net\na,2025-01-13,5,5\n")),
             contains("two columns that are \"amount\""));
  const BooksFolder folder;
  scenarios::BookFiles files = files_of(
      folder.write("orders.csv", converted("客户编号,日期,金额\n甲,2025-01-13,5\n乙,2025-01-14,6\n", "GB18030")));
  files.columns = {{"客户编号", "id"}, {"日期", "date"}, {"金额", "amount"}};
  CHECK(scenarios::read_books(files).books.net_sales == units(11));
  files.columns.push_back({"金额大", "margin"});
  CHECK_THAT(first_mistake(scenarios::read_books(files)), contains("no file has a column \"金额大\""));
}

TEST_CASE("lines of totals are checked and not counted") {
  expect_plain(read_text(plain_orders + "Total,,,147.75\n"));
  expect_plain(read_text(plain_orders + ",,合計,147.75\n"));
  expect_plain(read_text(plain_orders + "Summe:,,,148\n"));
  expect_plain(read_text(plain_orders + "总计\n"));
  CHECK(counted(read_text(plain_orders + "Total,,,147.75\n"), BookRule::total_line) == 1);
  CHECK_THAT(first_mistake(read_text(plain_orders + "Total,,,148.75\n")),
             contains("csv:7: is a line of totals that says 148.75, and the lines before it come to 147.75"));
  CHECK_THAT(first_mistake(read_text(plain_orders + "Total,9,2025-03-21,148.75\n")), contains("none"));
}

TEST_CASE("what makes no sense is refused, or counted by a named rule") {
  const auto with = [](const std::string& lines) { return read_text(plain_orders + lines); };
  CHECK(counted(with(",9,2025-03-21,5\n"), BookRule::empty_id) == 1);
  CHECK(with(",9,2025-03-21,5\n").books.count_of(BookRule::empty_id).amount == units(5));
  CHECK(with(",9,2025-03-21,5\n").books.net_sales == units(147.75));
  CHECK(counted(with("K1,9,2025-03-21,5\nK1,9,2025-03-21,-5\n"), BookRule::zero_order) == 1);
  CHECK(counted(with("K1,,2025-03-21,5\nK1,,2025-03-21,5\n"), BookRule::no_number) == 2);
  CHECK(with("K1,,2025-03-21,5\nK1,,2025-03-21,5\n").books.orders.size() == 4);
  CHECK(counted(with("K4,9,2025-03-21,-5\n"), BookRule::negative_customer) == 1);
  CHECK(counted(with("K4,9,2025-03-21,-5\n"), BookRule::never_ordered) == 1);
  CHECK_THAT(first_mistake(with("K2,1,2025-03-21,5\n")),
             contains("csv:7: column \"number\" has the same number as line 2"));
  std::string many;
  for (int n = 10; n < 300; ++n) many += "K1," + std::to_string(n) + ",2025-03-21,1\n";
  const BooksReading future = with(many + "K1,9,2026-07-01,5\n");
  CHECK(first_mistake(future) == "none");
  CHECK(counted(future, BookRule::future_date) == 1);
  CHECK_THAT(future.books.count_of(BookRule::future_date).first, contains("orders.csv:297"));
  CHECK_THAT(first_mistake(with("K1,9,2026-07-01,5\n")), contains("1 of 6 lines are dated after 2026-06-30"));
  const BooksReading gap = with("K1,9,2025-06-01,5\n");
  CHECK(counted(gap, BookRule::empty_month) == 2);
  CHECK_THAT(gap.warnings.at(0), contains("the first is 2025-04"));
  CHECK_THAT(first_mistake(read_text("id,date,amount\nK1,2025-01-13,5\nK1,2025-02-13,5\n")),
             contains("of one customer only"));
  CHECK_THAT(first_mistake(read_text("id,date,amount\nK1,2025-01-13,-5\n")), contains("has no order"));
  CHECK(counted(read_text("id,date,quantity,price\nK1,2025-01-13,0,5\nK1,2025-01-14,1,5\nK2,2025-01-14,1,5\n"),
                BookRule::quantity_zero) == 1);
  CHECK_THAT(first_mistake(read_text("id,date,amount,currency\nK1,2025-01-13,5,EUR\nK2,2025-01-13,5,USD\n")),
             contains("csv:3: has amounts in USD, and"));
  CHECK_THAT(first_mistake(read_text("id;date;amount\nK1;2025-01-13;5 €\nK2;2025-01-13;$ 5\n")),
             contains("csv:3: has amounts"));
  const BooksReading groups =
      read_text("id,date,amount,group\nK1,2025-01-13,5,a\nK2,2025-01-13,5,b\nK1,2025-01-13,5,b\nK3,2025-01-13,5,\n");
  CHECK(counted(groups, BookRule::two_groups) == 1);
  CHECK(counted(groups, BookRule::no_group) == 1);
  CHECK(groups.books.groups == std::vector<std::string>{"a", "b", "unknown"});
  CHECK(groups.books.customers[0].group == 0);
  const BooksReading countries =
      read_text("id,date,amount,country\nK1,2025-01-13,5,Spain\nK2,2025-01-13,50,France\nK3,2025-01-13,5,Italy\n");
  CHECK(countries.books.home == "France");
  CHECK(countries.books.customers[1].group == 0);
  CHECK(countries.books.customers[2].group == 1);
  std::string kinds = "id,date,amount,group\n";
  for (int n = 0; n < 30; ++n) {
    const std::string name = "K" + std::to_string(n);
    kinds += name + ",2025-01-13,5," + name + "\n";
  }
  CHECK_THAT(first_mistake(read_text(kinds)), contains("groups: there are 30 of 30 customers"));
  std::string wrong = "id,date,amount\n";
  for (int n = 0; n < 30; ++n) wrong += "K1,2025-01-13,x\n";
  CHECK(read_text(wrong).mistakes.size() == 20);
  CHECK(read_text(wrong).mistakes_count == 30);
}

TEST_CASE("what stands beside orders is held to them") {
  const auto with = [](BookFile file, const std::string& text) { return read_two(plain_orders, file, text); };
  const std::string header = "id,number,issued,due,settled,amount,disputed\n";
  const BooksReading early = with(BookFile::invoices, header + "K1,1,2025-01-13,2025-02-12,2025-01-10,100,No\n");
  CHECK(counted(early, BookRule::paid_before_issued) == 1);
  CHECK(early.books.invoices.at(0).settled == day_of(2025, 1, 13));
  CHECK_THAT(first_mistake(with(BookFile::invoices, header + "K1,1,2025-02-13,2025-01-12,,100,No\n")),
             contains("other.csv:2: is due before it was issued"));
  CHECK_THAT(first_mistake(with(BookFile::invoices,
                                header + "K1,1,2025-01-13,2025-02-12,,1,No\nK2,1,2025-01-13,2025-02-12,,1,No\n")),
             contains("other.csv:3: column \"number\" has the same number as line 2"));
  CHECK_THAT(first_mistake(with(BookFile::invoices, header + "K1,1,2025-01-13,2025-02-12,,1,perhaps\n")),
             contains("is neither yes nor no"));
  CHECK(counted(with(BookFile::points, "id,points,ends\nK1,100,2027-03\nK1,-120,\nK2,50,2027-04\n"),
                BookRule::spent_before_earned) == 1);
  CHECK(counted(with(BookFile::points, "id,points,ends,date\nK1,100,2027-03,2025-02-01\nK1,-20,,2025-01-01\n"),
                BookRule::spent_before_earned) == 1);
  CHECK(counted(with(BookFile::points, "id,points,ends,date\nK1,-20,,2025-02-01\nK1,100,2027-03,2025-02-01\n"),
                BookRule::spent_before_earned) == 0);
  CHECK_THAT(first_mistake(with(BookFile::points, "id,points\nK1,1.5\n")), contains("is not a whole number of points"));
  CHECK_THAT(first_mistake(with(BookFile::open_items, "id,not due,1-30,31-60\nK1,1,2,3\n")),
             contains("has no column \"open_61_90\""));
  CHECK_THAT(first_mistake(with(BookFile::customers, "id,tier\nK1,gold\nK1,silver\n")),
             contains("other.csv:3: column \"tier\" is another than in line 2"));
  const BooksReading list = with(BookFile::customers, "id,group,tier,override\nK1,a,gold,yes\nK2,b,base,no\n");
  CHECK(list.books.groups == std::vector<std::string>{"a", "b", "unknown"});
  CHECK(list.books.customers[0].by_hand);
  CHECK(list.books.tiers.at(0) == "gold");
  CHECK(with(BookFile::deliveries, "customerID,orderDate,requiredDate,shippedDate\nK1,2025-01-01,2025-01-19,NULL\n")
            .books.count_of(BookRule::no_delivery_day)
            .count == 1);  // as the orders of Northwind
  CHECK(with(BookFile::deliveries, "id,delivered,promised\nK1,2025-01-20,2025-01-19\n").books.deliveries.at(0).late);
  CHECK(with(BookFile::surveys, "id,date,score\nK1,2025-01-20,9\n").books.surveys.at(0).score == 9);
  // A line of totals is passed over in every file, and told.
  CHECK(counted(with(BookFile::deliveries, "id,delivered,promised\nTotal,,\n"), BookRule::total_line) == 1);
  CHECK(counted(with(BookFile::surveys, "id,date,score\nTotal,,\n"), BookRule::total_line) == 1);
}

TEST_CASE("a history knows what was known the day before, and no more") {
  const std::string orders =
      "id,number,date,amount,margin\n"
      "K1,1,2025-01-10,100,30\nK1,2,2025-01-10,100,30\nK1,3,2025-03-05,50,10\nK1,4,2025-04-01,400,1\n"
      "K2,5,2025-03-31,80,\nK2,6,2025-04-02,-8,\nK3,7,2025-04-02,5,1\n";
  const std::string invoices =
      "id,number,issued,due,settled,amount,reason\n"
      "K1,1,2025-01-10,2025-02-09,2025-02-19,200,liquidity\nK1,3,2025-03-05,2025-03-10,2025-04-01,50,\n"
      "K2,5,2025-03-31,2025-05-15,,80,\n";
  const Books books = read_two(orders, BookFile::invoices, invoices).books;
  const auto at_april = scenarios::history(books, day_of(2025, 4, 1));
  REQUIRE(at_april.customers.size() == 2);
  const scenarios::CustomerHistory& k1 = at_april.customers[0];
  CHECK(k1.orders == 3);
  CHECK(k1.repeat_orders == 2);
  CHECK(k1.orders_valued == 3);
  CHECK(k1.months_to_last_order == Approx(54 / 30.4375));
  CHECK(k1.months_seen == Approx(80 / 30.4375));
  CHECK(k1.months_quiet == 0);
  CHECK(k1.tenure == 2);
  CHECK(k1.geometric_mean_value == Approx(std::cbrt(100.0 * 100 * 50)));
  CHECK(k1.arithmetic_mean_value == Approx(250.0 / 3));
  CHECK(k1.repeat_mean_value == Approx(75));
  CHECK(k1.log_value_squares == Approx(2.0 / 3 * std::pow(std::log(2.0), 2)));
  CHECK(k1.margin_share == Approx(0.28));
  CHECK(k1.sales[0] == units(50));
  CHECK(k1.sales[2] == units(200));
  CHECK(k1.events[2] == 2);
  CHECK(k1.invoices_seen == 1);
  CHECK(k1.invoices_late == 1);
  CHECK(k1.days_late == 10);
  CHECK(k1.late_by[static_cast<std::size_t>(scenarios::LateReason::liquidity)] == 1);
  CHECK(k1.open[1] == units(50));  // due on the tenth, not yet paid
  const scenarios::CustomerHistory& k2 = at_april.customers[1];
  CHECK(std::isnan(k2.margin_share));
  CHECK(std::isnan(k2.repeat_mean_value));
  CHECK(k2.open[0] == units(80));
  CHECK(k2.open_by_due == std::vector<scenarios::Amount>{0, units(80)});
  REQUIRE(at_april.months.size() == 3);
  CHECK(at_april.months[0].orders == 2);
  CHECK(at_april.months[0].events == 2);
  CHECK(at_april.months[0].newcomers == 1);
  CHECK(!at_april.months[0].whole);
  CHECK(at_april.months[1].buyers == 0);
  CHECK(at_april.months[2].revenue == units(130));
  CHECK(at_april.months[2].whole);

  const auto after = scenarios::history(books, day_of(2025, 4, 3));
  REQUIRE(after.customers.size() == 3);
  CHECK(after.customers[0].repeat_orders == 3);
  CHECK(after.customers[0].invoices_seen == 2);
  CHECK(after.customers[0].days_late == 10 + 22);
  CHECK(after.customers[0].open[1] == 0);
  CHECK(after.customers[1].sales[0] == units(72));
  CHECK(after.customers[2].months_seen == 0);
  CHECK_THROWS_AS(scenarios::history(books, day_of(2025, 1, 10)), sim::UserError);
  const auto later = scenarios::history(books, day_of(2025, 8, 15));
  CHECK(later.customers[0].months_quiet == 4);
  CHECK(later.customers[0].sales[4] == units(400));

  std::string table;
  scenarios::write_customers(books, at_april, books.groups, [&](std::string_view line) { table += line; });
  CHECK_THAT(table, contains("id,group,tenure,repeat_orders,months_to_last_order,months_seen,months_quiet,"));
  CHECK_THAT(table, contains("\nK1,all,2,2,1.774127"));
}

TEST_CASE("points go with what ends first, and tiers are today's") {
  const std::string points =
      "id,points,ends,date\nK1,100,2025-05,2025-01-02\nK1,50,2025-04,2025-01-02\nK1,-60,,2025-02-01\nK1,7,,2025-02-01\n"
      "K2,30,2025-02,2025-01-02\n";
  const Books books = read_two(plain_orders, BookFile::points, points).books;
  const auto told = scenarios::history(books, day_of(2025, 4, 1));
  CHECK(told.customers[0].points_by_end == std::vector<std::int64_t>{0, 90});
  CHECK(told.customers[0].points_without_end == 7);
  CHECK(told.customers[1].points_by_end.empty());  // they ended in February
  const auto before = scenarios::history(books, day_of(2025, 2, 1));
  CHECK(before.customers[0].points_by_end == std::vector<std::int64_t>{0, 0, 50, 100});
  const BooksReading late = read_two(plain_orders, BookFile::points,
                                     "id,points,ends\nK1,7,2028-03-31\nK1,5,2028-04-30\nK1,3,9999-12-31\nK2,1,\n");
  const scenarios::History held = scenarios::history(late.books, day_of(2025, 4, 1));
  CHECK(held.customers[0].points_by_end.size() == 36);  // as many as a table of customers may have
  CHECK(held.customers[0].points_by_end.back() == 7);
  CHECK(held.customers[0].points_without_end == 8);
  CHECK(held.customers[0].points_that_end_late == 5);
}

TEST_CASE("control numbers tie out to the last digit that is said") {
  const Books books = read_text(plain_orders).books;
  const auto off = [&](const std::string& name, const std::string& number) {
    const auto all = scenarios::not_tied_out(books, {{name, number}});
    return all.empty() ? std::string() : all.front();
  };
  CHECK(off("revenue", "147.75").empty());
  CHECK(off("revenue", "148").empty());
  CHECK_THAT(off("revenue", "149"), contains("the files come to 147.75, 1.25 less"));
  CHECK_THAT(off("revenue", "147.74"), contains("0.01 more"));
  CHECK(off("customers", "3").empty());
  CHECK_THAT(off("customers", "4"), contains("customers = 4 does not tie out: the files come to 3, 1 less."));
  CHECK(off("orders", "3").empty());
  CHECK(off("invoices", "4").empty());
  CHECK(off("returns", "-10").empty());
}

TEST_CASE("a real retailer's year ties out") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "online_retail/online_retail_invoices.csv.gz");
  if (!path) return;
  const BooksReading reading = scenarios::read_books(files_of(*path));
  CHECK(first_mistake(reading) == "none");
  CHECK(
      scenarios::not_tied_out(reading.books, {{"revenue", "8300066"}, {"customers", "4372"}, {"invoices", "22190"}}) ==
      std::vector<std::string>{});
  CHECK(reading.books.returns.size() == 3654 - 135);  // each took an order back in full at once
  CHECK(reading.books.count_of(BookRule::cancelled_order).count == 135);
  CHECK(reading.books.currency == "GBP");
  CHECK(reading.books.home == "United Kingdom");
}

TEST_CASE("the sample of receivables is read by its own headers") {
  const auto path = shared_file("CLIENTELE_DATA", "data", "ar_ibm/WA_Fn-UseC_-Accounts-Receivable.csv");
  if (!path) return;
  scenarios::BookFiles files = files_of(*path);
  files.files.emplace_back(BookFile::invoices, *path);
  const BooksReading reading = scenarios::read_books(files);
  CHECK(first_mistake(reading) == "none");
  CHECK(reading.books.invoices.size() == 2466);
  CHECK(reading.books.customers_in_orders == 100);
  CHECK(reading.books.files[0].dates == scenarios::DateOrder::mdy);
  const auto told = scenarios::history(reading.books, reading.books.last_day + 400);
  std::uint32_t seen = 0, late = 0;
  for (const scenarios::CustomerHistory& of : told.customers) {
    seen += of.invoices_seen;
    late += of.invoices_late;
  }
  CHECK(seen == 2466);
  CHECK(late == 877);  // 35.56 %
}

}  // namespace clientele::tests
