// Rows are read as those of any CSV; of each only the cell of the column counts.
#include "scenarios/customers/sample_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include "scenarios/amounts.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/plain_file.hpp"
#include "scenarios/reader/number_file.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::printable;

namespace {

constexpr std::size_t most_bytes_of_samples = std::size_t{512} * 1024 * 1024;
constexpr std::size_t most_values_of_sample = 1'000'000;
constexpr std::size_t most_told_of_sample = 100;  ///< mistakes of one file

std::optional<float> value_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || !std::isfinite(number))
    return std::nullopt;
  if (std::fabs(number) > static_cast<double>(std::numeric_limits<float>::max())) return std::nullopt;
  return number == 0 ? 0.F : static_cast<float>(number);
}

class SampleReader {
 public:
  SampleReader(SampleReading& reading, const std::string& column) : reading_(reading), wanted_(column) {}

  void read() {
    if (sim::first_bad_utf8(reading_.text)) return mistake({1, 1, 1}, "is no text in UTF-8. Save it as CSV UTF-8?");
    CsvRows rows(reading_.text);
    CsvRow row;
    if (!rows.next(row)) return mistake({}, "is empty. Expected: a row of names, and rows of numbers.");
    if (!find_column(row)) return;
    while (reading_.mistakes.size() < most_told_of_sample && reading_.values.size() <= most_values_of_sample &&
           rows.next(row))
      read_row(row);
    if (reading_.values.empty() && reading_.mistakes.empty())
      mistake({}, "has a header and no rows. Expected: rows of numbers under it.");
    if (reading_.values.size() > most_values_of_sample) mistake({}, "has more than 1,000,000 rows. Expected: fewer.");
  }

 private:
  void mistake(Place place, std::string text) { reading_.mistakes.push_back({place, std::move(text)}); }

  static Place line_of(const CsvRow& row) { return {static_cast<std::uint32_t>(row.line), 1, 1}; }

  bool find_column(const CsvRow& row) {
    fields_ = row.fields.size();
    if (!row.problem.empty()) return mistake(line_of(row), row.problem + "."), false;
    std::vector<std::string> names;
    for (const std::string& field : row.fields) names.emplace_back(trimmed(field));
    if (std::ranges::all_of(names, [](const std::string& name) { return value_in(name).has_value(); }))
      return mistake(line_of(row), "begins with numbers. Expected: a first row that names its columns."), false;
    if (wanted_.empty() && names.size() > 1)
      return mistake(line_of(row), "has " + std::to_string(names.size()) + " columns (" + list_of(names) +
                                       "). Which one: column = " + in_quotes(names.back()) + "?"),
             false;
    reading_.column = wanted_.empty() ? names.front() : wanted_;
    const auto found = std::ranges::find(names, reading_.column);
    if (found == names.end()) {
      const std::string guess = sim::nearest(reading_.column, names);
      mistake(line_of(row), "has no column " + in_quotes(reading_.column) + " (there are: " + list_of(names) + ")." +
                                (guess.empty() ? "" : " Did you mean " + in_quotes(guess) + "?"));
      return false;
    }
    place_ = static_cast<std::size_t>(found - names.begin());
    if (std::ranges::count(names, reading_.column) > 1)
      return mistake(places_of(row, reading_.text)[place_],
                     "column " + in_quotes(reading_.column) + " is there twice. Which one?"),
             false;
    return true;
  }

  static std::string list_of(const std::vector<std::string>& names) {
    constexpr std::size_t most_listed_columns = 12;
    std::string list;
    for (std::size_t n = 0; n < std::min(names.size(), most_listed_columns); ++n)
      list += (n == 0 ? "" : ", ") + printable(names[n], 40);
    return names.size() > most_listed_columns ? list + ", ..." : list;
  }

  void read_row(const CsvRow& row) {
    if (!row.problem.empty()) return mistake(line_of(row), row.problem + ".");
    if (row.fields.size() != fields_)
      return mistake(line_of(row), "has " + std::to_string(row.fields.size()) +
                                       (row.fields.size() == 1 ? " field" : " fields") + ", and the header has " +
                                       std::to_string(fields_) + ".");
    const std::string_view text = trimmed(row.fields[place_]);
    const auto value = value_in(text);
    if (value) {
      reading_.values.push_back(*value);
      reading_.places.push_back(place_in(row, text));
    } else if (text.empty()) {
      mistake(place_in(row, text),
              printable(reading_.column) + " is empty. Expected: a number, or no row for who has none.");
    } else {
      mistake(place_in(row, text), printable(reading_.column) + " = " + in_quotes(text, 40) +
                                       " is no number. Expected: a number." + number_meant(text));
    }
  }

  Place place_in(const CsvRow& row, std::string_view text) const {
    const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(1, text.size()));
    return {static_cast<std::uint32_t>(row.line), places_of(row, reading_.text)[place_].column, length};
  }

  SampleReading& reading_;
  const std::string& wanted_;
  std::size_t fields_ = 0, place_ = 0;
};

}  // namespace

SampleReading sample_in(std::string text, const std::string& name, const std::string& column) {
  SampleReading reading;
  reading.text = std::move(text);
  if (reading.text.starts_with("\xEF\xBB\xBF")) reading.text.erase(0, 3);
  SampleReader(reading, column).read();
  if (reading.mistakes.empty()) reading.sample = sim::sample_of(name, reading.column, reading.values);
  return reading;
}

SampleReading read_sample(const std::filesystem::path& path, const std::string& name, const std::string& column) {
  SampleReading reading;
  PlainFile file = open_plain_file(path);
  reading.unreadable = file.problem;
  if (!reading.unreadable.empty()) return reading;
  std::string text{std::istreambuf_iterator<char>(file.stream), std::istreambuf_iterator<char>()};
  if (file.stream.bad())
    reading.unreadable = "it breaks off";
  else if (text.size() > most_bytes_of_samples)
    reading.unreadable = "it has more than 512 MB";
  else
    return sample_in(std::move(text), name, column);
  return reading;
}

std::shared_ptr<const SampleReading> SampleFiles::read(const std::filesystem::path& path, const std::string& name,
                                                       const std::string& column) {
  const std::lock_guard lock(guard_);
  const auto found = std::ranges::find_if(
      kept_, [&](const Kept& kept) { return kept.path == path && kept.name == name && kept.column == column; });
  if (found != kept_.end()) return found->reading;
  kept_.push_back({path, name, column, std::make_shared<const SampleReading>(read_sample(path, name, column))});
  return kept_.back().reading;
}

}  // namespace clientele::scenarios
