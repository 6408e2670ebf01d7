// A new file that only grows: what it holds is never touched again, and a failed write is taken back.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace clientele::output {

/// Readable by its owner only. Every failure throws UserError (input_output, permission) and leaves the file with whole
/// pieces: those that append() returned from.
class AppendFile {
 public:
  /// Makes the file, which must be new, and makes its name survive a power cut.
  explicit AppendFile(std::filesystem::path path);
  /// A file that got nothing is removed.
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  /// A piece is there whole, for every process; after sync() also for a machine that lost its power.
  void append(std::string_view piece);
  void sync();

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }

 private:
  [[noreturn]] void fail(std::string_view doing, int error) const;

  std::filesystem::path path_;
  std::uint64_t size_ = 0;
  int descriptor_ = -1;
};

}  // namespace clientele::output
