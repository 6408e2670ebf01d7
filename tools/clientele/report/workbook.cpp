// Written by libxlsxwriter beside its target, then put in place; text is text, whatever it looks like.
#include "tools/clientele/report/workbook.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <memory>
#include <string_view>

#include <xlsxwriter.h>

#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/report/sheet_names.hpp"
#include "tools/clientele/report/workbook_charts.hpp"

namespace clientele::tools {
namespace {

constexpr std::size_t longest_cell = 16000;  // Excel has room for 32,767 units of UTF-16
constexpr std::time_t any_day =
    1577836800;  // 2020-01-01: the day of writing would make other bytes of the same numbers

struct Free {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};

/// Visible characters of UTF-8. Marks that isolate a language are for pages; "_x0041_" would be read as "A".
std::string cell_text(std::string text) {
  for (const char* mark : {"\u2068", "\u2069"})
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) text.erase(at, 3);
  text = sim::printable(text, longest_cell);
  const auto hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
  constexpr std::string_view underscore = "_x005F_";
  for (std::size_t at = 0; (at = text.find("_x", at)) != std::string::npos; ++at) {
    const bool is_code =
        text.size() > at + 6 && text[at + 6] == '_' && std::all_of(text.data() + at + 2, text.data() + at + 6, hex);
    if (!is_code) continue;
    text.replace(at, 1, underscore);
    at += underscore.size() - 1;
  }
  return text;
}

/// Four digits of the largest number, and no more than two of the narrowest interval.
std::string format_of(const Column& column, const std::vector<Row>& rows, std::size_t c) {
  using Holds = Column::Holds;
  if (column.holds == Holds::share) return column.with_sign ? "+0.0 %;-0.0 %;0.0 %" : "0.0 %";
  if (column.holds == Holds::count || column.holds == Holds::month) return "#,##0";
  if (column.alike == "each") return "General";
  double largest = 0;
  for (const Row& row : rows)
    if (const double* number = std::get_if<double>(&row[c]); number && std::isfinite(*number))
      largest = std::max(largest, std::fabs(*number));
  const auto decimals_of = [](double value, int digits) {
    return value > 0 ? digits - 1 - static_cast<int>(std::floor(std::log10(value))) : 0;
  };
  int decimals = decimals_of(largest, 4);
  if (column.half_width > 0) decimals = std::min(decimals, decimals_of(column.half_width, 2));
  std::string format = "#,##0";
  if (decimals > 0) format += "." + std::string(static_cast<std::size_t>(std::min(decimals, 12)), '0');
  return column.with_sign ? "+" + format + ";-" + format + ";0" : format;
}

std::string heading_of(const Column& column) {
  const std::string name = column.label.empty() ? column.name : column.label;
  return column.unit.empty() ? name : name + ", " + column.unit;
}

class Writer {
 public:
  Writer(const std::filesystem::path& target, const std::filesystem::path& file, const Workbook& content)
      : target_(target), content_(content), workbook_(workbook_new(file.c_str())) {
    if (!workbook_) fail(LXW_ERROR_MEMORY_MALLOC_FAILED);
    std::string title = cell_text(content.title).substr(0, 255), program = "clientele";
    lxw_doc_properties properties = {};
    properties.title = title.data();
    properties.author = program.data();
    properties.created = any_day;
    must(workbook_set_properties(workbook_.get(), &properties));
    head_ = format([](lxw_format* f) {
      format_set_bold(f);
      format_set_bottom(f, LXW_BORDER_THIN);
    });
    wrapped_ = format([](lxw_format* f) {
      format_set_text_wrap(f);
      format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    });
  }
  void write() {
    std::vector<std::string> wanted;
    for (const TextSheet& text : content_.texts) wanted.push_back(text.name);
    for (const Picture& picture : content_.pictures) wanted.push_back(picture.title);
    for (const TableSheet& table : content_.tables) wanted.push_back(table.name);
    names_ = sheet_names_of(wanted);
    for (const TextSheet& text : content_.texts) add_text(text);
    for (const Picture& picture : content_.pictures) add_picture(picture);
    for (const TableSheet& table : content_.tables) add_table(next_sheet(), table.columns, table.rows);
    must(workbook_close(workbook_.release()));
  }

 private:
  [[noreturn]] void fail(lxw_error error) const {
    throw sim::UserError("cannot write " + sim::file_in_quotes(target_) + " (" + lxw_strerror(error) + ").",
                         sim::Exit::input_output);
  }
  void must(lxw_error error) const {
    if (error != LXW_NO_ERROR) fail(error);
  }
  template <class Set>
  lxw_format* format(const Set& set) {
    lxw_format* made = workbook_add_format(workbook_.get());
    set(made);
    return made;
  }
  lxw_format* number_format(const std::string& text) {
    lxw_format*& known = formats_[text];
    if (!known) known = format([&](lxw_format* f) { format_set_num_format(f, text.c_str()); });
    return known;
  }
  lxw_worksheet* next_sheet() {
    lxw_worksheet* sheet = workbook_add_worksheet(workbook_.get(), names_.at(sheets_++).c_str());
    if (!sheet) fail(LXW_ERROR_SHEETNAME_ALREADY_USED);
    return sheet;
  }
  void put(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& text, lxw_format* how) {
    must(worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                cell_text(text).c_str(), how));
  }
  void widen(lxw_worksheet* sheet, std::size_t column, double width) {
    const auto at = static_cast<lxw_col_t>(column);
    must(worksheet_set_column(sheet, at, at, width, nullptr));
  }

  void add_text(const TextSheet& text) {
    lxw_worksheet* sheet = next_sheet();
    constexpr double readable = 100;
    widen(sheet, 0, readable);
    for (std::size_t row = 0; row < text.lines.size(); ++row) put(sheet, row, 0, text.lines[row], wrapped_);
  }

  std::string words(const Column& column, const Value& value) const {
    const std::string& text = std::get<std::string>(value);
    return column.holds == Column::Holds::code ? say(content_.language, "code." + text) : text;
  }

  void add_table(lxw_worksheet* sheet, const std::vector<Column>& columns, const std::vector<Row>& rows) {
    worksheet_freeze_panes(sheet, 1, 0);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      put(sheet, 0, c, heading_of(columns[c]), head_);
      std::size_t widest = heading_of(columns[c]).size();
      lxw_format* how = number_format(format_of(columns[c], rows, c));
      for (std::size_t r = 0; r < rows.size(); ++r)
        if (const double* number = std::get_if<double>(&rows[r][c])) {
          if (std::isfinite(*number) && columns[c].holds == Column::Holds::flag)
            put(sheet, r + 1, c, say(content_.language, *number > 0 ? "code.yes" : "code.no"), nullptr);
          else if (std::isfinite(*number))
            must(worksheet_write_number(sheet, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c), *number, how));
        } else {
          const std::string text = words(columns[c], rows[r][c]);
          widest = std::max(widest, text.size());
          put(sheet, r + 1, c, text, nullptr);
        }
      constexpr std::size_t narrow = 10, wide = 60;
      widen(sheet, c, static_cast<double>(std::clamp(widest + 2, narrow, wide)));
    }
  }

  /// Names of several columns in one, by which a chart calls its rows.
  void add_labels(std::vector<Column>& columns, std::vector<Row>& rows, const std::vector<std::size_t>& named) const {
    Column label{.name = "label", .holds = Column::Holds::text};
    for (const std::size_t c : named) label.label += (label.label.empty() ? "" : ", ") + heading_of(columns[c]);
    for (Row& row : rows) {
      std::string text;
      for (const std::size_t c : named) text += (text.empty() ? "" : ", ") + words(columns[c], row[c]);
      row.emplace_back(text);
    }
    columns.push_back(label);
  }

  void add_picture(const Picture& picture) {
    const std::string name = names_.at(sheets_);
    lxw_worksheet* sheet = next_sheet();
    std::vector<Column> columns = picture.columns;
    std::vector<Row> rows = picture.rows;
    std::vector<std::size_t> named;
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (columns[c].holds == Column::Holds::text) named.push_back(c);
    std::size_t label = named.empty() ? 0 : named.front();
    if (named.size() > 1) {
      label = columns.size();
      add_labels(columns, rows, named);
    }
    if (is_drawn_as_lines(picture) && !named.empty()) put_together(rows, label);
    add_table(sheet, columns, rows);
    const std::size_t beside = columns.size() + 1;
    put(sheet, 0, beside, picture.title, head_);
    put(sheet, 1, beside, picture.sentence, nullptr);
    put(sheet, 2, beside, picture.caption, nullptr);
    constexpr std::size_t row_of_chart = 4;
    add_chart(picture, {workbook_.get(), sheet, name, rows, label}, row_of_chart, beside);
  }

  /// A line of a chart is rows that follow each other.
  static void put_together(std::vector<Row>& rows, std::size_t label) {
    std::map<Value, std::size_t> first;
    for (std::size_t r = 0; r < rows.size(); ++r) first.try_emplace(rows[r][label], r);
    std::ranges::stable_sort(rows, {}, [&](const Row& row) { return first.at(row[label]); });
  }

  const std::filesystem::path& target_;
  const Workbook& content_;
  std::unique_ptr<lxw_workbook, Free> workbook_;
  std::map<std::string, lxw_format*> formats_;
  std::vector<std::string> names_;
  std::size_t sheets_ = 0;
  lxw_format *head_ = nullptr, *wrapped_ = nullptr;
};

}  // namespace

bool can_write_workbooks() { return true; }

void write_workbook(const std::filesystem::path& path, const Workbook& content, output::Existing existing) {
  output::DurableFile file(path, existing);
  Writer(path, file.temporary(), content).write();
  file.commit();
}

}  // namespace clientele::tools
