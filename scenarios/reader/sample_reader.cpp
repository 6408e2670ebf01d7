// Each value of the column is held to what a customer's value may be; what is legal and still unlikely is warned of.
#include "scenarios/reader/sample_reader.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/customers/kept_files.hpp"
#include "scenarios/reader/number_file.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;
using sim::number_text;
using sim::printable;

namespace {

constexpr std::size_t most_out_of_range = 100;  ///< mistakes of one column
constexpr std::size_t few_values = 30;

/// The number of a sample's file in places; its text is handed over once.
int file_in_places(const std::filesystem::path& path, const std::string& name, const SampleReading& read,
                   Reading& reading) {
  const auto known = std::ranges::find(reading.sample_texts, path, &Reading::SampleText::path);
  if (known != reading.sample_texts.end()) return known->file;
  reading.sample_texts.push_back({path, reading.mistakes.add_file(name, read.text)});
  return reading.sample_texts.back().file;
}

/// The text of a key of the node, or nothing where it says none; notes what is no text.
bool read_text_of(const Node& node, std::string_view key, const std::string& what, std::string& text,
                  Reading& reading) {
  const Entry* entry = node.find(key);
  if (entry == nullptr) return true;
  text = entry->node.text;
  if (entry->node.kind == Node::Kind::text && !text.empty()) return true;
  reading.mistakes.add(entry->node.place, what + "." + std::string(key) + " = " + shown(entry->node) + " is " +
                                              kind_of(entry->node) + ". Expected: text between quotes.");
  return false;
}

bool is_in_range(const SampleReading& read, const sim::FieldInfo& field, const std::string& what, int file,
                 Reading& reading) {
  const sim::Range range = sim::values_of_law(field);
  std::size_t outside = 0;
  for (std::size_t row = 0; row < read.values.size() && outside < most_out_of_range; ++row) {
    const auto value = static_cast<double>(read.values[row]);
    if (value >= range.low && value <= range.high) continue;
    ++outside;
    Place place = read.places[row];
    place.file = file;
    reading.mistakes.add(place, printable(read.column) + " = " + number_text(value) + " " + outside_text(value, range) +
                                    " (" + what + ": " + std::string(field.meaning) + ").");
  }
  return outside == 0;
}

bool has_no_mistakes(const SampleReading& read, int file, Reading& reading) {
  for (const SampleReading::Remark& mistake : read.mistakes) {
    Place place = mistake.place;
    place.file = file;
    reading.mistakes.add(place, mistake.text);
  }
  return read.mistakes.empty();
}

void warn_of_sample(const Node& node, const sim::Sample& sample, const sim::FieldInfo& field, std::uint32_t family,
                    const std::string& what, Reading& reading) {
  const std::string of = what + ": column " + in_quotes(sample.column) + " of " + in_quotes(sample.file, 200) + " has ";
  const std::size_t count = sample.values.size();
  if (sample.values.front() == sample.values.back())
    reading.mistakes.warn(node.place, of + (count == 1 ? "one value" : "one value in all rows") + ", " +
                                          number_text(sample.mean) + ": all customers are alike.");
  else if (count < few_values)
    reading.mistakes.warn(
        node.place, of + std::to_string(count) + " values: every customer has one of them (30 or more tell a spread).");
  const sim::Range mean = field.families[family].parameters.front().range;
  if (sample.mean < mean.plausible_low || sample.mean > mean.plausible_high)
    reading.mistakes.warn(node.place, of + "a mean of " + number_text(sample.mean) + ", which is unusual (from " +
                                          number_text(mean.plausible_low) + " to " + number_text(mean.plausible_high) +
                                          " would be usual; " + std::string(field.unit) + ").");
}

/// Below a number, in four digits.
double four_digits_below(double number) {
  if (!(number > 0) || !std::isfinite(number)) return number;
  const double digits = std::pow(10, 3 - std::floor(std::log10(number)));
  return std::floor(number * digits) / digits;
}

}  // namespace

sim::Range readable_range(const sim::FieldInfo& field, const sim::FieldValue& value, std::uint32_t number) {
  sim::Range range = sim::range_of_number(field, value, number);
  if (value.sample && number == 0) range.high = std::max(value.sample->mean, four_digits_below(range.high));
  return range;
}

std::string reason_of_range(const sim::FieldInfo& field, const sim::FieldValue& value, std::uint32_t number) {
  if (!value.sample || number > 0) return "";
  const sim::Range values = sim::values_of_law(field);
  return "; beyond, values of " + printable(value.sample->file, 100) + " leave [" + number_text(values.low) + ", " +
         number_text(values.high) + "]";
}

bool read_sample_of(const Node& node, const sim::FieldInfo& field, const std::string& what, sim::FieldValue& law,
                    Reading& reading) {
  const Entry* entry = node.find("file");
  if (entry == nullptr) {
    const bool says_column = node.find("column") != nullptr;
    if (law.sample && !says_column) return true;
    reading.mistakes.add(node.place, what + (says_column ? " says a column and no file" : " says no file") +
                                         ". Expected: { file = \"values.csv\", column = \"value\" }.");
    return false;
  }
  std::string column;
  if (!read_text_of(node, "column", what, column, reading)) return false;
  const auto path = path_beside(*entry, what + ".file", "--set " + what + ".file=PATH", reading);
  if (!path) return false;
  sim::expects(reading.customer_files != nullptr, "a reading keeps the files that it reads");
  const std::string& name = entry->node.text;
  const auto read = reading.customer_files->samples().read(*path, name, column);
  if (!read->unreadable.empty()) {
    reading.mistakes.add(entry->node.place, what + ".file = " + in_quotes(name, 200) + " cannot be read (" +
                                                read->unreadable + ")." +
                                                (entry->node.place.option >= 0 ? "" : " Is it beside the study?"));
    return false;
  }
  const auto file = [&] { return file_in_places(*path, name, *read, reading); };
  if (!read->mistakes.empty()) return has_no_mistakes(*read, file(), reading);
  const sim::Range range = sim::values_of_law(field);
  const bool fits = static_cast<double>(read->sample->values.front()) >= range.low &&
                    static_cast<double>(read->sample->values.back()) <= range.high;
  if (!fits) return is_in_range(*read, field, what, file(), reading);
  law.sample = read->sample;
  law.numbers.front() = read->sample->mean;
  warn_of_sample(node, *law.sample, field, law.family, what, reading);
  return true;
}

}  // namespace clientele::scenarios
