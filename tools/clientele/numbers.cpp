// Rounds for the eye; files keep all digits.
#include "tools/clientele/numbers.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace clientele::tools {
namespace {

std::string formatted(const char* format, double value) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, value);
  return buffer.data();
}

}  // namespace

std::string with_commas(std::uint64_t count) {
  const std::string digits = std::to_string(count);
  std::string text;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) text += ',';
    text += digits[at];
  }
  return text;
}

std::string in_short(double value) {
  if (std::isnan(value)) return "-";
  const double size = std::fabs(value);
  const double unit = size >= 999950 ? 1e6 : size >= 9999.5 ? 1e3 : 1;
  const double shown = size / unit;
  const char* format = shown >= 999.5 ? "%.0f" : shown >= 99.95 ? "%.1f" : shown >= 9.995 ? "%.2f" : "%.3f";
  const std::string digits = formatted(format, value / unit);
  return digits + (unit == 1e6 ? " M" : unit == 1e3 ? " k" : "");
}

std::string signed_in_short(double value) {
  std::string text = value > 0 ? "+" : "";
  return text += in_short(value);
}

}  // namespace clientele::tools
