// Composition is utf8proc's; this is the only file that includes it.
#include "scenarios/customers/canonical_id.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::Character;
using sim::character_at;

namespace {

bool is_white(char32_t code) {
  return code <= 0x20 || code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200B) ||
         code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view without_ends(std::string_view text) {
  const auto is_plain = [](char c) { return c > 0x20 && c < 0x7F; };
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  std::size_t begin = text.size(), end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (!is_white(c.code)) {
      begin = std::min(begin, at);
      end = at + c.bytes;
    }
    at += c.bytes;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string canonical_id(std::string_view text) {
  const std::string_view inner = without_ends(text);
  if (std::all_of(inner.begin(), inner.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return std::string(inner);
  utf8proc_uint8_t* composed = nullptr;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(inner.data());
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const utf8proc_ssize_t size = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(inner.size()), &composed, options);
  if (size < 0) return std::string(inner);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  return {reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)};
}

std::string loose_id(std::string_view id) {
  std::string loose;
  for (std::size_t at = 0; at < id.size();) {
    const Character c = character_at(id, at);
    if (!is_white(c.code) && !(id[at] == '0' && loose.empty())) loose += id.substr(at, c.bytes);
    at += c.bytes;
  }
  for (char& c : loose) c = small(c);
  return loose;
}

std::string canonical_key(std::string_view text) {
  std::string key(without_ends(text));
  for (char& c : key) c = c == ' ' || c == '-' ? '_' : small(c);
  return key;
}

}  // namespace clientele::scenarios
