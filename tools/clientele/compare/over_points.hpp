// A comparison over points of a sweep in several forms: to read, for programs, for spreadsheets.
#pragma once
#include <string>

#include "output/comparison/over_points.hpp"
#include "output/cube/reader.hpp"
#include "tools/clientele/paper.hpp"
#include "tools/clientele/spreadsheet.hpp"

namespace clientele::tools {

/// What all points of a cube share; the cube looks at its first point then.
output::ComparisonInput facts_of_points(output::CubeReader& cube);

/// Who is best where, where signs turn, and a table with a row for each point, of which a terminal sees the first.
std::string text_of(const output::OverPoints& over, Paper paper);
/// One object, `schema_version` 2 and `kind` "points" (README.md); what is missing is null.
std::string json_of(const output::OverPoints& over);
/// One line per KPI, scenario, point and policy, all digits.
std::string csv_of(const output::OverPoints& over, CsvForm form = CsvForm::plain);

}  // namespace clientele::tools
