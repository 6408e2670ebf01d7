// The text of a file, piece by piece: unpacked, and in UTF-8 whatever it was written in.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "sim/core/check.hpp"

namespace clientele::scenarios {

enum class Encoding : std::uint8_t { utf8, utf16le, utf16be, gb18030, windows1252 };
std::string_view text_of(Encoding encoding);

/// What a file turns out to be when all of its bytes have been looked at once.
struct FileLook {
  std::string problem;     ///< why it cannot be read: "cannot be read (it is a folder)"; empty where it can
  std::uint64_t line = 0;  ///< where; 0: the file as such
  sim::Exit status = sim::Exit::bad_data;
  Encoding encoding = Encoding::utf8;
  bool compressed = false;
  std::string digest;  ///< XXH3 of 128 bits over the bytes on disk, 32 hex digits
};

/// Looks at a file, plain or compressed by gzip. What is UTF-8 throughout is taken for it; else GB18030, where most
/// characters are pairs of high bytes as Chinese text has them; else Windows-1252.
FileLook look_at(const std::filesystem::path& path);

/// The text of a file that look_at found no problem with.
class TextSource {
 public:
  TextSource(const std::filesystem::path& path, Encoding encoding);
  ~TextSource();
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;

  /// Appends the next piece (some 64 KiB) without a byte order mark; false at the end, or where problem() says why.
  bool more(std::string& text);
  const std::string& problem() const { return problem_; }
  /// Of the file on disk.
  std::uint64_t bytes_read() const;

 private:
  struct Insides;
  std::unique_ptr<Insides> insides_;
  std::string problem_;
};

}  // namespace clientele::scenarios
