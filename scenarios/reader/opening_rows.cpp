// A month or a year, and a whole number: each cell is told with its line and column.
#include "scenarios/reader/opening_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>

#include "scenarios/amounts.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/plain_file.hpp"
#include "scenarios/reader/number_file.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;

std::string example_of(const Opening& opening) {
  return "{ file = \"opening.csv\", balance = 4_180_000 }, a CSV with the columns " + std::string(key_of_months) +
         " and " + opening.unit + "; or { " + std::string(key_of_months) + " = [\"2025\", \"2026-01\"], " +
         opening.unit + " = [30_000, 12_000], balance = 42_000 }";
}

std::string month_in_words(int month, const sim::Horizon& horizon) {
  const int since = horizon.start_year * 12 + horizon.start_month - 1 + month;
  const std::string number = std::to_string(since % 12 + 1);
  return std::to_string(since / 12) + "-" + (number.size() < 2 ? "0" : "") + number;
}

namespace {

constexpr std::size_t most_bytes_of_amounts = std::size_t{1} << 20;

std::optional<int> whole_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "2025-03" or "2025", as months from the start; a day behind it is told with what was meant.
bool read_months(const std::string& text, Stated& stated, const Opening& opening, Reading& reading) {
  const sim::Horizon& horizon = reading.study.horizon;
  const bool with_month = text.size() >= 7 && text[4] == '-',
             with_day = text.size() == 10 && with_month && text[7] == '-';
  const auto year = whole_of(std::string_view(text).substr(0, 4));
  const auto month = with_month ? whole_of(std::string_view(text).substr(5, 2)) : std::optional<int>(1);
  const bool is_date = year && month && *year >= 1900 && *year <= 2200 && *month >= 1 && *month <= 12;
  if (!is_date || !(text.size() == 4 || text.size() == 7)) {
    reading.mistakes.add(stated.place, std::string(key_of_months) + " = " + in_quotes(text, 40) +
                                           " is no month and no year. Expected: 2026-03 or 2026." +
                                           (is_date && with_day ? " Did you mean " + text.substr(0, 7) + "?" : ""));
    return false;
  }
  stated.issued = text;
  stated.first = (*year - horizon.start_year) * 12 + *month - horizon.start_month;
  stated.last = with_month ? stated.first : stated.first + 11;
  if (stated.first < 0) return true;
  reading.mistakes.add(
      stated.place, opening.what + ": " + text + " is not before the start, " + month_in_words(0, horizon) + " (" +
                        opening.unit + " of the months that are simulated are earned there). Is horizon.start right?");
  return false;
}

bool read_amount(double number, const std::string& shown, Stated& stated, const Opening& opening, Reading& reading) {
  if (number >= 0 && number <= most_in_all && number == std::floor(number)) {
    stated.amount = static_cast<std::int64_t>(number);
    return true;
  }
  reading.mistakes.add(stated.place, opening.unit + " = " + shown +
                                         (number < 0 ? " is below 0" : " is no number of " + opening.unit) +
                                         " (what is held is counted). Expected: a whole number from 0 to 1e15.");
  return false;
}

/// A CSV with a row a month or year.
class AmountsFile {
 public:
  AmountsFile(const std::string& name, std::string text, const Opening& opening, Reading& reading)
      : opening_(opening), reading_(reading), file_(reading.mistakes.add_file(name, std::move(text))) {
    read(reading_.mistakes.text_of_file(file_));
  }
  std::vector<Stated> take() { return std::move(rows_); }

 private:
  void mistake(const Place& place, std::string text) { reading_.mistakes.add(place, std::move(text)); }

  void read(std::string_view all) {
    if (sim::first_bad_utf8(all)) return mistake({1, 1, 1, -1, file_}, "is no text in UTF-8. Save it as CSV UTF-8?");
    CsvRows rows(all);
    CsvRow row;
    if (!rows.next(row))
      return mistake({0, 0, 1, -1, file_}, "is empty. Expected: a header, " + header() + ", and rows.");
    if (!read_header(row, all)) return;
    while (rows.next(row)) read_row(row, all);
    if (rows_.empty() && reading_.mistakes.none())
      mistake({0, 0, 1, -1, file_}, "has a header and no rows. Expected: a row for each month or year.");
  }

  std::string header() const { return std::string(key_of_months) + "," + opening_.unit; }

  std::vector<Place> places_in_file(const CsvRow& row, std::string_view all) const {
    std::vector<Place> places = places_of(row, all);
    for (Place& place : places) place.file = file_;
    return places;
  }

  bool read_header(const CsvRow& row, std::string_view all) {
    const std::vector<std::string> known = {std::string(key_of_months), opening_.unit};
    const std::vector<Place> places = places_in_file(row, all);
    std::vector<std::size_t> found;
    bool is_sound = true;
    for (std::size_t f = 0; f < row.fields.size(); ++f) {
      const std::string key(trimmed(row.fields[f]));
      const auto at = std::ranges::find(known, key);
      const bool is_twice = at != known.end() && std::ranges::count(columns_, key) > 0;
      columns_.push_back(key);
      if (at != known.end() && !is_twice) continue;
      is_sound = false;
      const std::string guess = key.empty() ? "" : sim::nearest(key, known);
      mistake(places[f], is_twice ? "column " + in_quotes(key) + " is there twice. Which one?"
                                  : "column " + in_quotes(key) + " is none of these amounts. Expected: " + header() +
                                        "." + (guess.empty() ? "" : " Did you mean " + guess + "?"));
    }
    for (const std::string& key : known)
      if (std::ranges::count(columns_, key) == 0) {
        is_sound = false;
        mistake({static_cast<std::uint32_t>(row.line), 1, 1, -1, file_},
                "has no column " + key + ". Expected: " + header() + ".");
      }
    return is_sound;
  }

  void read_row(const CsvRow& row, std::string_view all) {
    const Place line{static_cast<std::uint32_t>(row.line), 1, 1, -1, file_};
    if (!row.problem.empty()) return mistake(line, row.problem + ".");
    if (row.fields.size() != columns_.size())
      return mistake(line, "has " + std::to_string(row.fields.size()) +
                               (row.fields.size() == 1 ? " field" : " fields") + ", and the header has " +
                               std::to_string(columns_.size()) + ".");
    const std::vector<Place> places = places_in_file(row, all);
    Stated stated;
    bool is_sound = true;
    for (std::size_t f = 0; f < columns_.size(); ++f) {
      const std::string text(trimmed(row.fields[f]));
      stated.place = places[f];
      is_sound &=
          columns_[f] == key_of_months ? read_months(text, stated, opening_, reading_) : read_cell(text, stated);
    }
    stated.place = places[static_cast<std::size_t>(std::ranges::find(columns_, key_of_months) - columns_.begin())];
    if (is_sound) rows_.push_back(std::move(stated));
  }

  bool read_cell(const std::string& text, Stated& stated) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && std::isfinite(number))
      return read_amount(number, text, stated, opening_, reading_);
    mistake(stated.place, opening_.unit + (text.empty() ? " is empty" : " = " + in_quotes(text, 40) + " is no number") +
                              ". Expected: a whole number." + number_meant(text));
    return false;
  }

  const Opening& opening_;
  Reading& reading_;
  int file_;
  std::vector<std::string> columns_;
  std::vector<Stated> rows_;
};

}  // namespace

std::vector<Stated> rows_of_file(const Entry& entry, const Opening& opening, Reading& reading) {
  const auto path = path_beside(entry, opening.what + ".file", "--set " + opening.what + ".file=PATH", reading);
  if (!path) return {};
  const auto refuse = [&](const std::string& why) -> std::vector<Stated> {
    reading.mistakes.add(entry.node.place, opening.what + ".file = " + in_quotes(entry.node.text, 200) +
                                               " cannot be read (" + why + ")." +
                                               (entry.node.place.option >= 0 ? "" : " Is it beside the study?"));
    return {};
  };
  PlainFile file = open_plain_file(*path);
  if (!file.problem.empty()) return refuse(file.problem);
  std::string text{std::istreambuf_iterator<char>(file.stream), std::istreambuf_iterator<char>()};
  if (file.stream.bad()) return refuse("it breaks off");
  if (text.size() > most_bytes_of_amounts) return refuse("it has more than a megabyte");
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return AmountsFile(entry.node.text, std::move(text), opening, reading).take();
}

/// issued = ["2025", "2026-01"] beside points = [30_000, 12_000]
std::vector<Stated> rows_of_lists(const Node& node, const Opening& opening, Reading& reading) {
  const Entry *issued = node.find(key_of_months), *amounts = node.find(opening.unit);
  if (issued == nullptr || amounts == nullptr) {
    const Entry& there = issued == nullptr ? *amounts : *issued;
    reading.mistakes.add(there.place, opening.what + " has " + there.key + " and no " +
                                          (issued == nullptr ? std::string(key_of_months) : opening.unit) +
                                          " (each month or year has its amount). Expected: " + example_of(opening) +
                                          ".");
    return {};
  }
  for (const Entry* list : {issued, amounts})
    if (list->node.kind != Node::Kind::array) {
      reading.mistakes.add(list->node.place, opening.what + "." + list->key + " = " + shown(list->node) + " is " +
                                                 kind_of(list->node) + ". Expected: a list.");
      return {};
    }
  if (issued->node.items.size() != amounts->node.items.size()) {
    reading.mistakes.add(amounts->node.place, opening.what + " has " + std::to_string(issued->node.items.size()) + " " +
                                                  issued->key + " and " + std::to_string(amounts->node.items.size()) +
                                                  " " + amounts->key + ". Which one is missing?");
    return {};
  }
  std::vector<Stated> rows;
  for (std::size_t n = 0; n < issued->node.items.size(); ++n) {
    const Node &when = issued->node.items[n], &much = amounts->node.items[n];
    Stated stated;
    stated.place = much.place;
    bool is_sound = true;
    if (much.kind == Node::Kind::number)
      is_sound = read_amount(much.number, shown(much), stated, opening, reading);
    else
      reading.mistakes.add(much.place, opening.what + "." + opening.unit + "[" + std::to_string(n + 1) + "] = " +
                                           shown(much) + " is " + kind_of(much) + ". Expected: a whole number."),
          is_sound = false;
    stated.place = when.place;
    const bool is_year = when.kind == Node::Kind::number && when.whole;
    is_sound &= read_months(is_year                         ? number_text(when.number)
                            : when.kind == Node::Kind::text ? when.text
                                                            : shown(when),
                            stated, opening, reading);
    if (is_sound) rows.push_back(std::move(stated));
  }
  return rows;
}

}  // namespace clientele::scenarios
