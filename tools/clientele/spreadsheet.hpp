// A flat table for spreadsheets: as RFC 4180 says, or as Excel opens it by a double click in every country.
#pragma once
#include <cstddef>
#include <string>

namespace clientele::tools {

/// `excel` is UTF-16 with its byte order mark and tabs between cells, which need no setting of a country; and a number
/// that is not whole is a whole number with an exponent of ten, for a point is no decimal mark in half of the world
/// ("1.234" opens as 1234, or as a date) and a comma none in the other half.
enum class CsvForm { plain, excel };

class Csv {
 public:
  explicit Csv(CsvForm form) : form_(form) {}
  /// A name comes from the study of somebody else: an apostrophe keeps a spreadsheet from taking it for a formula.
  Csv& text(const std::string& value);
  /// All digits, or those 15 that Excel keeps; empty where it is missing.
  Csv& number(double value);
  Csv& count(std::size_t value);
  Csv& end_line();
  /// "name,unit": names of columns that are no one else's.
  Csv& head(const std::string& columns);
  /// The bytes of the file.
  std::string file() const;

 private:
  Csv& cell(const std::string& value);
  CsvForm form_;
  std::string text_;
  bool begun_ = false;
};

}  // namespace clientele::tools
