// One pass over the bytes that knows strings, comments, keys and brackets, and nothing else of TOML.
#include "scenarios/reader/text_guard.hpp"

#include <string>

#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::first_bad_utf8;

namespace {

class Scan {
 public:
  Scan(std::string_view text, Mistakes& mistakes) : text_(text), mistakes_(mistakes) {}

  bool harmless() {
    while (at_ < text_.size() && mistakes_found_ < 20) step();
    return mistakes_found_ == 0;
  }

 private:
  void step() {
    switch (const char c = text_[at_]; c) {
      case '#':
        while (at_ < text_.size() && text_[at_] != '\n') take();
        return;
      case '"':
      case '\'':
        skip_string(c);
        return;
      case '[':
      case '{':
        open();
        break;
      case ']':
      case '}':
        depth_ -= depth_ > 0 ? 1 : 0;
        dots_ = 0;
        break;
      case '.':
        dot();
        break;
      case '=':
        key();
        break;
      case ',':
      case '\n':
        dots_ = 0;
        break;
      default:
        break;
    }
    take();
  }

  void take() {
    const auto byte = static_cast<unsigned char>(text_[at_++]);
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if ((byte & 0xC0U) != 0x80U) {
      ++column_;
    }
  }

  /// Leaves the scan behind the string; one that is never closed ends with its line, as far as this scan goes.
  void skip_string(char quote) {
    const std::string fence(3, quote);
    const bool many_lines = text_.substr(at_, 3) == fence;
    for (int i = 0; i < (many_lines ? 3 : 1); ++i) take();
    while (at_ < text_.size()) {
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        take();
      } else if (many_lines ? text_.substr(at_, 3) == fence : text_[at_] == quote) {
        for (int i = 0; i < (many_lines ? 3 : 1); ++i) take();
        return;
      } else if (!many_lines && text_[at_] == '\n') {
        return;
      }
      take();
    }
  }

  void open() {
    dots_ = 0;
    if (++depth_ == max_nesting + 1)
      wrong("brackets nest deeper than " + std::to_string(max_nesting) + " (no study needs that). Is one not closed?");
  }

  void dot() {
    if (++dots_ == max_dots + 1)
      wrong("a key has more than " + std::to_string(max_dots) + " dots (no study needs that). Is it one key?");
  }

  void key() {
    dots_ = 0;
    if (++keys_ == max_keys + 1)
      wrong("a study has at most " + std::to_string(max_keys) + " keys (this one has more). Is it the right file?");
  }

  void wrong(std::string text) {
    ++mistakes_found_;
    mistakes_.add({line_, column_, 1, -1}, std::move(text));
  }

  std::string_view text_;
  Mistakes& mistakes_;
  std::size_t at_ = 0, depth_ = 0, dots_ = 0, keys_ = 0, mistakes_found_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
};

Place place_of_byte(std::string_view text, std::size_t byte) {
  Place place{1, 1, 1, -1};
  for (std::size_t at = 0; at < byte; ++at) {
    if (text[at] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace

bool guard(std::string_view text, Mistakes& mistakes) {
  if (text.size() > max_bytes) {
    mistakes.add({}, "is longer than 1 MiB (a study is a page or two). Is it the right file?");
    return false;
  }
  if (const auto bad = first_bad_utf8(text)) {
    mistakes.add(place_of_byte(text, *bad),
                 "is not UTF-8 text (a byte here belongs to another encoding). Can your editor save it as UTF-8?");
    return false;
  }
  return Scan(text, mistakes).harmless();
}

}  // namespace clientele::scenarios
