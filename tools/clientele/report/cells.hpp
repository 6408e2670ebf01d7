// The numbers of a table as people read them: columns that stand together are rounded together.
#pragma once
#include <string>
#include <vector>

#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

/// A table as text; `headings` name the unit of a column where it has one.
struct Cells {
  std::vector<std::string> headings;
  std::vector<bool> are_numbers;
  std::vector<std::vector<std::string>> rows;
};

/// Those rows; all where none is named.
Cells cells_of(const std::vector<Column>& columns, const std::vector<Row>& rows, const std::vector<std::size_t>& listed,
               Language language);

}  // namespace clientele::tools
