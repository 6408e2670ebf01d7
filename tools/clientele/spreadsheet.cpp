// Quoted as RFC 4180 says; in Excel's form a cell is one line, since not every Excel opens others.
#include "tools/clientele/spreadsheet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <sstream>

#include "sim/core/printable.hpp"

namespace clientele::tools {
namespace {

/// "-12345E-3" is -12.345: whole numbers and exponents read the same in every country. Excel takes both for a number,
/// which is known from names of genes that it spoils (Ziemann, Eren and El-Osta 2016).
std::string without_decimal_mark(double value) {
  constexpr int digits_of_excel = 15;
  std::array<char, 64> room{};
  const auto end =
      std::to_chars(room.data(), room.data() + room.size(), value, std::chars_format::scientific, digits_of_excel - 1)
          .ptr;
  std::string digits(room.data(), end);
  const std::size_t e = digits.find('e');
  int exponent = std::stoi(digits.substr(e + 1)) - (digits_of_excel - 1);
  digits.erase(e);
  std::erase(digits, '.');
  while (digits.back() == '0' && digits.size() > 1 && digits[digits.size() - 2] != '-' && exponent < 0)
    digits.pop_back(), ++exponent;
  return exponent == 0 ? digits : digits + "E" + std::to_string(exponent);
}

/// With its byte order mark, low bytes first; what is no UTF-8 is U+FFFD.
std::string in_utf16(const std::string& text) {
  std::string bytes;
  const auto add = [&](std::uint32_t unit) {
    bytes += static_cast<char>(unit & 0xFFU);
    bytes += static_cast<char>(unit >> 8U);
  };
  add(0xFEFF);
  for (std::size_t at = 0; at < text.size();) {
    const sim::Character character = sim::character_at(text, at);
    const std::uint32_t code = character.valid ? std::uint32_t{character.code} : 0xFFFD;
    at += character.bytes;
    if (code < 0x10000) {
      add(code);
    } else {
      add(0xD800 + ((code - 0x10000) >> 10U));
      add(0xDC00 + ((code - 0x10000) & 0x3FFU));
    }
  }
  return bytes;
}

}  // namespace

Csv& Csv::text(const std::string& value) {
  std::string shown = value.find_first_of("=+-@\t\r\n") == 0 ? "'" + value : value;
  if (form_ == CsvForm::excel)
    std::ranges::replace_if(
        shown, [](char c) { return c == '\t' || c == '\r' || c == '\n'; }, ' ');
  return cell(shown);
}

Csv& Csv::number(double value) {
  if (!std::isfinite(value)) return cell("");
  return cell(form_ == CsvForm::excel ? without_decimal_mark(value) : sim::shortest_text(value));
}

Csv& Csv::count(std::size_t value) { return cell(std::to_string(value)); }

Csv& Csv::head(const std::string& columns) {
  std::istringstream names(columns);
  for (std::string name; std::getline(names, name, ',');) cell(name);
  return end_line();
}

Csv& Csv::end_line() {
  text_ += form_ == CsvForm::excel ? "\r\n" : "\n";
  begun_ = false;
  return *this;
}

std::string Csv::file() const { return form_ == CsvForm::excel ? in_utf16(text_) : text_; }

Csv& Csv::cell(const std::string& value) {
  if (begun_) text_ += form_ == CsvForm::excel ? '\t' : ',';
  begun_ = true;
  if (value.find_first_of(",\"\r\n") == std::string::npos) {
    text_ += value;
    return *this;
  }
  text_ += '"';
  for (const char c : value) text_ += c == '"' ? std::string("\"\"") : std::string(1, c);
  text_ += '"';
  return *this;
}

}  // namespace clientele::tools
