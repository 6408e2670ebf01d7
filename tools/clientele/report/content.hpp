// All that a report says, before it is a page or a workbook.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "tools/clientele/compare/sentences.hpp"
#include "tools/clientele/info/facts.hpp"
#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

/// One of the numbers that stand above the pictures.
struct KeyNumber {
  std::string name, value;
  std::vector<std::string> ranges;
};

struct NamedTable {
  std::string title;
  std::vector<Column> columns;
  std::vector<Row> rows;
};

struct Report {
  Language language = Language::english;
  std::string title, question;
  std::vector<Sentence> answer;
  std::vector<KeyNumber> numbers;
  std::vector<std::string> warnings, unchanged;
  std::vector<std::string> left_out;  ///< what a page may have and this cube cannot answer, and why
  std::vector<Picture> pictures;
  Facts facts;                      ///< policies, scenarios, sizes
  std::vector<std::string> method;  ///< sentences
  NamedTable assumptions;
  std::string study_text;
  std::vector<std::pair<std::string, std::string>> made;  ///< digests and versions, by what they are called
  std::string again;                                      ///< commands
};

/// `file` is the cube's name as it was typed; `version` is this program's.
Report report_of(const Material& material, const std::string& file, const std::string& version);

}  // namespace clientele::tools
