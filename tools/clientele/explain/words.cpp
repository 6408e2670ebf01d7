// Values, ranges and marks in words.
#include <cmath>
#include <limits>

#include "sim/core/printable.hpp"
#include "tools/clientele/explain/entries.hpp"

namespace clientele::tools {

using sim::number_text;

namespace {

std::string row_in_words(const sim::FieldInfo& field, const sim::FieldValue& value, std::size_t row) {
  std::string text;
  const std::size_t first = row * field.labels.size();  // a vector may have fewer numbers than labels: the others are 0
  for (std::size_t n = 0; n < field.labels.size() && first + n < value.numbers.size(); ++n)
    text += (n == 0 ? "{ " : ", ") + std::string(field.labels[n]) + " = " + number_text(value.numbers[first + n]);
  return text + " }";
}

std::string law_in_words(const sim::FamilyInfo& family, const sim::FieldValue& value) {
  const std::vector<double>& numbers = value.numbers;
  if (value.sample) {
    std::string text = "{ file = " + sim::in_quotes(value.sample->file, 200) +
                       ", column = " + sim::in_quotes(value.sample->column, 100);
    for (std::size_t p = 0; p < numbers.size(); ++p)
      text += ", " + std::string(family.parameters[p].key) + " = " + number_text(numbers[p]);
    return text + " }";
  }
  std::string text = "{ dist = \"" + std::string(family.key) + "\"";
  for (std::size_t p = 0; p < numbers.size(); ++p)
    text += ", " + std::string(family.parameters[p].key) + " = " + number_text(numbers[p]);
  return text + " }";
}

std::string end_text(double end) { return std::fabs(end) < 1e9 ? number_text(end) : sim::shortest_text(end); }

std::string between(double low, double high, bool above_zero) {
  if (!std::isfinite(low) && !std::isfinite(high)) return "";
  if (!std::isfinite(high)) return above_zero ? "above 0" : "at least " + end_text(low);
  if (!std::isfinite(low)) return "at most " + end_text(high);
  return (above_zero ? "above 0, to " : "from " + end_text(low) + " to ") + end_text(high);
}

std::string words_of_choice(const Explained& entry) {
  std::string text;
  for (const std::string& word : entry.choices) text += (text.empty() ? "" : ", ") + ("\"" + word + "\"");
  return text;
}

std::string words_of_law(const sim::FamilyInfo& law) {
  std::string text(law.key);
  const bool of_sample = law.family == sim::Family::empirical;
  if (of_sample) text += " (file, column";
  for (std::size_t p = 0; p < law.parameters.size(); ++p) {
    const std::string range = range_in_words(law.parameters[p].range);
    text +=
        (p == 0 && !of_sample ? " (" : ", ") + std::string(law.parameters[p].key) + (range.empty() ? "" : " " + range);
    if (const std::string usual = usual_in_words(law.parameters[p].range); !usual.empty()) text += ", usual " + usual;
  }
  return text + ")";
}

}  // namespace

std::string as_written(const sim::FieldInfo& field, const sim::FieldValue& value) {
  if (!field.choices.empty())
    return "\"" + std::string(field.choices[static_cast<std::size_t>(value.numbers.front())]) + "\"";
  if (!field.families.empty()) return law_in_words(field.families[value.family], value);
  if (!field.curved.empty() || field.dated) return "{}";  // nothing but its standard is asked for
  if (!field.rows.empty()) {
    std::string text;
    for (std::size_t row = 0; row < field.rows.size(); ++row)
      text += (row == 0 ? "{ " : ", ") + std::string(field.rows[row]) + " = " + row_in_words(field, value, row);
    return text + " }";
  }
  if (!field.labels.empty()) return row_in_words(field, value, 0);
  if (value.numbers.size() == 1) return number_text(value.numbers.front());
  std::string text;
  for (const double number : value.numbers) text += (text.empty() ? "[" : ", ") + number_text(number);
  return text + "]";
}

std::string range_in_words(const sim::Range& range) {
  // The least float stands for "above 0".
  return between(range.low, range.high, range.low > 0 && range.low <= std::numeric_limits<float>::min());
}

std::string usual_in_words(const sim::Range& range) {
  const bool is_narrower = range.plausible_low > range.low || range.plausible_high < range.high;
  const bool is_there = std::isfinite(range.plausible_low) || std::isfinite(range.plausible_high);
  return is_narrower && is_there ? between(range.plausible_low, range.plausible_high, false) : "";
}

std::string values_in_words(const Explained& entry) {
  if (!entry.choices.empty()) return words_of_choice(entry);
  std::string text;
  for (const sim::FamilyInfo& law : entry.laws) text += (text.empty() ? "" : "; ") + words_of_law(law);
  if (!entry.laws.empty() || !entry.range) return text;
  text = range_in_words(*entry.range);
  if (entry.whole) text = text.empty() ? "a whole number" : "a whole number " + text;
  if (const std::string usual = usual_in_words(*entry.range); !usual.empty()) text += "; usual: " + usual;
  return text;
}

std::string mark_in_words(sim::Mark mark) {
  switch (mark) {
    case sim::Mark::quoted:
      return "quoted";
    case sim::Mark::computed:
      return "computed";
    case sim::Mark::seen:
      return "seen";
    case sim::Mark::closed_form:
      return "closed form";
    case sim::Mark::fiction:
      return "fiction";
    case sim::Mark::guess:
      return "guess";
  }
  return "";
}

}  // namespace clientele::tools
