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
#include "output/files/this_host.hpp"
#include "output/records/asked.hpp"
#include "output/records/log.hpp"
#include "output/records/segment.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace fs = std::filesystem;
using sim::UserError;

namespace {

constexpr const char* lock_name = "lock";

/// "host 4711": who holds the lock.
std::string own_name() { return this_host() + " " + std::to_string(::getpid()) + "\n"; }

/// Who holds the lock alone, as he wrote into it.
std::string holder_of(int lock) {
  std::array<char, 128> text{};
  const ssize_t size = ::pread(lock, text.data(), text.size() - 1, 0);
  std::string name(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  name = name.substr(0, name.find('\n'));
  const std::size_t space = name.rfind(' ');
  if (space == std::string::npos) return "";
  return ", process " + name.substr(space + 1) + " on " + name.substr(0, space);
}

struct flock whole_file(Hold hold) {
  struct flock whole {};
  whole.l_type = hold == Hold::alone ? F_WRLCK : F_RDLCK;
  whole.l_whence = SEEK_SET;
  return whole;
}

/// File systems without locks (some network ones) have EINVAL, ENOLCK or ENOSYS.
bool is_held_by_another(int lock, Hold hold) {
  struct flock whole = whole_file(hold);
  return ::fcntl(lock, F_OFD_SETLK, &whole) != 0 && (errno == EAGAIN || errno == EACCES);
}

/// Whether those who hold it share it.
bool is_shared(int lock) {
  struct flock whole = whole_file(Hold::alone);
  return ::fcntl(lock, F_OFD_GETLK, &whole) == 0 && whole.l_type == F_RDLCK;
}

std::string refusal_of(int lock, const fs::path& path) {
  const std::string file = sim::file_in_quotes(path);
  if (!is_shared(lock))
    return file + " is in use by another run" + holder_of(lock) +
           ". Wait until it is done, or choose another name with -o?";
  const std::string alive = alive_in(path);
  return file + " is in use by " + (alive.empty() ? "shards of a run" : alive) +
         ". Wait until they are done, join them as a shard (--shard), or choose another name with -o?";
}

/// A lock on a file that `clean` has removed meanwhile is a lock on nothing.
bool is_still_there(int lock, const fs::path& path) {
  struct stat ours {
  }, there{};
  return ::fstat(lock, &ours) == 0 && ::stat(path.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
         ours.st_dev == there.st_dev;
}

/// What is there beside segments and the lock.
std::vector<fs::path> told_of_runs(const fs::path& path) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error))
    if (is_asked(at->path()) || is_log(at->path())) files.push_back(at->path());
  return files;
}

}  // namespace

fs::path run_directory_of(const fs::path& output) { return fs::path(output.string() + ".run"); }

RunDirectory::RunDirectory(fs::path path, Hold hold) : path_(std::move(path)), hold_(hold) {
  do make();
  while (!lock());
}

RunDirectory::~RunDirectory() {
  if (lock_ >= 0) ::close(lock_);
}

bool RunDirectory::is_in_use(const fs::path& path) {
  const int lock = ::open((path / lock_name).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (lock < 0) return false;
  struct flock whole = whole_file(Hold::alone);
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
  if (is_held_by_another(lock, hold_)) {
    const std::string refusal = refusal_of(lock, path_);
    ::close(lock);
    throw UserError(refusal, sim::Exit::does_not_fit);
  }
  if (!is_still_there(lock, file)) {
    ::close(lock);
    return false;
  }
  lock_ = lock;
  if (hold_ == Hold::with_others) return true;
  // Who holds it matters to messages only: a full disk is no reason not to run.
  const std::string name = own_name();
  if (::ftruncate(lock_, 0) == 0) static_cast<void>(::pwrite(lock_, name.data(), name.size(), 0) < 0);
  return true;
}

bool RunDirectory::remove(const std::vector<fs::path>& segments) {
  sim::expects(hold_ == Hold::alone, "records are removed by who is alone with them");
  for (const fs::path& segment : segments)
    if (::unlink(segment.c_str()) != 0)
      throw UserError(sim::file_in_quotes(segment) + " could not be removed (" + std::strerror(errno) + ").",
                      status_of(errno));
  if (!segments_in(path_).empty()) return false;
  for (const fs::path& file : told_of_runs(path_)) ::unlink(file.c_str());
  ::unlink((path_ / lock_name).c_str());
  const bool folder = ::rmdir(path_.c_str()) == 0;
  sync_directory(directory_of(path_));
  return folder;
}

}  // namespace clientele::output
