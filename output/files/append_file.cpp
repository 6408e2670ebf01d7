// Written at known places, so that a write that fell short leaves nothing behind its last whole piece.
#include "output/files/append_file.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "output/files/file_errors.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

AppendFile::AppendFile(std::filesystem::path path) : path_(std::move(path)) {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor_ < 0) fail("created", errno);
  if (const int error = sync_directory(directory_of(path_)); error != 0) {
    ::close(std::exchange(descriptor_, -1));
    fail("created", error);
  }
}

AppendFile::~AppendFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (size_ == 0) ::unlink(path_.c_str());
}

void AppendFile::fail(std::string_view doing, int error) const {
  throw sim::UserError(sim::file_in_quotes(path_) + " could not be " + std::string(doing) + " (" +
                           std::strerror(error) + ")." + advice(error),
                       status_of(error));
}

void AppendFile::append(std::string_view piece) {
  std::uint64_t at = size_;
  while (!piece.empty()) {
    const ssize_t written = ::pwrite(descriptor_, piece.data(), piece.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      // Where the cut fails too, a torn tail stays, which every reader recognizes.
      if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) fail("written and cut back", error);
      fail("written", error);
    }
    piece.remove_prefix(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
  size_ = at;
}

void AppendFile::sync() {
  if (::fdatasync(descriptor_) != 0) fail("brought to the disk", errno);
}

}  // namespace clientele::output
