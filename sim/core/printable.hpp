// Text that came from outside is shown so that it can neither steer a terminal nor hide: controls become escapes.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// One character of UTF-8 text. Where the bytes are not UTF-8, `valid` is false and one byte is taken.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};
CLIENTELE_API Character character_at(std::string_view text, std::size_t at);

/// Where the text stops being UTF-8, in bytes.
CLIENTELE_API std::optional<std::size_t> first_bad_utf8(std::string_view text);

/// A character that shows nothing or steers what shows it: controls, direction marks, zero widths, line separators.
CLIENTELE_API bool is_invisible(char32_t code);

/// The text with escapes for what is invisible or no UTF-8, cut after `limit` characters.
CLIENTELE_API std::string printable(std::string_view text, std::size_t limit = 60);

/// The same between double quotes.
CLIENTELE_API std::string in_quotes(std::string_view text, std::size_t limit = 60);

/// A file's whole name between double quotes, with the same escapes.
CLIENTELE_API std::string file_in_quotes(const std::filesystem::path& file);

/// Whether a text can name something: UTF-8, visible, not empty, without spaces at its ends.
CLIENTELE_API bool is_name(std::string_view text);

/// The shortest decimal that reads back as the same number.
CLIENTELE_API std::string shortest_text(double number);
CLIENTELE_API std::string shortest_text(float number);

/// The same; whole numbers without an exponent.
CLIENTELE_API std::string number_text(double number);

}  // namespace clientele::sim
