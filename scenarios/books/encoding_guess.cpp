// UTF-8 proves itself; the other two are told apart by what their pairs of bytes look like.
#include "scenarios/books/encoding_guess.hpp"

#include <cstring>

namespace clientele::scenarios {
namespace {

constexpr std::uint64_t looked_at_for_nuls = 4096;

bool is_ascii_eight(const char* bytes) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  constexpr std::uint64_t ones = 0x0101010101010101;
  const bool has_zero = ((eight - ones) & ~eight & (ones << 7U)) != 0;
  return (eight & (ones << 7U)) == 0 && !has_zero && std::memchr(bytes, '\n', 8) == nullptr;
}

}  // namespace

void EncodingGuess::see(std::string_view piece) {
  if (begin_.size() < 4) begin_ += piece.substr(0, 4 - begin_.size());
  for (std::size_t at = 0; at < piece.size(); ++at) {
    while (bytes_ >= looked_at_for_nuls && utf8_follow_ == 0 && gb_state_ == 0 && at + 8 <= piece.size() &&
           is_ascii_eight(piece.data() + at))
      at += 8, bytes_ += 8;
    if (at < piece.size()) see_byte(static_cast<unsigned char>(piece[at]));
  }
}

void EncodingGuess::see_byte(unsigned char byte) {
  if (byte == 0) {
    if (first_nul_ == 0) first_nul_ = line_;
    if (bytes_ < looked_at_for_nuls) ++nuls_[bytes_ % 2];
  }
  ++bytes_;
  see_utf8(byte);
  if (gb_) see_gb18030(byte);
  if (byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D) windows_ = false;
  line_ += byte == '\n' ? 1 : 0;
}

/// Well-formed UTF-8 (Unicode, table 3-7).
void EncodingGuess::see_utf8(unsigned char byte) {
  if (utf8_follow_ > 0) {
    if (byte >= utf8_low_ && byte <= utf8_high_) {
      --utf8_follow_;
      utf8_whole_ += utf8_follow_ == 0 ? 1 : 0;
    } else {
      utf8_follow_ = 0;
      ++utf8_broken_;
      if (not_utf8_ == 0) not_utf8_ = line_;
    }
    utf8_low_ = 0x80;
    utf8_high_ = 0xBF;
    return;
  }
  if (byte < 0x80) return;
  if (byte >= 0xC2 && byte <= 0xDF) {
    utf8_follow_ = 1;
  } else if (byte >= 0xE0 && byte <= 0xEF) {
    utf8_follow_ = 2;
    if (byte == 0xE0) utf8_low_ = 0xA0;
    if (byte == 0xED) utf8_high_ = 0x9F;
  } else if (byte >= 0xF0 && byte <= 0xF4) {
    utf8_follow_ = 3;
    if (byte == 0xF0) utf8_low_ = 0x90;
    if (byte == 0xF4) utf8_high_ = 0x8F;
  } else {
    ++utf8_broken_;
    if (not_utf8_ == 0) not_utf8_ = line_;
  }
}

/// One byte below 0x80; pairs of 81..FE with 40..7E or 80..FE; four bytes 81..FE 30..39 81..FE 30..39.
void EncodingGuess::see_gb18030(unsigned char byte) {
  const bool leads = byte >= 0x81 && byte <= 0xFE, digit = byte >= 0x30 && byte <= 0x39;
  if (gb_state_ == 0) {
    gb_ = byte < 0x80 || leads;
    gb_lead_ = byte;
    gb_state_ = leads ? 1 : 0;
  } else if (gb_state_ == 1) {
    gb_ = digit || (byte >= 0x40 && byte != 0x7F && byte != 0xFF);
    gb_state_ = digit ? 2 : 0;
    if (!digit) ++(gb_lead_ >= 0xA1 && byte >= 0xA1 ? gb_pairs_of_chinese_ : gb_other_pairs_);
  } else {
    gb_ = gb_state_ == 2 ? leads : digit;
    gb_state_ = gb_state_ == 2 ? 3 : 0;
  }
}

EncodingGuess::Found EncodingGuess::found() const {
  if (begin_.starts_with("\xFF\xFE")) return {.encoding = Encoding::utf16le};
  if (begin_.starts_with("\xFE\xFF")) return {.encoding = Encoding::utf16be};
  if (begin_.starts_with("PK\x03\x04") || begin_.starts_with("\xD0\xCF\x11\xE0"))
    return {.problem = "is a workbook of a spreadsheet, not a text. Can you save it as \"CSV UTF-8\"?", .line = 1};
  const std::uint64_t half = (bytes_ < looked_at_for_nuls ? bytes_ : looked_at_for_nuls) / 2;
  if (half > 0 && nuls_[1] > half / 2 && nuls_[0] < half / 8) return {.encoding = Encoding::utf16le};
  if (half > 0 && nuls_[0] > half / 2 && nuls_[1] < half / 8) return {.encoding = Encoding::utf16be};
  if (first_nul_ > 0) return {.problem = "has a byte that is no text (NUL). Is it the right file?", .line = first_nul_};
  if (not_utf8_ == 0 && utf8_follow_ == 0) return {.encoding = Encoding::utf8};
  if (utf8_whole_ > 4 * utf8_broken_)  // text of another encoding is UTF-8 by chance in few places
    return {.problem = "is UTF-8 text, but not here. Was it cut or joined with text of another encoding?",
            .line = not_utf8_ > 0 ? not_utf8_ : line_};
  const bool gb = gb_ && gb_state_ == 0;
  if (gb && (gb_pairs_of_chinese_ >= gb_other_pairs_ || !windows_)) return {.encoding = Encoding::gb18030};
  if (windows_) return {.encoding = Encoding::windows1252};
  if (gb) return {.encoding = Encoding::gb18030};
  return {.problem =
              "is text of no encoding that is known here (UTF-8, UTF-16, GB18030, Windows-1252). Can your "
              "program save it as \"CSV UTF-8\"?",
          .line = not_utf8_};
}

}  // namespace clientele::scenarios
