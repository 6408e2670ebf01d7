// Rows of a CSV text (RFC 4180): quotes, line ends inside quotes, comma, semicolon or tab; the line of every row.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clientele::scenarios {

inline constexpr std::size_t most_columns = 1000;  ///< of a file; each is compared with all others

struct CsvRow {
  std::size_t line = 0;  ///< of the file, from 1, where the row begins
  std::vector<std::string> fields;
  std::vector<std::size_t> starts;  ///< where the fields begin, in bytes of the text behind its byte order mark
  std::string problem;              ///< why its quotes make no sense; else empty
};

class CsvRows {
 public:
  /// The text must outlive this. A byte order mark is skipped; the separator is what a first line "sep=;" says, or the
  /// one that the first line has most of.
  explicit CsvRows(std::string_view text);

  /// Goes on with a piece of a text, which begins with a row on line `line`; of a piece that is not the last, a row
  /// that ends with it is not read, for more of it may follow.
  CsvRows(std::string_view piece, char separator, std::size_t line, bool is_last)
      : text_(piece), line_(line), separator_(separator), is_last_(is_last) {}

  /// The next row that is not blank; false at the end.
  bool next(CsvRow& row);
  char separator() const { return separator_; }
  /// How far rows have been read: bytes of the piece, and the line there.
  std::size_t bytes_read() const { return at_; }
  std::size_t line() const { return line_; }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  void read_row(CsvRow& row);
  void read_field(std::string& field, CsvRow& row);
  void read_quoted(std::string& field, CsvRow& row);
  bool ends_line() const;
  void skip_line_end();

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1;
  char separator_ = ',';
  bool is_last_ = true;
};

}  // namespace clientele::scenarios
