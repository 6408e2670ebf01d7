// One way to label a column and to say an amount.
#include "tools/clientele/report/columns.hpp"

#include <algorithm>
#include <cmath>

#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/language/elsewhere.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/report/arms.hpp"

namespace clientele::tools {

namespace {

Column labelled(const Material& material, const std::string& name, Column::Holds holds) {
  return {.name = name, .label = material.say("column." + name), .holds = holds};
}

std::string with_unit(const std::string& number, const std::string& unit) {
  const std::string shown = unit_shown(unit);
  return shown.empty() ? number : number + " " + shown_name(shown);
}

}  // namespace

Column text_column(const Material& material, const std::string& name) {
  return labelled(material, name, Column::Holds::text);
}
Column code_column(const Material& material, const std::string& name) {
  return labelled(material, name, Column::Holds::code);
}
Column count_column(const Material& material, const std::string& name) {
  return labelled(material, name, Column::Holds::count);
}
Column month_column(const Material& material) { return labelled(material, "month", Column::Holds::month); }
Column share_column(const Material& material, const std::string& name) {
  return labelled(material, name, Column::Holds::share);
}

Column number_column(const Material& material, const std::string& name, const std::string& unit,
                     const std::string& alike, double half_width) {
  Column column = labelled(material, name, Column::Holds::number);
  column.unit = unit_shown(unit);
  column.alike = alike;
  column.half_width = half_width;
  return column;
}

Column difference_column(const Material& material, const std::string& name, const std::string& unit,
                         double half_width) {
  Column column = number_column(material, name, unit, "difference", half_width);
  column.with_sign = true;
  return column;
}

std::vector<Column> tornado_columns(const Material& material, const std::string& unit, double half_width) {
  return {text_column(material, "name"),
          number_column(material, "low_value", "", "each"),
          number_column(material, "high_value", "", "each"),
          difference_column(material, "at_low", unit, half_width),
          difference_column(material, "at_high", unit, half_width),
          difference_column(material, "base", unit, half_width)};
}

std::string amount(const Material& material, double value, const std::string& unit, double half_width) {
  return with_unit(Rounding(value, half_width, material.language)(value), unit);
}

std::string signed_amount(const Material& material, double value, const std::string& unit, double half_width) {
  return (value > 0 ? "+" : "") + amount(material, value, unit, half_width);
}

std::string count_text(const Material& material, double count) {
  return with_commas(static_cast<std::uint64_t>(std::llround(std::fmax(0, count))), material.language);
}

std::string share_text(const Material& material, double share) { return percent(share, material.language); }

std::string axis_of_difference(const Material& material, const std::string& unit) {
  const std::string label = material.say("axis.difference", {{"baseline", baseline_name(material)}});
  return unit_shown(unit).empty() ? label : label + " (" + shown_name(unit) + ")";
}

std::string left_out_in_words(const Material& material, const output::By& by) {
  std::vector<std::string> names;
  for (const output::ByArm& arm : by.arms)
    for (const std::string& part : arm.left_out)
      if (const std::string name = shown_name(part); std::ranges::find(names, name) == names.end())
        names.push_back(name);
  return names.empty()
             ? ""
             : " " + material.say("parts.left_out", {{"parts", list_of(material, names)},
                                                     {"fewest", count_text(material, output::fewest_real_customers)}});
}

std::string list_of(const Material& material, const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t n = 0; n < names.size(); ++n)
    text += (n == 0 ? "" : n + 1 == names.size() ? material.say("list.last") : material.say("list.between")) + names[n];
  return text;
}

std::string kpi_name(const Material& material, const output::KpiTexts& kpi) {
  return called(material.comparison, kpi, material.language);
}

std::string kpi_first(const Material& material, const output::KpiTexts& kpi) {
  return as_beginning(kpi_name(material, kpi));
}

std::string kpi_meaning(const Material& material, const output::KpiTexts& kpi) {
  return translated(material.language, shown_name(kpi.meaning));
}

}  // namespace clientele::tools
