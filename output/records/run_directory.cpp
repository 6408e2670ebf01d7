// The lock is a courtesy that saves time: safety comes from segments that no two processes share.
#include "output/records/run_directory.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/files/file_errors.hpp"
#include "output/records/segment.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace fs = std::filesystem;
using sim::UserError;

namespace {

constexpr const char* lock_name = "lock";

/// "host 4711": who holds the lock.
std::string own_name() {
  std::array<char, 65> host{};
  ::gethostname(host.data(), host.size() - 1);
  return std::string(host.data()) + " " + std::to_string(::getpid()) + "\n";
}

std::string holder_of(int lock) {
  std::array<char, 128> text{};
  const ssize_t size = ::pread(lock, text.data(), text.size() - 1, 0);
  std::string name(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  name = name.substr(0, name.find('\n'));
  const std::size_t space = name.rfind(' ');
  if (space == std::string::npos) return "";
  return ", process " + name.substr(space + 1) + " on " + name.substr(0, space);
}

/// File systems without locks (some network ones) have EINVAL, ENOLCK or ENOSYS.
bool is_held_by_another(int lock) {
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  return ::fcntl(lock, F_OFD_SETLK, &whole) != 0 && (errno == EAGAIN || errno == EACCES);
}

/// A lock on a file that `clean` has removed meanwhile is a lock on nothing.
bool is_still_there(int lock, const fs::path& path) {
  struct stat ours {
  }, there{};
  return ::fstat(lock, &ours) == 0 && ::stat(path.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
         ours.st_dev == there.st_dev;
}

}  // namespace

fs::path run_directory_of(const fs::path& output) { return fs::path(output.string() + ".run"); }

RunDirectory::RunDirectory(fs::path path) : path_(std::move(path)) {
  do make();
  while (!lock());
}

RunDirectory::~RunDirectory() {
  if (lock_ >= 0) ::close(lock_);
}

bool RunDirectory::is_in_use(const fs::path& path) {
  const int lock = ::open((path / lock_name).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (lock < 0) return false;
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  const bool held = ::fcntl(lock, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
  ::close(lock);
  return held;
}

void RunDirectory::make() const {
  if (::mkdir(path_.c_str(), 0700) == 0) {
    sync_directory(directory_of(path_));
    return;
  }
  const int error = errno;
  if (error != EEXIST)
    throw UserError("directory " + sim::file_in_quotes(path_) + " for the records of the run could not be made (" +
                        std::strerror(error) + ")." + advice(error),
                    status_of(error));
  struct stat status {};
  if (::lstat(path_.c_str(), &status) == 0 && !S_ISDIR(status.st_mode))
    throw UserError(sim::file_in_quotes(path_) +
                        " is no directory (the records of the run were to be kept there). Choose another name with -o?",
                    sim::Exit::output_exists);
}

/// False where the directory went away meanwhile.
bool RunDirectory::lock() {
  const fs::path file = path_ / lock_name;
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (lock < 0) {
    const int error = errno;
    if (error == ENOENT) return false;
    throw UserError("the lock " + sim::file_in_quotes(file) + " could not be opened (" + std::strerror(error) + ")." +
                        advice(error),
                    status_of(error));
  }
  if (is_held_by_another(lock)) {
    const std::string holder = holder_of(lock);
    ::close(lock);
    throw UserError(sim::file_in_quotes(path_) + " is in use by another run" + holder +
                        ". Wait until it is done, or choose another name with -o?",
                    sim::Exit::does_not_fit);
  }
  if (!is_still_there(lock, file)) {
    ::close(lock);
    return false;
  }
  lock_ = lock;
  // Who holds it matters to messages only: a full disk is no reason not to run.
  const std::string name = own_name();
  if (::ftruncate(lock_, 0) == 0) static_cast<void>(::pwrite(lock_, name.data(), name.size(), 0) < 0);
  return true;
}

bool RunDirectory::remove(const std::vector<fs::path>& segments) {
  for (const fs::path& segment : segments)
    if (::unlink(segment.c_str()) != 0)
      throw UserError(sim::file_in_quotes(segment) + " could not be removed (" + std::strerror(errno) + ").",
                      status_of(errno));
  if (!segments_in(path_).empty()) return false;
  ::unlink((path_ / lock_name).c_str());
  const bool folder = ::rmdir(path_.c_str()) == 0;
  sync_directory(directory_of(path_));
  return folder;
}

}  // namespace clientele::output
