// Plain decimal numbers; spaces, apostrophes and decimal commas are recognized and refused.
#include "scenarios/customer_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "scenarios/customer_file.hpp"
#include "scenarios/printable.hpp"
#include "scenarios/reader/section.hpp"

namespace clientele::scenarios {
namespace {

/// What one customer's value may be: what the field's law can give.
sim::Range values_of(const sim::FieldInfo& field) {
  if (field.families.empty()) return field.range;
  const sim::Range mean = field.families.front().parameters.front().range;
  switch (field.families.front().family) {
    case sim::Family::gamma:
    case sim::Family::lognormal:
    case sim::Family::weibull:
      return sim::range(std::max<double>(mean.low, std::numeric_limits<float>::min()), mean.high);
    case sim::Family::beta:
      return sim::range(0, 1);
    default:
      return sim::range(mean.low, mean.high);
  }
}

std::string hint(const std::string& text) {
  const auto is_number = [](const std::string& guess) {
    double value = 0;
    const auto [end, error] = std::from_chars(guess.data(), guess.data() + guess.size(), value);
    return error == std::errc() && end == guess.data() + guess.size() && std::isfinite(value);
  };
  std::string plain;
  for (const char c : text)
    if (c != '_' && c != ' ' && c != '\'') plain += c;
  if (plain != text && is_number(plain)) return " Did you mean " + plain + "?";
  std::string comma = plain;
  comma.erase(std::remove(comma.begin(), comma.end(), '.'), comma.end());
  std::replace(comma.begin(), comma.end(), ',', '.');
  if (plain.find(',') != std::string::npos && is_number(comma)) return " A decimal comma? Did you mean " + comma + "?";
  return {};
}

}  // namespace

CustomerValue read_customer_value(const std::string& text, const std::string& column, const sim::FieldInfo& field) {
  if (text.empty()) return {0, column + " is empty. Expected: a number (" + std::string(field.meaning) + ")."};
  const std::string says = column + " = " + in_quotes(text, most_shown);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return {0, says + " is no number." + hint(text)};
  const sim::Range range = values_of(field);
  if (field.whole && std::rint(value) != value)
    return {0, says + " is not a whole number (" + std::string(field.meaning) + ")."};
  if (value >= range.low && value <= range.high) return {static_cast<float>(value), {}};
  return {0, says + " " + outside_text(value, range) + " (" + std::string(field.meaning) + ")."};
}

}  // namespace clientele::scenarios
