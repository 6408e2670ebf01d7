// One comparison in three forms: sentences and a table to read, JSON for programs, CSV for spreadsheets.
#pragma once
#include <string>

#include "output/comparison.hpp"

namespace clientele::tools {

/// The headline, the table, and what both rest on.
std::string text_of(const output::Comparison& comparison);
/// The sentences before the table; every number in them stands in the table or in the JSON form too.
std::string headline_of(const output::Comparison& comparison);
/// One object, `schema_version` 1 (README.md); what is missing is null.
std::string json_of(const output::Comparison& comparison);
/// One line per KPI, scenario and policy, all digits; what is missing is empty.
std::string csv_of(const output::Comparison& comparison);

}  // namespace clientele::tools
