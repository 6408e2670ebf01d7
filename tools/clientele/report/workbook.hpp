// A report as a workbook for Excel: one sheet a table, with its chart beside it; every number as it was computed.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "output/files/durable_file.hpp"
#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

/// Lines one below the other: the answer, the study.
struct TextSheet {
  std::string name;
  std::vector<std::string> lines;
};

/// A table without a picture.
struct TableSheet {
  std::string name;
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// Sheets in this order. Their names may be any text: they are made legal, and none stands twice.
struct Workbook {
  Language language = Language::english;  ///< of the codes in its tables
  std::string title;
  std::vector<TextSheet> texts;
  std::vector<Picture> pictures;
  std::vector<TableSheet> tables;
};

/// Whether this program was built with libxlsxwriter.
bool can_write_workbooks();

/// The same content gives the same bytes. Throws UserError where the file cannot be written, and (usage) in a program
/// that cannot write workbooks.
void write_workbook(const std::filesystem::path& path, const Workbook& content, output::Existing existing);

}  // namespace clientele::tools
