// Decodes UTF-8 strictly (no overlong forms, no surrogates) and escapes what should not reach a terminal.
#include "sim/core/printable.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace clientele::sim {
namespace {

std::string escaped(const char* format, unsigned value) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, value);
  return buffer.data();
}

template <class Number>
std::string shortest(Number number) {
  std::array<char, 32> buffer{};
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(text[at + i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + bytes > text.size()) return {first, 1, false};
  char32_t code = first & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {first, 1, false};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (code < least[bytes] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {first, 1, false};
  return {code, bytes, true};
}

std::optional<std::size_t> first_bad_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (!c.valid) return at;
    at += c.bytes;
  }
  return std::nullopt;
}

bool is_invisible(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0xAD || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xFFF9 && code <= 0xFFFB) || code >= 0xE0000;
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string shown;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == limit) return shown + "...";
    const Character c = character_at(text, at);
    if (!c.valid)
      shown += escaped("\\x%02X", c.code);
    else if (is_invisible(c.code))
      shown += escaped("\\u{%X}", c.code);
    else
      shown += text.substr(at, c.bytes);
    at += c.bytes;
  }
  return shown;
}

std::string in_quotes(std::string_view text, std::size_t limit) { return "\"" + printable(text, limit) + "\""; }

std::string file_in_quotes(const std::filesystem::path& file) {
  const std::string name = file.string();
  return in_quotes(name, name.size());
}

bool is_name(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (!c.valid || is_invisible(c.code)) return false;
    at += c.bytes;
  }
  return true;
}

std::string shortest_text(double number) { return shortest(number); }
std::string shortest_text(float number) { return shortest(number); }

std::string number_text(double number) {
  const bool plain = number == std::rint(number) && std::fabs(number) < 1e15;
  return plain ? std::to_string(static_cast<long long>(number)) : shortest(number);
}

}  // namespace clientele::sim
