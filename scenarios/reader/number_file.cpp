// Rows and columns are told as lines and columns of the file, so that a value is found in an editor.
#include "scenarios/reader/number_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "scenarios/amounts.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/plain_file.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/text_guard.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::character_at;
using sim::in_quotes;
using sim::printable;

namespace {

constexpr std::size_t most_bytes = std::size_t{512} * 1024 * 1024;
constexpr std::size_t most_rows = 1'000'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string without_mark(std::string text) {
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  return text;
}

std::optional<double> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number == 0 ? 0 : number;
}

}  // namespace

std::vector<Place> places_of(const CsvRow& row, std::string_view text) {
  std::vector<Place> places;
  std::uint32_t column = 1;
  std::size_t at = row.starts.front();
  for (std::size_t f = 0; f < row.fields.size(); ++f) {
    for (; at < row.starts[f]; at += character_at(text, at).bytes) ++column;
    const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(1, row.fields[f].size()));
    places.push_back({static_cast<std::uint32_t>(row.line), column, length, -1});
  }
  return places;
}

NumberFile::NumberFile(std::string name, std::string text)
    : name_(std::move(name)), text_(without_mark(std::move(text))), mistakes_(name_, text_, {}) {
  read();
}

void NumberFile::read() {
  CsvRows rows(text_);
  CsvRow row;
  if (!rows.next(row)) return mistakes_.add({}, "is empty. Expected: a row of paths, and rows of numbers.");
  read_header(row);
  if (!mistakes_.none()) return;
  std::size_t count = 0;
  for (; rows.next(row) && count <= most_rows; ++count) read_row(row);
  if (count == 0) mistakes_.add({}, "has a header and no rows. Expected: rows of numbers under it.");
  if (count > most_rows) mistakes_.add({}, "has more than 1,000,000 rows. Expected: fewer.");
}

void NumberFile::read_header(const CsvRow& row) {
  if (!row.problem.empty()) return mistakes_.add({static_cast<std::uint32_t>(row.line), 1, 1, -1}, row.problem + ".");
  if (row.fields.size() > most_columns)
    return mistakes_.add({static_cast<std::uint32_t>(row.line), 1, 1, -1},
                         "has " + std::to_string(row.fields.size()) + " columns. Expected: at most 1,000.");
  const std::vector<Place> places = places_of(row, text_);
  for (std::size_t f = 0; f < row.fields.size(); ++f) {
    const std::string path(trimmed(row.fields[f]));
    const Place& place = places[f];
    const std::vector<std::string> parts = parts_of(path);
    if (path.empty())
      mistakes_.add(place, "column " + std::to_string(f + 1) +
                               " has no name (is it a table's index?). Expected: the path of a number, such as "
                               "payment.terms_days.");
    else if (parts.empty() || parts.size() > max_dots || sim::first_bad_utf8(path))
      mistakes_.add(place, "column " + in_quotes(path) +
                               " is no path of a study. Expected: a number's, such as "
                               "payment.terms_days.");
    columns_.push_back({path, place, {}});
  }
}

void NumberFile::read_row(const CsvRow& row) {
  const Place line{static_cast<std::uint32_t>(row.line), 1, 1, -1};
  if (!row.problem.empty()) return mistakes_.add(line, row.problem + ".");
  if (row.fields.size() != columns_.size())
    return mistakes_.add(line, "has " + std::to_string(row.fields.size()) +
                                   (row.fields.size() == 1 ? " field" : " fields") + ", and the header has " +
                                   std::to_string(columns_.size()) + ".");
  const std::vector<Place> places = places_of(row, text_);
  for (std::size_t f = 0; f < row.fields.size(); ++f) {
    const std::string_view text = trimmed(row.fields[f]);
    const auto number = number_in(text);
    const Place& place = places[f];
    if (number && std::isfinite(*number)) {
      columns_[f].levels.push_back({*number, place, true});
    } else {
      columns_[f].levels.push_back({0, place, false});
      mistakes_.add(place, printable(columns_[f].path) + (text.empty() ? " is empty" : " = " + in_quotes(text, 40)) +
                               (number         ? " is no number to count with"
                                : text.empty() ? ""
                                               : " is no number") +
                               ". Expected: a number." + (number ? "" : number_meant(text)));
    }
  }
}

std::optional<std::filesystem::path> path_beside(const Entry& file, const std::string& what, const std::string& option,
                                                 Reading& reading) {
  if (file.node.kind != Node::Kind::text || file.node.text.empty()) {
    reading.mistakes.add(file.node.place, what + " = " + shown(file.node) +
                                              " is no path. Expected: text between "
                                              "quotes, the name of a file.");
    return std::nullopt;
  }
  const std::filesystem::path path(file.node.text);
  if (file.node.place.option >= 0) return path;
  const std::filesystem::path normal = path.lexically_normal();
  if (!normal.is_absolute() && (normal.empty() || *normal.begin() != "..")) return reading.folder / normal;
  reading.mistakes.add(file.node.place, what + " = " + in_quotes(file.node.text) +
                                            " leads away from the study (a study reads only what lies beside it). Did "
                                            "you mean the option " +
                                            option + "?");
  return std::nullopt;
}

std::unique_ptr<NumberFile> read_number_file(const Entry& entry, const std::string& what, const std::string& option,
                                             Reading& reading) {
  const auto path = path_beside(entry, what, option, reading);
  if (!path) return nullptr;
  const std::string& name = entry.node.text;
  const auto refuse = [&](const std::string& why, const std::string& question) {
    reading.mistakes.add(entry.node.place,
                         what + " = " + in_quotes(name, 200) + " cannot be read (" + why + ")." + question);
    return nullptr;
  };
  PlainFile file = open_plain_file(*path);
  if (!file.problem.empty())
    return refuse(file.problem, entry.node.place.option >= 0 ? "" : " Is it beside the study?");
  std::string text{std::istreambuf_iterator<char>(file.stream), std::istreambuf_iterator<char>()};
  if (file.stream.bad()) return refuse("it breaks off", "");
  if (text.size() > most_bytes) return refuse("it has more than 512 MB", "");
  return std::make_unique<NumberFile>(name, std::move(text));
}

void tell_of(NumberFile& file, const Place& place, Reading& reading) {
  reading.mistakes.add_elsewhere(file.mistakes().told(), file.mistakes().count());
  for (const std::string& warning : file.mistakes().warnings()) reading.mistakes.warn(place, warning);
}

}  // namespace clientele::scenarios
