// Plain decimal numbers; marks between thousands and decimal commas are recognized and refused.
#include "scenarios/customers/value.hpp"

#include <charconv>
#include <cmath>

#include "scenarios/amounts.hpp"
#include "scenarios/customers/file.hpp"
#include "scenarios/reader/section.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::in_quotes;

namespace {

sim::Range values_of(const sim::FieldInfo& field) {
  return field.families.empty() ? field.range : sim::values_of_law(field);
}

}  // namespace

CustomerValue read_customer_value(const std::string& text, const std::string& column, const sim::FieldInfo& field) {
  if (text.empty()) return {0, column + " is empty. Expected: a number (" + std::string(field.meaning) + ")."};
  const std::string says = column + " = " + in_quotes(text, max_shown);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return {0, says + " is no number." + number_meant(text)};
  const sim::Range range = values_of(field);
  if (field.whole && std::rint(value) != value)
    return {0, says + " is not a whole number (" + std::string(field.meaning) + ")."};
  if (value >= range.low && value <= range.high) return {static_cast<float>(value), {}, value};
  return {0, says + " " + outside_text(value, range) + " (" + std::string(field.meaning) + ")."};
}

}  // namespace clientele::scenarios
