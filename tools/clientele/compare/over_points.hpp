// A comparison over points of a sweep in several forms: to read, for programs, for spreadsheets; and which point is
// meant.
#pragma once
#include <string>
#include <vector>

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

/// The point that is asked for: "17", or "payment.terms_days=45", several of which leave one point. Throws UserError
/// (usage) where none or several are left.
std::size_t point_of(const output::CubePoints& points, const std::vector<std::string>& asked);

/// "payment.terms_days = 45, churn.base_hazard = 0.01"
std::string point_in_words(const output::CubePoints& points, std::size_t point);

}  // namespace clientele::tools
