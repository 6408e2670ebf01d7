// Rounds for the eye; files keep all digits.
#include "tools/clientele/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace clientele::tools {
namespace {

constexpr int max_decimals = 9;  ///< what is smaller gets an exponent

struct Unit {
  double size;
  const char* sign;
};

Unit unit_of(double size) {
  if (size >= 999.95e9) return {1e12, " tn"};
  if (size >= 999.95e6) return {1e9, " bn"};
  if (size >= 999950) return {1e6, " M"};
  if (size >= 9999.5) return {1e3, " k"};
  return {1, ""};
}

/// Decimals that show four digits of a number, or three of one below 1; no number has none.
int decimals_of(double size) {
  if (!(size > 0) || std::isinf(size)) return 0;
  if (size >= 0.9995) return size >= 999.5 ? 0 : size >= 99.95 ? 1 : size >= 9.995 ? 2 : 3;
  return 2 - static_cast<int>(std::floor(std::log10(size * 1.0005)));
}

std::string with_decimals(double value, int decimals) {
  std::array<char, 512> buffer{};
  if (decimals > max_decimals)
    std::snprintf(buffer.data(), buffer.size(), "%.2e", value);
  else
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value + 0.0);  // no "-0"
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
  const Unit unit = unit_of(std::fabs(value));
  return with_decimals(value / unit.size, decimals_of(std::fabs(value) / unit.size)) + unit.sign;
}

Rounding::Rounding(double largest, double half_width) {
  const Unit unit = unit_of(std::fabs(largest));
  size_ = unit.size;
  sign_ = unit.sign;
  decimals_ = decimals_of(std::fabs(largest) / unit.size);
  if (half_width > 0 && std::isfinite(half_width))
    decimals_ = std::min(decimals_, std::max(0, 1 - static_cast<int>(std::floor(std::log10(half_width / unit.size)))));
}

std::string Rounding::bare(double value) const {
  return std::isfinite(value) ? with_decimals(value / size_, decimals_) : "-";
}

std::string Rounding::with_sign(double value) const { return (value > 0 ? "+" : "") + bare(value); }

std::string bytes_in_short(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  auto size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  constexpr std::array units{" kB", " MB", " GB", " TB", " PB", " EB"};
  for (; size >= 999.95 && unit + 1 < units.size(); ++unit) size /= 1000;
  return in_short(size) + units[unit];
}

}  // namespace clientele::tools
