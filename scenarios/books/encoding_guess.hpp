// Which encoding a text is written in, from all of its bytes, piece by piece.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "scenarios/books/text_source.hpp"

namespace clientele::scenarios {

class EncodingGuess {
 public:
  void see(std::string_view piece);

  struct Found {
    Encoding encoding = Encoding::utf8;
    std::string problem = {};  ///< why it is no text; empty where it is
    std::uint64_t line = 0;
  };
  Found found() const;

 private:
  void see_byte(unsigned char byte);
  void see_utf8(unsigned char byte);
  void see_gb18030(unsigned char byte);

  std::string begin_;  ///< the first bytes
  std::uint64_t line_ = 1, first_nul_ = 0, not_utf8_ = 0, bytes_ = 0;
  std::array<std::uint64_t, 2> nuls_{};             ///< at even and odd places of the first 4,096 bytes
  std::uint64_t utf8_whole_ = 0, utf8_broken_ = 0;  ///< characters of several bytes
  unsigned utf8_follow_ = 0;                        ///< bytes that a character still needs
  unsigned char utf8_low_ = 0x80, utf8_high_ = 0xBF;
  unsigned gb_state_ = 0;
  unsigned char gb_lead_ = 0;
  bool gb_ = true, windows_ = true;
  std::uint64_t gb_pairs_of_chinese_ = 0, gb_other_pairs_ = 0;
};

}  // namespace clientele::scenarios
