// Looks at all rows for the largest number first, so that listing fewer rows changes no digit.
#include "tools/clientele/report/cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

double number_in(const Row& row, std::size_t column) {
  const double* number = std::get_if<double>(&row[column]);
  return number == nullptr ? output::not_known : *number;
}

/// Of all columns that are rounded alike.
Rounding rounding_of(const std::vector<Column>& columns, const std::vector<Row>& rows, std::size_t column,
                     Language language) {
  double largest = 0, half_width = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool alike = c == column || (!columns[column].alike.empty() && columns[c].alike == columns[column].alike);
    if (!alike || columns[c].holds != Column::Holds::number) continue;
    half_width = std::max(half_width, columns[c].half_width);
    for (const Row& row : rows)
      if (const double number = number_in(row, c); std::isfinite(number))
        largest = std::max(largest, std::fabs(number));
  }
  return Rounding(largest, half_width, language);
}

/// What a number column says in each row.
class Numbers {
 public:
  Numbers(const std::vector<Column>& columns, const std::vector<Row>& rows, std::size_t column, Language language)
      : column_(columns[column]), rounding_(rounding_of(columns, rows, column, language)), language_(language) {}

  std::string heading() const {
    const std::string unit = column_.alike == "each" ? "" : rounding_.unit();
    const std::string more = column_.unit.empty() ? unit : unit + " " + column_.unit;
    return more.empty() ? column_.label : column_.label + " (" + more.substr(more.front() == ' ' ? 1 : 0) + ")";
  }
  std::string text(double number) const {
    if (std::isnan(number)) return "-";
    if (column_.alike == "each") return in_short(number, language_);
    return column_.with_sign ? rounding_.with_sign(number) : rounding_.bare(number);
  }

 private:
  const Column& column_;
  Rounding rounding_;
  Language language_;
};

std::string text_of(const Column& column, const Value& value, Language language) {
  if (const auto* text = std::get_if<std::string>(&value))
    return column.holds == Column::Holds::code ? say(language, "code." + *text) : *text;
  const double number = std::get<double>(value);
  if (!std::isfinite(number)) return "-";
  if (column.holds == Column::Holds::flag) return say(language, number > 0 ? "code.yes" : "code.no");
  if (column.holds == Column::Holds::share) return percent(number, language);
  return with_commas(static_cast<std::uint64_t>(std::llround(std::fmax(0, number))), language);
}

}  // namespace

Cells cells_of(const std::vector<Column>& columns, const std::vector<Row>& rows, const std::vector<std::size_t>& listed,
               Language language) {
  std::vector<std::size_t> shown = listed;
  if (shown.empty()) {
    shown.resize(rows.size());
    std::iota(shown.begin(), shown.end(), 0);
  }
  Cells cells;
  cells.rows.resize(shown.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool is_number = columns[c].holds == Column::Holds::number;
    const Numbers numbers(columns, rows, c, language);
    cells.headings.push_back(is_number ? numbers.heading() : columns[c].label);
    cells.are_numbers.push_back(columns[c].holds != Column::Holds::text && columns[c].holds != Column::Holds::code &&
                                columns[c].holds != Column::Holds::flag);
    for (std::size_t r = 0; r < shown.size(); ++r) {
      const Value& value = rows[shown[r]][c];
      cells.rows[r].push_back(is_number ? numbers.text(std::get<double>(value)) : text_of(columns[c], value, language));
    }
  }
  return cells;
}

}  // namespace clientele::tools
