// Unpacking is zlib's, and other encodings are iconv's; this is the only file that includes either.
#include "scenarios/books/text_source.hpp"

#include <array>
#include <cerrno>
#include <optional>
#include <vector>

#include <iconv.h>
#include <xxhash.h>
#include <zlib.h>

#include "scenarios/books/encoding_guess.hpp"
#include "scenarios/plain_file.hpp"

namespace clientele::scenarios {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 16;

/// The bytes of a file as they were before gzip, and a hash of those on disk.
class BytesOfFile {
 public:
  explicit BytesOfFile(const std::filesystem::path& path) : file_(open_plain_file(path)), read_(piece_size) {
    if (!file_.problem.empty()) return;
    XXH3_128bits_reset(hash_.get());
    fill();
    packed_ = size_ >= 2 && read_[0] == '\x1F' && read_[1] == '\x8B';
    if (packed_ && inflateInit2(&stream_, 15 + 16) != Z_OK) file_.problem = "no room to unpack it";
    is_open_ = packed_;
  }
  ~BytesOfFile() {
    if (is_open_) inflateEnd(&stream_);
  }
  BytesOfFile(const BytesOfFile&) = delete;
  BytesOfFile& operator=(const BytesOfFile&) = delete;

  /// The next bytes; none at the end, or where there is a problem.
  std::string_view next() {
    if (!problem().empty()) return {};
    return packed_ ? unpacked() : plain();
  }
  const std::string& problem() const { return file_.problem; }
  sim::Exit status() const { return status_ ? *status_ : file_.status; }
  bool packed() const { return packed_; }
  std::uint64_t bytes_read() const { return bytes_; }

  std::string digest() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(hash_.get());
    std::string hex;
    for (const std::uint64_t half : {hash.high64, hash.low64})
      for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[half >> shift & 15U];
    return hex;
  }

 private:
  void fill() {
    file_.stream.read(read_.data(), static_cast<std::streamsize>(read_.size()));
    size_ = static_cast<std::size_t>(file_.stream.gcount());
    bytes_ += size_;
    if (file_.stream.bad()) file_.problem = "reading it failed";
    XXH3_128bits_update(hash_.get(), read_.data(), size_);
    at_ = 0;
  }

  std::string_view plain() {
    if (at_ == size_) fill();
    const std::string_view all(read_.data() + at_, size_ - at_);
    at_ = size_;
    return all;
  }

  /// Files may be several packed ones, one behind the other.
  std::string_view unpacked() {
    out_.resize(piece_size);
    for (;;) {
      if (at_ == size_) fill();
      if (at_ == size_) {
        if (!member_ended_) wrong("it ends in the middle of what gzip packed");
        return {};
      }
      if (member_ended_ && read_[at_] == '\0') {  // tapes pad with zeros
        ++at_;
        continue;
      }
      if (member_ended_) inflateReset(&stream_);
      member_ended_ = false;
      stream_.next_in = reinterpret_cast<Bytef*>(read_.data() + at_);
      stream_.avail_in = static_cast<uInt>(size_ - at_);
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int said = inflate(&stream_, Z_NO_FLUSH);
      at_ = size_ - stream_.avail_in;
      member_ended_ = said == Z_STREAM_END;
      if (said != Z_OK && said != Z_STREAM_END && said != Z_BUF_ERROR) {
        wrong("what gzip packed is damaged");
        return {};
      }
      if (const std::size_t made = out_.size() - stream_.avail_out; made > 0) return {out_.data(), made};
    }
  }

  void wrong(const char* why) {
    file_.problem = why;
    status_ = sim::Exit::bad_data;
  }

  struct FreeHash {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  PlainFile file_;
  std::vector<char> read_;
  std::string out_;
  std::size_t at_ = 0, size_ = 0;
  std::uint64_t bytes_ = 0;
  bool packed_ = false, is_open_ = false, member_ended_ = false;
  z_stream stream_{};
  std::optional<sim::Exit> status_;
  std::unique_ptr<XXH3_state_t, FreeHash> hash_{XXH3_createState()};
};

const char* name_for_iconv(Encoding encoding) {
  constexpr std::array<const char*, 5> names{"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "WINDOWS-1252"};
  return names[static_cast<std::size_t>(encoding)];
}

}  // namespace

std::string_view text_of(Encoding encoding) {
  constexpr std::array<std::string_view, 5> names{"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Windows-1252"};
  return names[static_cast<std::size_t>(encoding)];
}

FileLook look_at(const std::filesystem::path& path) {
  FileLook look;
  BytesOfFile bytes(path);
  EncodingGuess guess;
  for (std::string_view piece = bytes.next(); !piece.empty(); piece = bytes.next()) guess.see(piece);
  if (!bytes.problem().empty()) {
    look.problem = "cannot be read (" + bytes.problem() + ").";
    look.status = bytes.status();
    return look;
  }
  const EncodingGuess::Found found = guess.found();
  look.encoding = found.encoding;
  look.problem = found.problem;
  look.line = found.line;
  look.compressed = bytes.packed();
  look.digest = bytes.digest();
  return look;
}

struct TextSource::Insides {
  explicit Insides(const std::filesystem::path& path) : bytes(path) {}
  BytesOfFile bytes;
  iconv_t converter = reinterpret_cast<iconv_t>(-1);  // NOLINT: iconv's own word for "none"
  bool converts = false, begun = false;
  std::string left;  ///< bytes of a character that has not come whole
};

TextSource::TextSource(const std::filesystem::path& path, Encoding encoding)
    : insides_(std::make_unique<Insides>(path)) {
  if (encoding == Encoding::utf8) return;
  insides_->converter = iconv_open("UTF-8", name_for_iconv(encoding));
  insides_->converts = insides_->converter != reinterpret_cast<iconv_t>(-1);
  if (!insides_->converts)
    problem_ = "is " + std::string(text_of(encoding)) + " text, which this system cannot convert (iconv). Can your " +
               "program save it as \"CSV UTF-8\"?";
}

TextSource::~TextSource() {
  if (insides_->converts) iconv_close(insides_->converter);
}

std::uint64_t TextSource::bytes_read() const { return insides_->bytes.bytes_read(); }

bool TextSource::more(std::string& text) {
  if (!problem_.empty()) return false;
  const std::size_t before = text.size();
  while (text.size() == before) {
    const std::string_view piece = insides_->bytes.next();
    if (!insides_->bytes.problem().empty()) problem_ = "cannot be read (" + insides_->bytes.problem() + ").";
    if (piece.empty()) {
      if (!insides_->left.empty() && problem_.empty()) problem_ = "ends in the middle of a character.";
      return false;
    }
    if (!insides_->converts) {
      text += piece;
    } else {
      insides_->left += piece;
      char* in = insides_->left.data();
      std::size_t in_size = insides_->left.size();
      std::array<char, piece_size> out{};
      while (in_size > 0) {
        char* to = out.data();
        std::size_t room = out.size();
        const std::size_t said = iconv(insides_->converter, &in, &in_size, &to, &room);
        text.append(out.data(), out.size() - room);
        if (said != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
        if (errno != EINVAL) {
          problem_ = "has bytes that are no text in the encoding that the rest of it has.";
          return text.size() > before;
        }
        break;
      }
      insides_->left.erase(0, insides_->left.size() - in_size);
    }
    if (!insides_->begun && text.compare(before, 3, "\xEF\xBB\xBF") == 0) text.erase(before, 3);
    insides_->begun = true;
  }
  return true;
}

}  // namespace clientele::scenarios
