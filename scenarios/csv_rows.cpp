// Splits text into rows by hand: the number of columns is known only when the header is read, and quotes may hold
// lines.
#include "scenarios/csv_rows.hpp"

#include <algorithm>
#include <optional>

namespace clientele::scenarios {
namespace {

char separator_of(std::string_view text) {
  const std::string_view header = text.substr(0, text.find_first_of("\r\n"));
  char best = ',';
  for (const char candidate : {';', '\t'})
    if (std::count(header.begin(), header.end(), candidate) > std::count(header.begin(), header.end(), best))
      best = candidate;
  return best;
}

/// A first line "sep=;", with quotes or without, is for spreadsheets: it says the separator and is no row.
std::optional<char> separator_said(std::string_view text) {
  std::string line(text.substr(0, text.find_first_of("\r\n")));
  std::erase(line, '"');
  const bool says = line.size() == 5 && (line[0] | 0x20) == 's' && (line[1] | 0x20) == 'e' && (line[2] | 0x20) == 'p';
  if (!says || line[3] != '=') return std::nullopt;
  return line[4];
}

}  // namespace

CsvRows::CsvRows(std::string_view text) : text_(text) {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
  if (const auto said = separator_said(text_)) {
    separator_ = *said;
    at_ = std::min(text_.find_first_of("\r\n"), text_.size());
    skip_line_end();
  } else {
    separator_ = separator_of(text_);
  }
}

bool CsvRows::next(CsvRow& row) {
  while (!at_end()) {
    const std::size_t begin = at_, line = line_;
    read_row(row);
    if (at_end() && !is_last_) {
      at_ = begin;
      line_ = line;
      return false;
    }
    if (row.fields.size() > 1 || !row.fields.front().empty() || !row.problem.empty()) return true;
  }
  return false;
}

/// Into the room that the row before it had: files have millions.
void CsvRows::read_row(CsvRow& row) {
  row.line = line_;
  row.starts.clear();
  row.problem.clear();
  std::size_t fields = 0;
  for (;;) {
    row.starts.push_back(at_);
    if (fields == row.fields.size()) row.fields.emplace_back();
    read_field(row.fields[fields++], row);
    if (at_end() || ends_line()) break;
    ++at_;  // the separator
  }
  row.fields.resize(fields);
  skip_line_end();
}

void CsvRows::read_field(std::string& field, CsvRow& row) {
  field.clear();
  if (!at_end() && text_[at_] == '"') read_quoted(field, row);
  const std::size_t begin = at_;
  for (; !at_end() && text_[at_] != separator_ && !ends_line(); ++at_)
    if (text_[at_] == '"' && row.problem.empty())
      row.problem = "has a quote inside of a field (quotes go around a whole field, and \"\" is one inside)";
  field += text_.substr(begin, at_ - begin);
}

void CsvRows::read_quoted(std::string& field, CsvRow& row) {
  for (++at_; !at_end(); ++at_) {
    if (text_[at_] == '"') {
      if (text_.substr(at_, 2) != "\"\"") break;
      ++at_;
    }
    line_ += text_[at_] == '\n' ? 1 : 0;
    field += text_[at_];
  }
  if (at_end()) {
    row.problem = "has a quote that is never closed";
    return;
  }
  ++at_;
  if (!at_end() && text_[at_] != separator_ && !ends_line())
    row.problem = "has text behind a closing quote (a quote inside of a field is written \"\")";
}

bool CsvRows::ends_line() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

void CsvRows::skip_line_end() {
  if (at_end()) return;
  if (text_.substr(at_, 2) == "\r\n") ++at_;
  ++at_;
  ++line_;
}

}  // namespace clientele::scenarios
