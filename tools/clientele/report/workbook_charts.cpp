// Lines for what runs on, bars for what stands beside each other, floating bars for steps of a sum.
#include "tools/clientele/report/workbook_charts.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace clientele::tools {
namespace {

enum class Chart { none, months, numbers, bars, steps };

Chart chart_of(const std::string& drawn) {
  using Known = std::pair<std::string_view, Chart>;
  constexpr std::array known{
      Known{"course", Chart::months}, Known{"tiers", Chart::months},   Known{"chance", Chart::numbers},
      Known{"whale", Chart::numbers}, Known{"forest", Chart::bars},    Known{"bars", Chart::bars},
      Known{"flows", Chart::bars},    Known{"tornado", Chart::bars},   Known{"groups", Chart::bars},
      Known{"levels", Chart::bars},   Known{"waterfall", Chart::steps}};
  const auto found = std::ranges::find(known, drawn, &Known::first);
  return found == known.end() ? Chart::none : found->second;
}

bool is_words(const Column& column) {
  using Holds = Column::Holds;
  return column.holds == Holds::text || column.holds == Holds::code || column.holds == Holds::flag;
}

/// Columns of these names, or the first ones that hold numbers where a table has none of them.
std::vector<std::size_t> values_of(const Picture& picture, const std::vector<std::string>& names, std::size_t wanted) {
  std::vector<std::size_t> found;
  for (const std::string& name : names)
    for (std::size_t c = 0; c < picture.columns.size(); ++c)
      if (picture.columns[c].name == name) found.push_back(c);
  if (found.size() == wanted) return found;
  found.clear();
  for (std::size_t c = 0; c < picture.columns.size() && found.size() < wanted; ++c)
    if (!is_words(picture.columns[c])) found.push_back(c);
  return found.size() == wanted ? found : std::vector<std::size_t>{};
}

/// Rows from and up to, both within.
struct Range {
  std::size_t first = 0, last = 0;
};

/// Rows that follow each other under one label.
std::vector<Range> runs_of(const Placed& placed) {
  std::vector<Range> runs;
  for (std::size_t r = 0; r < placed.rows.size(); ++r)
    if (r > 0 && placed.rows[r][placed.label] == placed.rows[r - 1][placed.label])
      runs.back().last = r + 1;
    else
      runs.push_back({r + 1, r + 1});
  return runs;
}

lxw_chart_series* add_series(lxw_chart* chart, const Placed& placed, Range rows, std::size_t categories,
                             std::size_t values) {
  const auto row = [](std::size_t at) { return static_cast<lxw_row_t>(at); };
  const auto column = [](std::size_t at) { return static_cast<lxw_col_t>(at); };
  lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
  chart_series_set_categories(series, placed.name.c_str(), row(rows.first), column(categories), row(rows.last),
                              column(categories));
  chart_series_set_values(series, placed.name.c_str(), row(rows.first), column(values), row(rows.last), column(values));
  return series;
}

/// What begins with "=" would be a formula.
std::string as_text(const std::string& text) { return text.starts_with('=') ? " " + text : text; }

/// Once for each chart: libxlsxwriter keeps a name that is given anew, and does not free the one before. "low" of an
/// axis: labels stand at its end where values are negative, and not across the bars.
void name_axes(lxw_chart* chart, const std::string& x, const std::string& y) {
  if (!x.empty()) chart_axis_set_name(chart->x_axis, x.c_str());
  if (!y.empty()) chart_axis_set_name(chart->y_axis, y.c_str());
  chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
}

/// By the labels of the picture, where it has some.
void label_axes(lxw_chart* chart, const Picture& picture, const std::string& x, const std::string& y) {
  const auto named = [&](const std::string& key, const std::string& otherwise) {
    const auto found = picture.labels.find(key);
    return as_text(found == picture.labels.end() ? otherwise : found->second);
  };
  name_axes(chart, named("x", x), named("y", y));
}

constexpr std::size_t most_series = 24;  // more lines nobody tells apart

lxw_chart* lines(const Picture& picture, const Placed& placed, bool by_month) {
  std::optional<std::size_t> x, y;
  for (std::size_t c = 0; c < picture.columns.size(); ++c) {
    if (is_words(picture.columns[c])) continue;
    if (!x && (!by_month || picture.columns[c].holds == Column::Holds::month))
      x = c;
    else if (!y && (x || by_month))
      y = c;
  }
  if (!x || !y) return nullptr;
  lxw_chart* chart = workbook_add_chart(
      placed.workbook, static_cast<std::uint8_t>(by_month ? LXW_CHART_LINE : LXW_CHART_SCATTER_STRAIGHT));
  std::size_t shown = 0;
  for (const Range rows : runs_of(placed)) {
    if (++shown > most_series) break;
    lxw_chart_series* series = add_series(chart, placed, rows, *x, *y);
    chart_series_set_name_range(series, placed.name.c_str(), static_cast<lxw_row_t>(rows.first),
                                static_cast<lxw_col_t>(placed.label));
  }
  label_axes(chart, picture, picture.columns[*x].label, picture.columns[*y].label);
  return chart;
}

void name_by_head(lxw_chart_series* series, const Placed& placed, std::size_t column) {
  chart_series_set_name_range(series, placed.name.c_str(), 0, static_cast<lxw_col_t>(column));
}

lxw_chart* bars(const Picture& picture, const Placed& placed) {
  const bool both = picture.drawn == "tornado";
  const auto values = both ? values_of(picture, {"at_low", "at_high"}, 2) : values_of(picture, {}, 1);
  if (values.empty()) return nullptr;
  lxw_chart* chart = workbook_add_chart(placed.workbook, LXW_CHART_BAR);
  for (const std::size_t column : values) {
    lxw_chart_series* series = add_series(chart, placed, {1, placed.rows.size()}, placed.label, column);
    name_by_head(series, placed, column);
  }
  name_axes(chart, "", as_text(picture.columns[values.front()].label));
  // A bar's x axis goes down the page in Excel; the first row is to stand at its top.
  chart_axis_set_reverse(chart->x_axis);
  if (both)
    chart_set_series_overlap(chart, 100);  // one bar to each side
  else
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  return chart;
}

/// Two lines that are not seen, and bars from one to the other: they float below zero as well, which stacked columns
/// cannot.
lxw_chart* steps(const Picture& picture, const Placed& placed) {
  const auto ends = values_of(picture, {"begin", "end"}, 2);
  if (ends.empty()) return nullptr;
  lxw_chart* chart = workbook_add_chart(placed.workbook, LXW_CHART_LINE);
  lxw_chart_line unseen = {};
  unseen.none = LXW_TRUE;
  for (const std::size_t column : ends) {
    lxw_chart_series* series = add_series(chart, placed, {1, placed.rows.size()}, placed.label, column);
    name_by_head(series, placed, column);
    chart_series_set_line(series, &unseen);
  }
  chart_set_up_down_bars(chart);
  label_axes(chart, picture, "", picture.columns[ends.back()].label);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  return chart;
}

}  // namespace

bool is_drawn_as_lines(const Picture& picture) {
  const Chart chart = chart_of(picture.drawn);
  return chart == Chart::months || chart == Chart::numbers;
}

void add_chart(const Picture& picture, const Placed& placed, std::size_t row, std::size_t column) {
  const Chart kind = chart_of(picture.drawn);
  if (kind == Chart::none || placed.rows.empty()) return;
  lxw_chart* chart = kind == Chart::bars    ? bars(picture, placed)
                     : kind == Chart::steps ? steps(picture, placed)
                                            : lines(picture, placed, kind == Chart::months);
  if (!chart) return;
  chart_title_off(chart);
  std::string alternative = picture.alternative.substr(0, 2000);
  lxw_chart_options options = {};
  constexpr double of_usual_width = 1.6, of_usual_height = 1.4, row_of_bars = 0.06;
  options.x_scale = of_usual_width;
  options.y_scale = kind == Chart::bars
                        ? std::clamp(row_of_bars * static_cast<double>(placed.rows.size()), of_usual_height, 5.0)
                        : of_usual_height;
  options.description = alternative.data();
  worksheet_insert_chart_opt(placed.sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), chart,
                             &options);
}

}  // namespace clientele::tools
