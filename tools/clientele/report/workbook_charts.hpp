// The chart beside a table of a workbook: Excel draws it from the cells, so that it moves with them.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <xlsxwriter.h>

#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

/// Where a table stands in its sheet: its head in row 0, its rows below.
struct Placed {
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::string name;                             ///< of the sheet
  const std::vector<std::vector<Value>>& rows;  ///< as they are written
  std::size_t label = 0;                        ///< column that names a row
};

/// Whether rows of one label have to stand together for its chart.
bool is_drawn_as_lines(const Picture& picture);

/// Puts the chart into the sheet at (row, column); nothing where a picture has none that Excel draws.
void add_chart(const Picture& picture, const Placed& placed, std::size_t row, std::size_t column);

}  // namespace clientele::tools
