// Asks for the lock that HDF5 would ask for, and gives it back at once.
#include "output/files/held_files.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace clientele::output {

namespace {

/// Whether a lock of this kind is refused since another program has one that excludes it.
bool is_refused(int file, int kind) {
  if (::flock(file, kind | LOCK_NB) == 0) {
    ::flock(file, LOCK_UN);
    return false;
  }
  return errno == EWOULDBLOCK;
}

}  // namespace

Held held_by_others(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return Held::by_nobody;
  const Held held = is_refused(file, LOCK_SH)   ? Held::for_writing
                    : is_refused(file, LOCK_EX) ? Held::for_reading
                                                : Held::by_nobody;
  ::close(file);
  return held;
}

}  // namespace clientele::output
