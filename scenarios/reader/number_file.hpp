// A CSV of numbers: the first row says which ones by their paths, each further row has a value of each.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader/reading.hpp"

namespace clientele::scenarios {

struct CsvRow;

/// A value of a file, and where it stands there.
struct Level {
  double value = 0;
  Place place;
  bool is_number = true;  ///< where it is none, that is told already
};

struct NumberColumn {
  std::string path;
  Place place;
  std::vector<Level> levels;  ///< by row
};

/// What a file says, with mistakes of its own: their places are places in it.
class NumberFile {
 public:
  /// `name` stands in messages.
  NumberFile(std::string name, std::string text);
  NumberFile(const NumberFile&) = delete;  // places are views of its text
  NumberFile& operator=(const NumberFile&) = delete;

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  const std::vector<NumberColumn>& columns() const { return columns_; }
  std::size_t rows() const { return columns_.empty() ? 0 : columns_.front().levels.size(); }
  Mistakes& mistakes() { return mistakes_; }

 private:
  void read();
  void read_header(const CsvRow& row);
  void read_row(const CsvRow& row);

  std::string name_, text_;
  Mistakes mistakes_;
  std::vector<NumberColumn> columns_;
};

/// Of the fields of a row of a text; their columns count characters.
std::vector<Place> places_of(const CsvRow& row, std::string_view text);

/// Opens and reads the file that an entry names: beside the study, or anywhere where an option names it. `what`:
/// "uncertain.file"; `option`: how an option would name it. Nothing where it cannot be read, which is noted.
std::unique_ptr<NumberFile> read_number_file(const Entry& entry, const std::string& what, const std::string& option,
                                             Reading& reading);

/// Hands what is wrong with a file to the study that it belongs to.
void tell_of(NumberFile& file, const Place& place, Reading& reading);

/// Where a file lies that a study names; notes one that leads away from the study.
std::optional<std::filesystem::path> path_beside(const Entry& file, const std::string& what, const std::string& option,
                                                 Reading& reading);

}  // namespace clientele::scenarios
