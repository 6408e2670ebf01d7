// Two readings: one that stops as soon as dates and decimals are told apart, and the one that counts.
#include "scenarios/books/table.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/amounts.hpp"
#include "scenarios/books/decimals.hpp"
#include "scenarios/books/labels.hpp"
#include "scenarios/customers/canonical_id.hpp"
#include "scenarios/customers/file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::printable;

namespace {

constexpr std::size_t longest_row = std::size_t{1} << 20, longest_cell = 4096;

bool holds_dates(Meaning meaning) {
  return meaning == Meaning::date || meaning == Meaning::due || meaning == Meaning::settled ||
         meaning == Meaning::since || meaning == Meaning::promised || meaning == Meaning::ends;
}

bool holds_numbers(Meaning meaning) {
  return (meaning >= Meaning::amount && meaning <= Meaning::freight) ||
         (meaning >= Meaning::not_due && meaning <= Meaning::points) || meaning == Meaning::score;
}

/// Whether a text may stand in a message: what could be the id of a customer, in a column that is taken for another,
/// may not.
bool may_be_told(std::string_view text) {
  constexpr std::string_view digits = "0123456789", marks = ".,'/:+-() EeTZ%";
  if (text.size() > 30 || text.find_first_not_of(digits) == std::string_view::npos) return false;
  for (std::size_t at = 0; at < text.size();) {
    const sim::Character c = sim::character_at(text, at);
    const bool sign = c.code == '$' || (c.code >= 0xA2 && c.code <= 0xA5) || (c.code >= 0x20A0 && c.code <= 0x20CF);
    const bool plain = c.bytes == 1 && (digits.find(text[at]) != std::string_view::npos ||
                                        marks.find(text[at]) != std::string_view::npos);
    if (!sign && !plain) return false;
    at += c.bytes;
  }
  return true;
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + printable(text, max_shown);
  return printable(all, 300);
}

}  // namespace

Table::Table(BookFile file, const std::filesystem::path& path, const SaidOfTables& said, MistakesOfBooks& mistakes)
    : file_(file), path_(path), name_(printable(path.string(), 200)), mistakes_(mistakes) {
  column_of_.fill(-1);
  today_ = said.today;
  const std::size_t before = mistakes.count();
  const FileLook look = look_at(path);
  if (!look.problem.empty()) {
    mistakes_.add(name_, look.line, look.problem);
    status_ = look.status;
    return;
  }
  encoding_ = look.encoding;
  read_ = {.file = file,
           .name = path.string(),
           .digest = look.digest,
           .encoding = std::string(text_of(encoding_)),
           .compressed = look.compressed};
  if (!begin_rows()) return;
  understand_header(said);
  if (mistakes.count() == before) look_at_dialect(said);
  sound_ = mistakes.count() == before && begin_rows();
  tell_ = said.tell;
  std::error_code error;
  size_ = std::filesystem::file_size(path, error);
  if (error) size_ = 0;
}

/// Stands behind the header then, which header_ holds.
bool Table::begin_rows() {
  rows_.reset();
  text_.clear();
  at_end_ = false;
  source_.emplace(path_, encoding_);
  while (!at_end_ && text_.find_first_of("\r\n") == std::string::npos && text_.size() < longest_row)
    at_end_ = !source_->more(text_);
  const CsvRows begin(text_);
  read_.separator = begin.separator();
  next_line_ = begin.line();
  text_.erase(0, begin.bytes_read());
  if (!next_row()) {
    if (source_->problem().empty()) mistakes_.add(name_, 1, "is empty. Expected: a line of column names, then lines.");
    return false;
  }
  header_.clear();
  for (const std::string& field : row_.fields) header_.emplace_back(without_ends(field));
  while (header_.size() > 1 && header_.back().empty()) header_.pop_back();
  return true;
}

bool Table::next_row() {
  for (;;) {
    if (!rows_) rows_.emplace(text_, read_.separator, next_line_, at_end_);
    if (rows_->next(row_)) return true;
    text_.erase(0, rows_->bytes_read());
    next_line_ = rows_->line();
    rows_.reset();
    if (at_end_) break;
    if (text_.size() > longest_row) {
      mistakes_.add(name_, next_line_, "has a line that does not end. Is a quote not closed?");
      break;
    }
    at_end_ = !source_->more(text_);
    if (tell_ && size_ > 0)
      tell_(read_, std::min(1.0, static_cast<double>(source_->bytes_read()) / static_cast<double>(size_)));
  }
  if (!source_->problem().empty()) mistakes_.add(name_, next_line_, source_->problem());
  return false;
}

void Table::understand_header(const SaidOfTables& said) {
  if (!row_.problem.empty()) return wrong(row_.problem + ".");
  if (header_.size() > most_columns)
    return wrong("has " + std::to_string(header_.size()) + " columns. Expected: at most " +
                 std::to_string(most_columns) + ".");
  std::vector<bool> is_said;
  for (const std::string& header : header_) {
    const auto column = std::ranges::find_if(
        said.columns, [&](const auto& c) { return canonical_id(c.header) == canonical_id(header); });
    is_said.push_back(column != said.columns.end());
    HeaderMeaning meaning = meaning_of_header(header, file_);
    if (is_said.back()) meaning.meaning = *meaning_called(column->meaning);
    if (meaning.meaning != Meaning::ignored && !is_read_in(file_, meaning.meaning)) meaning = {};
    meaning_of_column_.push_back(meaning.meaning);
    dates_of_column_.push_back(DatesOf::unknown);
    if (!meaning.currency.empty()) currencies_.push_back(meaning.currency);
  }
  for (std::size_t c = 0; c < header_.size(); ++c) {
    const Meaning meaning = meaning_of_column_[c];
    if (meaning == Meaning::nothing || meaning == Meaning::ignored) continue;
    int& column = column_of_[static_cast<std::size_t>(meaning)];
    const auto before = static_cast<std::size_t>(column < 0 ? 0 : column);
    if (column >= 0 && is_said[before] == is_said[c])
      wrong("has two columns that are \"" + std::string(word_of(meaning)) +
            "\": " + in_quotes(header_[before], max_shown) + " and " + in_quotes(header_[c], max_shown) +
            ". Which one? Say of the other: --map " +
            in_quotes(printable(header_[c], max_shown) + "=ignored", 2 * max_shown) + ".");
    if (column < 0 || is_said[c]) column = static_cast<int>(c);
  }
  for (std::size_t m = 2; m < meanings; ++m)
    if (column_of_[m] >= 0)
      read_.columns.push_back(
          {header_[static_cast<std::size_t>(column_of_[m])], std::string(word_of(static_cast<Meaning>(m)))});
  expect_columns();
}

void Table::expect_columns() {
  using enum Meaning;
  const auto missing = [&](Meaning meaning, const std::string& instead = {}) {
    const std::string word(word_of(meaning));
    const std::string guess = sim::nearest(word, header_);
    wrong("has no column \"" + word + "\"" + instead + " (there are: " + list_of(header_) +
          "). Expected: one, or say which it is: --map " +
          in_quotes((guess.empty() ? "HEADER" : printable(guess, max_shown)) + "=" + word, 2 * max_shown) + ".");
  };
  const auto expect = [&](Meaning meaning) {
    if (!has(meaning)) missing(meaning);
  };
  const bool has_data = std::ranges::any_of(
      header_, [](const std::string& name) { return dates_of(name).any() || marks_of(name).number(); });
  if (!has(id) && has_data)  // its first line may hold an id, which is not told
    return wrong(
        "has no line of column names (its first line has dates or numbers). Expected: one, such as "
        "id,number,date,amount.");
  expect(id);
  if (file_ == BookFile::orders && !has(amount) && !(has(quantity) && has(price)))
    missing(amount, ", nor \"quantity\" and \"price\"");
  if (file_ == BookFile::invoices) {
    expect(due);
    expect(amount);
  }
  if (file_ == BookFile::open_items) {
    const bool any = has(not_due) || has(overdue_30) || has(overdue_60) || has(overdue_90) || has(overdue_more);
    for (const Meaning bucket : {not_due, overdue_30, overdue_60, overdue_90, overdue_more})
      if (any) expect(bucket);
    if (!any && !has(due)) missing(due, ", nor the five of an ageing (open_not_due to open_over_90)");
    if (!any && !has(amount)) missing(amount);
  }
  if (file_ == BookFile::points) expect(points);
  if (file_ == BookFile::surveys) expect(score);
  if (file_ == BookFile::deliveries && !has(late) && !has(promised)) missing(late, ", nor \"promised\"");
  if (file_ == BookFile::orders || file_ == BookFile::invoices || file_ == BookFile::deliveries ||
      file_ == BookFile::surveys)
    expect(date);
}

void Table::look_at_dialect(const SaidOfTables& said) {
  const bool any_dates = std::ranges::any_of(meaning_of_column_, holds_dates);
  const bool any_numbers = std::ranges::any_of(meaning_of_column_, holds_numbers);
  if (said.dates != DateOrder::unknown || !any_dates) evidence_.mdy = evidence_.ymd = false;
  if (said.decimal != DecimalMark::unknown || !any_numbers) evidence_.comma = false;
  while (!dialect_is_clear() && next_row()) see_dialect_of_row();
  settle_dialect();
  if (said.dates != DateOrder::unknown) read_.dates = said.dates;
  if (!any_dates || (evidence_.day_numbers && !evidence_.dates)) read_.dates = DateOrder::unknown;
  if (said.decimal != DecimalMark::unknown) read_.decimal = said.decimal;
}

bool Table::dialect_is_clear() const {
  const bool only_numbers = !evidence_.dates && evidence_.day_numbers;
  return (evidence_.dmy + evidence_.mdy + evidence_.ymd == 1 || only_numbers) && evidence_.point != evidence_.comma;
}

/// A date that happened is of a day that has been; one that is due, promised or an end may be of any.
Table::DatesOf Table::dates_by(std::size_t column, std::string_view first) {
  DatesOf& dates = dates_of_column_[column];
  if (dates != DatesOf::unknown) return dates;
  const Meaning meaning = meaning_of_column_[column];
  const bool has_happened = meaning == Meaning::date || meaning == Meaning::settled || meaning == Meaning::since;
  const auto day = spreadsheet_day(first);
  const bool is_plausible = day && (!has_happened || today_ == no_day || *day <= today_);
  return dates = is_plausible ? DatesOf::day_numbers : DatesOf::text;
}

std::vector<std::string> Table::day_number_columns() const {
  std::vector<std::string> columns;
  for (std::size_t c = 0; c < dates_of_column_.size(); ++c)
    if (dates_of_column_[c] == DatesOf::day_numbers) columns.push_back(header_[c]);
  return columns;
}

/// A text that fits none of what is left says nothing: it will be a mistake of its own.
void Table::see_dialect_of_row() {
  for (std::size_t c = 0; c < std::min(row_.fields.size(), meaning_of_column_.size()); ++c) {
    const Meaning meaning = meaning_of_column_[c];
    if (column_of_[static_cast<std::size_t>(meaning)] != static_cast<int>(c)) continue;
    const std::string_view text = without_ends(row_.fields[c]);
    if (text.empty() || text.size() > longest_cell) continue;
    if (holds_dates(meaning) && dates_by(c, text) == DatesOf::day_numbers) {
      evidence_.day_numbers = true;
    } else if (holds_dates(meaning)) {
      const PossibleDates dates = dates_of(text);
      const bool dmy = evidence_.dmy && dates.dmy, mdy = evidence_.mdy && dates.mdy, ymd = evidence_.ymd && dates.ymd;
      if (!dmy && !mdy && !ymd) continue;
      evidence_.dates = true;
      evidence_.dmy = dmy;
      evidence_.mdy = mdy;
      evidence_.ymd = ymd;
    } else if (holds_numbers(meaning)) {
      const PossibleMarks marks = marks_of(text);
      const bool point = evidence_.point && marks.point, comma = evidence_.comma && marks.comma;
      evidence_.unclear = evidence_.unclear || marks.unclear;
      if (!point && !comma) continue;
      evidence_.point = point;
      evidence_.comma = comma;
    }
  }
}

void Table::settle_dialect() {
  read_.decimal = evidence_.point ? DecimalMark::point : DecimalMark::comma;
  if (evidence_.point && evidence_.comma && evidence_.unclear)
    mistakes_.add(
        name_, 0,
        "every number with a mark has three digits behind it (1,234: a thousand or one and a bit?). Expected: "
        "--decimal point or --decimal comma.");
  read_.dates = evidence_.ymd ? DateOrder::ymd : evidence_.dmy ? DateOrder::dmy : DateOrder::mdy;
  if (evidence_.dates && evidence_.dmy + evidence_.mdy + evidence_.ymd > 1)
    mistakes_.add(name_, 0,
                  "all of its dates can be read in " + std::string(evidence_.ymd ? "several orders" : "two orders") +
                      " (no day is above 12). Expected: --date-order dmy, or mdy, or ymd.");
}

bool Table::next() {
  while (next_row()) {
    ++read_.lines;
    given_ = row_.fields.size();
    const std::string& problem = row_.problem;
    if (!problem.empty()) {
      wrong(problem + ".");
      continue;
    }
    while (row_.fields.size() > header_.size() && row_.fields.back().empty()) row_.fields.pop_back();
    const bool short_total = given_ < header_.size() && is_total_label(first_text());
    if (row_.fields.size() != header_.size() && !short_total) {
      wrong("has " + std::to_string(given_) + " fields, and there are " + std::to_string(header_.size()) +
            " columns. Is a separator missing or a quote?");
      continue;
    }
    row_.fields.resize(header_.size());
    if (has_long_cell()) continue;
    return true;
  }
  return false;
}

/// Where a cell that is read is longer than any id, number or date: what is cut off would be taken for nothing.
bool Table::has_long_cell() {
  bool any = false;
  for (std::size_t m = 2; m < meanings; ++m) {
    const int column = column_of_[m];
    if (column < 0) continue;
    const std::size_t size = without_ends(row_.fields[static_cast<std::size_t>(column)]).size();
    if (size <= longest_cell) continue;
    any = true;
    wrong(this->column(static_cast<Meaning>(m)) + " has " + std::to_string(size) + " bytes. Expected: at most " +
          std::to_string(longest_cell) + ". Is a quote not closed?");
  }
  return any;
}

std::string Table::place() const { return name_ + ":" + std::to_string(row_.line); }

std::string_view Table::text(Meaning meaning) const {
  const int column = column_of_[static_cast<std::size_t>(meaning)];
  if (column < 0 || static_cast<std::size_t>(column) >= row_.fields.size()) return {};
  const std::string_view text = without_ends(row_.fields[static_cast<std::size_t>(column)]);
  return text == "NULL" || text.size() > longest_cell ? std::string_view() : text;
}

std::string_view Table::first_text() const {
  for (const std::string& field : row_.fields)
    if (const std::string_view text = without_ends(field); !text.empty()) return text;
  return {};
}

std::string Table::column(Meaning meaning) const {
  const int column = column_of_[static_cast<std::size_t>(meaning)];
  return "column " + in_quotes(column < 0 ? word_of(meaning) : header_[static_cast<std::size_t>(column)], max_shown);
}

std::string Table::said_in(Meaning meaning) const {
  const std::string_view said = text(meaning);
  return column(meaning) + (may_be_told(said) ? " = " + in_quotes(said, max_shown) : "");
}

/// Of a column of day numbers; a mistake where it is none.
std::optional<Day> Table::day_in(Meaning meaning, std::string_view said) {
  const auto day = spreadsheet_day(said);
  if (!day)
    wrong(said_in(meaning) + " is no day number of a spreadsheet, as the first of its column is (such as " +
          std::to_string(day_of(2027, 3, 31) - day_of(1899, 12, 30)) +
          " for 2027-03-31). Is the column mixed? Format all of it as dates before it is exported.");
  return day;
}

std::optional<Day> Table::date(Meaning meaning, bool may_lack) {
  const std::string_view said = text(meaning);
  if (said.empty()) {
    if (!may_lack) wrong(column(meaning) + " is empty. Expected: a date.");
    return {};
  }
  const auto place = static_cast<std::size_t>(column_of_[static_cast<std::size_t>(meaning)]);
  if (dates_by(place, said) == DatesOf::day_numbers) return day_in(meaning, said);
  const PossibleDates dates = dates_of(said);
  if (const auto day = dates.in(read_.dates == DateOrder::unknown ? DateOrder::ymd : read_.dates)) return day;
  if (dates.any())
    wrong(said_in(meaning) + " is no date in the order " + std::string(text_of(read_.dates)) +
          ", which the others have. Is another order meant (--date-order)?");
  else if (spreadsheet_day(said))  // which one is not told: it may be an id
    wrong(said_in(meaning) +
          " is a day number of a spreadsheet, and the first of its column is none. Is the column mixed? Format all of "
          "it as dates before it is exported.");
  else
    wrong(said_in(meaning) + " is no date from 1980 to 2199. Expected: such as 2027-03-31.");
  return {};
}

std::optional<CalendarMonth> Table::month(Meaning meaning) {
  const std::string_view said = text(meaning);
  if (said.empty()) return no_end;
  if (dates_by(static_cast<std::size_t>(column_of_[static_cast<std::size_t>(meaning)]), said) == DatesOf::day_numbers) {
    const auto day = day_in(meaning, said);
    return day ? std::optional(month_of(*day)) : std::nullopt;
  }
  const auto found = month_in(said, read_.dates);
  if (!found && said.find("9999") != std::string_view::npos) return no_end;  // of programs that know no empty date
  if (!found) wrong(said_in(meaning) + " is no month. Expected: such as 2027-03, or a date in it.");
  return found;
}

std::optional<Amount> Table::amount(Meaning meaning, bool may_lack) {
  const std::string_view said = text(meaning);
  if (said.empty()) {
    if (!may_lack) wrong(column(meaning) + " is empty. Expected: a number.");
    return {};
  }
  const auto found = amount_of(said, read_.decimal);
  if (found) return has_room(static_cast<double>(*found)) ? found : std::nullopt;
  const char* mark = read_.decimal == DecimalMark::comma ? "a comma" : "a point";
  if (marks_of(said).number())
    wrong(said_in(meaning) + " is no number with " + mark + " before its decimals, as the others have.");
  else
    wrong(said_in(meaning) + " is no number." + number_meant(said));
  return {};
}

bool Table::has_room(double number) {
  constexpr double most_in_all = 2.3e18;  // a quarter of what an Amount can be: a margin takes from a sum, too
  total_size_ += std::abs(number);
  if (total_size_ <= most_in_all) return true;
  if (!told_of_room_) wrong("makes more money than can be counted here. Is the column of amounts right?");
  told_of_room_ = true;
  return false;
}

std::optional<bool> Table::yes_or_no(Meaning meaning) {
  const std::string said = canonical_key(text(meaning));
  if (said.empty()) return {};
  for (const std::string_view yes : {"yes", "y", "true", "1", "ja", "si", "oui", "\xE6\x98\xAF"})
    if (said == yes) return true;
  for (const std::string_view no : {"no", "n", "false", "0", "nein", "non", "\xE5\x90\xA6"})
    if (said == no) return false;
  wrong(said_in(meaning) + " is neither yes nor no.");
  return {};
}

}  // namespace clientele::scenarios
