// Rounds for the eye; files keep all digits.
#include "tools/clientele/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <span>

namespace clientele::tools {
namespace {

constexpr int max_decimals = 9;  ///< what is smaller gets an exponent

struct Unit {
  double from;  ///< the least number that is shown in it: one that would have five digits in what is smaller
  double size;
  const char* sign;
};

constexpr Unit english_units[] = {
    {999.95e9, 1e12, " tn"}, {999.95e6, 1e9, " bn"}, {999950, 1e6, " M"}, {9999.5, 1e3, " k"}};
constexpr Unit spanish_units[] = {{999.95e9, 1e12, " bill."},
                                  {999.95e6, 1e9, " mil M"},
                                  {999950, 1e6, " M"},
                                  {9999.5, 1e3, " mil"}};  // the long scale: a "billón" is a million of millions
constexpr Unit chinese_units[] = {{9999.5e8, 1e12, "万亿"}, {9999.5e4, 1e8, "亿"}, {9999.5, 1e4, "万"}};

std::span<const Unit> units_in(Language language) {
  if (language == Language::chinese) return chinese_units;
  return language == Language::spanish ? std::span<const Unit>(spanish_units) : english_units;
}

Unit unit_of(double size, Language language) {
  const std::span<const Unit> units = units_in(language);
  const auto unit = std::ranges::find_if(units, [&](const Unit& candidate) { return size >= candidate.from; });
  return unit == units.end() ? Unit{0, 1, ""} : *unit;
}

/// Decimals that show four digits of a number, or three of one below 1; no number has none.
int decimals_of(double size) {
  if (!(size > 0) || std::isinf(size)) return 0;
  if (size >= 0.9995) return size >= 999.5 ? 0 : size >= 99.95 ? 1 : size >= 9.995 ? 2 : 3;
  return 2 - static_cast<int>(std::floor(std::log10(size * 1.0005)));
}

std::string with_decimals(double value, int decimals, Language language) {
  std::array<char, 512> buffer{};
  if (decimals > max_decimals)
    std::snprintf(buffer.data(), buffer.size(), "%.2e", value);
  else
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value + 0.0);  // no "-0"
  if (language == Language::spanish) std::ranges::replace(buffer, '.', ',');
  return buffer.data();
}

}  // namespace

std::string with_commas(std::uint64_t count, Language language) {
  const std::string digits = std::to_string(count);
  const bool is_spanish = language == Language::spanish;
  if (is_spanish && digits.size() < 5) return digits;
  std::string text;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) text += is_spanish ? "\u202f" : ",";
    text += digits[at];
  }
  return text;
}

std::string in_short(double value, Language language) {
  if (std::isnan(value)) return "-";
  const Unit unit = unit_of(std::fabs(value), language);
  return with_decimals(value / unit.size, decimals_of(std::fabs(value) / unit.size), language) + unit.sign;
}

Rounding::Rounding(double largest, double half_width, Language language) : language_(language) {
  const Unit unit = unit_of(std::fabs(largest), language);
  size_ = unit.size;
  sign_ = unit.sign;
  decimals_ = decimals_of(std::fabs(largest) / unit.size);
  if (!(half_width > 0) || std::isinf(half_width)) return;
  const int told = 1 - static_cast<int>(std::floor(std::log10(half_width / unit.size)));
  decimals_ = std::min(decimals_, std::max(0, told));
  // Up to four digits stand before a Chinese unit, so that two digits of a half width may end before it.
  if (language == Language::chinese && unit.size > 1 && told < 0) step_ = std::pow(10, -told);
}

std::string Rounding::bare(double value) const {
  if (!std::isfinite(value)) return "-";
  const double shown = value / size_;
  return with_decimals(step_ > 1 ? std::round(shown / step_) * step_ : shown, decimals_, language_);
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
