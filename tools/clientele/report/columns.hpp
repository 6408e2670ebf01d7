// Columns that several pictures have, and amounts in their sentences.
#pragma once
#include <string>

#include "output/comparison/by.hpp"
#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

Column text_column(const Material& material, const std::string& name);
Column code_column(const Material& material, const std::string& name);
Column count_column(const Material& material, const std::string& name);
Column month_column(const Material& material);
Column share_column(const Material& material, const std::string& name);
/// Numbers that are rounded with all others of `alike`, in digits that `half_width` is worth.
Column number_column(const Material& material, const std::string& name, const std::string& unit,
                     const std::string& alike, double half_width = 0);
/// The same of differences.
Column difference_column(const Material& material, const std::string& name, const std::string& unit,
                         double half_width = 0);

/// Of a tornado: what is moved from where to where, the differences at both ends, and as it stands.
std::vector<Column> tornado_columns(const Material& material, const std::string& unit, double half_width);

/// "1.48 M EUR": as precisely as `half_width` allows.
std::string amount(const Material& material, double value, const std::string& unit, double half_width = 0);
/// The same with its sign.
std::string signed_amount(const Material& material, double value, const std::string& unit, double half_width = 0);
std::string count_text(const Material& material, double count);
std::string share_text(const Material& material, double share);

/// "difference to today (EUR)"
std::string axis_of_difference(const Material& material, const std::string& unit);

/// Names with commas between them, as the language writes lists.
std::string list_of(const Material& material, const std::vector<std::string>& names);
/// A sentence on the parts that are not shown, behind a blank; empty where all are.
std::string left_out_in_words(const Material& material, const output::By& by);

/// What a KPI is called on the page, also as a sentence begins, and its English meaning, marked so.
std::string kpi_name(const Material& material, const output::KpiTexts& kpi);
std::string kpi_first(const Material& material, const output::KpiTexts& kpi);
std::string kpi_meaning(const Material& material, const output::KpiTexts& kpi);

}  // namespace clientele::tools
