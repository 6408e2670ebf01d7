// Text that came from outside is shown so that it can neither steer a terminal nor hide: controls become escapes.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace clientele::scenarios {

/// One character of UTF-8 text. Where the bytes are not UTF-8, `valid` is false and one byte is taken.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};
Character character_at(std::string_view text, std::size_t at);

/// Where the text stops being UTF-8, in bytes.
std::optional<std::size_t> first_bad_utf8(std::string_view text);

/// A character that shows nothing or steers what shows it: controls, direction marks, zero widths, line separators.
bool is_invisible(char32_t code);

/// The text with escapes for what is invisible or no UTF-8, cut after `limit` characters.
std::string printable(std::string_view text, std::size_t limit = 60);

/// The same between double quotes.
std::string in_quotes(std::string_view text, std::size_t limit = 60);

/// Whether a text can name something: UTF-8, visible, not empty, without spaces at its ends.
bool is_name(std::string_view text);

/// The shortest decimal that reads back as the same number; whole numbers without an exponent.
std::string number_text(double number);

}  // namespace clientele::scenarios
