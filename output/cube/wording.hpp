// The words of a cube: units, formulas, dates and meanings, as its readers see them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/metrics.hpp"
#include "sim/study.hpp"

namespace clientele::output {

/// The version of FORMAT.md, the earliest one that was handed out, and the first clientele that reads this one. Readers
/// refuse another first number.
inline constexpr const char *cube_format = "1.6", *first_cube_format = "1.3", *first_program_of_format = "0.2.0";
/// The same of a cube that has points.
inline constexpr const char *format_with_points = "2.0", *first_program_of_points = "0.3.0";

/// Parts of the customers: those whom a policy's tier holds in a month, those of a group, or those of a class
/// (sim/class_names.hpp).
enum class ByAxis { tier, group, customer_class };
/// "tier", "group" or "class".
std::string name_of(ByAxis axis);

/// "1", the currency, or "day". Never "days": xarray would turn such a column into time spans of 64-bit nanoseconds,
/// which overflow at 106,751 customer-days.
std::string unit_of(sim::MetricUnit unit, const std::string& currency);
/// A KPI's own unit, in which the word "money" stands for the currency.
std::string unit_of(const sim::KpiInfo& kpi, const std::string& currency);
std::string direction_of(sim::Direction direction);
std::string unit_of(const sim::MonthlyRule& rule, const std::string& currency);
/// The formula in words and signs, as it is evaluated.
std::string formula_of(const sim::KpiInfo& kpi);
std::string formula_of(const sim::MonthlyRule& rule);

/// First day of month 0, as 2027-01-01, and the first days of `months` months counted from it.
std::string start_date(const sim::Horizon& horizon);
std::vector<std::int32_t> month_starts(const sim::Horizon& horizon, std::size_t months);

/// Empty for a KPI that is no part.
std::string name_of(sim::KpiPart part);
std::string name_of(sim::Luck luck);
std::string name_of(sim::People people);
std::string meaning_of(sim::Luck luck);
std::string meaning_of(sim::People people);
/// "same group" or "none": who follows in warm-up on who leaves.
std::string name_of(sim::Replacement replacement);
/// "as before", "by number" or "none": who joins after month 0.
std::string name_of(sim::Arrivals arrivals);
std::string meaning_of(sim::Arrivals arrivals);
std::string meaning_of_seed();

/// The same words back; an unknown one throws UserError.
sim::Direction direction_named(const std::string& words);
sim::KpiPart part_named(const std::string& word);
sim::Luck luck_named(const std::string& word);
sim::People people_named(const std::string& word);

/// Texts in one, a line each, and back. A text may be empty, the first as well.
std::string in_lines(const std::vector<std::string>& texts);
std::vector<std::string> lines_of(const std::string& lines);

/// The names of a policy's tiers, filled up with "" to `tiers`.
std::vector<std::string> tier_names(const sim::Policy& policy, std::size_t tiers);
std::size_t tiers_of(const sim::Policy& policy);

/// Names of the variables of a KPI and of a histogram; a metric's variable has the metric's own name.
/// A metric of the months after the horizon.
std::string beyond_variable(const std::string& metric);
std::string kpi_variable(const std::string& kpi);
/// A KPI of each tier, group or class.
std::string kpi_variable(const std::string& kpi, ByAxis axis);
/// A metric over the months of the horizon, by tier and group; of moves between tiers as well.
std::string sum_variable(const std::string& metric);
/// The same by class alone.
std::string sum_by_class_variable(const std::string& metric);
std::string histogram_variable(const std::string& histogram, const std::string& part);
/// The axis of series: months of the horizon, each by itself.
inline constexpr const char* horizon_axis = "month_of_horizon";
inline constexpr const char* all_months_axis = "month_of_all";  ///< those beyond the horizon behind the others
/// The axis of what stands there for each group, whatever is summed of metrics.
inline constexpr const char* groups_axis = "each_group";
/// The axis of classes of customers, where they are counted apart.
inline constexpr const char* classes_axis = "each_class";
/// The variable of moves between tiers.
inline constexpr const char* flow_variable = "tier_flow";

}  // namespace clientele::output
