// An export as a table that is read row by row: which columns it has, how it writes dates and decimals, what stands in
// a row. Memory does not grow with the file.
#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/books/books.hpp"
#include "scenarios/books/dates.hpp"
#include "scenarios/books/meanings.hpp"
#include "scenarios/books/mistakes_of_books.hpp"
#include "scenarios/books/text_source.hpp"
#include "scenarios/csv_rows.hpp"

namespace clientele::scenarios {

/// What somebody said about the files, for what they do not say themselves.
struct SaidOfTables {
  std::vector<ReadFile::Column> columns = {};  ///< header and the word of its meaning
  DateOrder dates = DateOrder::unknown;
  DecimalMark decimal = DecimalMark::unknown;
  Day today = no_day;  ///< nothing can have happened after it
  TellRead tell = {};  ///< how far a file is read, now and then; empty: nobody is told
};

class Table {
 public:
  /// Looks at the file and at as many rows as tell how dates and decimals are written; mistakes go to `mistakes`, and
  /// the table is then of no use.
  Table(BookFile file, const std::filesystem::path& path, const SaidOfTables& said, MistakesOfBooks& mistakes);

  bool is_sound() const { return sound_; }
  sim::Exit status() const { return status_; }
  const ReadFile& read() const { return read_; }
  const std::vector<std::string>& header() const { return header_; }
  /// Columns of dates that are day numbers of a spreadsheet (spreadsheet_day), as far as rows were read.
  std::vector<std::string> day_number_columns() const;
  /// Currencies that headers name.
  const std::vector<std::string>& currencies() const { return currencies_; }

  /// The next row; false at the end. Rows that make no sense are mistakes and passed over.
  bool next();
  std::size_t line() const { return row_.line; }
  std::string place() const;

  bool has(Meaning meaning) const { return column_of_[static_cast<std::size_t>(meaning)] >= 0; }
  /// What stands there, without blanks at its ends; empty where there is no such column, or it says NULL.
  std::string_view text(Meaning meaning) const;
  /// The first field that is not empty.
  std::string_view first_text() const;
  std::size_t fields_given() const { return given_; }
  /// A date, or a mistake. An empty one is a mistake unless `may_lack`.
  std::optional<Day> date(Meaning meaning, bool may_lack = false);
  std::optional<CalendarMonth> month(Meaning meaning);
  std::optional<Amount> amount(Meaning meaning, bool may_lack = false);
  /// Whether another number of that size can be added to those so far: no sum over a file can run over. Else a mistake.
  bool has_room(double number);
  std::optional<bool> yes_or_no(Meaning meaning);

  void wrong(const std::string& problem) { mistakes_.add(name_, row_.line, problem); }
  /// "column "Amount_GBP" = "1.2.3"": with what stands there, where that can be no customer's id.
  std::string said_in(Meaning meaning) const;
  std::string column(Meaning meaning) const;

 private:
  bool begin_rows();
  bool next_row();
  bool has_long_cell();
  void understand_header(const SaidOfTables& said);
  void expect_columns();
  void look_at_dialect(const SaidOfTables& said);
  void see_dialect_of_row();
  bool dialect_is_clear() const;
  /// Whether a column's first date is a day number of a spreadsheet: all of them are then, or none.
  enum class DatesOf { unknown, text, day_numbers };
  DatesOf dates_by(std::size_t column, std::string_view first);
  std::optional<Day> day_in(Meaning meaning, std::string_view said);
  void settle_dialect();

  BookFile file_;
  std::filesystem::path path_;
  std::string name_;
  MistakesOfBooks& mistakes_;
  bool sound_ = false;
  sim::Exit status_ = sim::Exit::bad_data;
  Encoding encoding_ = Encoding::utf8;
  ReadFile read_;
  std::vector<std::string> header_, currencies_;
  std::vector<Meaning> meaning_of_column_;
  std::array<int, meanings> column_of_{};
  std::vector<DatesOf> dates_of_column_;
  Day today_ = no_day;

  std::optional<TextSource> source_;
  std::string text_;  ///< what has come and is not read
  std::optional<CsvRows> rows_;
  bool at_end_ = false;
  std::uint64_t size_ = 0;  ///< on disk, bytes
  TellRead tell_;
  std::size_t next_line_ = 1, given_ = 0;
  double total_size_ = 0;
  bool told_of_room_ = false;
  CsvRow row_;

  struct Evidence {
    bool dmy = true, mdy = true, ymd = true;  ///< orders in which all dates so far can be read
    bool dates = false, day_numbers = false, numbers = false, unclear = false;
    bool point = true, comma = true;
  } evidence_;
};

}  // namespace clientele::scenarios
