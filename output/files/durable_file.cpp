// Temporary name, write, fsync, rename, fsync of the directory: the order in which a file survives a power cut.
#include "output/files/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/files/file_errors.hpp"
#include "output/files/this_host.hpp"
#include "sim/core/printable.hpp"

namespace clientele::output {

namespace fs = std::filesystem;
using sim::Exit;
using sim::UserError;

namespace {

std::string kind_of(const struct stat& status) {
  if (S_ISDIR(status.st_mode)) return "a directory";
  if (S_ISFIFO(status.st_mode)) return "a pipe";
  if (S_ISSOCK(status.st_mode)) return "a socket";
  if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)) return "a device";
  return "no plain file";
}

[[noreturn]] void refuse_existing(const fs::path& target) {
  throw UserError(
      sim::file_in_quotes(target) + " exists already (nothing was overwritten). Choose another name or add --force?",
      Exit::output_exists);
}

/// Only a plain file is ever replaced: a rename over a link or a pipe would hit something that nobody named.
void check_existing(const fs::path& target, Existing existing) {
  struct stat status {};
  if (::lstat(target.c_str(), &status) != 0) {
    if (errno == ENOENT) return;
    const int error = errno;
    throw UserError(
        sim::file_in_quotes(target) + " cannot be looked at (" + std::strerror(error) + ")." + advice(error),
        status_of(error));
  }
  if (S_ISLNK(status.st_mode)) {
    std::error_code none;
    throw UserError(sim::file_in_quotes(target) + " is a link (to " +
                        sim::file_in_quotes(fs::read_symlink(target, none)) +
                        "; a link is never written through). Name the file itself?",
                    Exit::output_exists);
  }
  if (!S_ISREG(status.st_mode))
    throw UserError(
        sim::file_in_quotes(target) + " is " + kind_of(status) + " (an outcome is a plain file). Name a file?",
        Exit::output_exists);
  if (existing == Existing::refuse) refuse_existing(target);
}

void check_directory(const fs::path& target) {
  const fs::path directory = directory_of(target);
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0) {
    const int error = errno;
    const bool missing = error == ENOENT;
    throw UserError("directory " + sim::file_in_quotes(directory) + (missing ? " does not exist" : " cannot be used") +
                        " (" + sim::file_in_quotes(target) + " was to be written there" +
                        (missing ? ")." : std::string("; ") + std::strerror(error) + ").") +
                        (missing ? " Make it first, or is it a slip?" : advice(error)),
                    status_of(error));
  }
  if (!S_ISDIR(status.st_mode))
    throw UserError(sim::file_in_quotes(directory) + " is not a directory (" + sim::file_in_quotes(target) +
                        " was to be written there). A slip?",
                    Exit::input_output);
  if (::faccessat(AT_FDCWD, directory.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    const int error = errno;
    throw UserError("directory " + sim::file_in_quotes(directory) + " cannot be written to (" + std::strerror(error) +
                        ")." + advice(error),
                    status_of(error));
  }
}

/// `.NAME.tmp.<host>.` and what follows, cut so that any legal NAME gives a legal name.
std::string temporary_start(const fs::path& target, const std::string& rest) {
  const std::string tail = ".tmp." + this_host() + "." + rest;
  constexpr std::size_t longest_name = 255;
  return "." + target.filename().string().substr(0, longest_name - 1 - tail.size()) + tail;
}

/// Attempts after the first are numbered.
fs::path temporary_name(const fs::path& target, int attempt) {
  std::string rest = std::to_string(::getpid());
  if (attempt > 0) rest += "." + std::to_string(attempt);
  return directory_of(target) / temporary_start(target, rest);
}

/// The process that a temporary name tells of, if the name is one of `target` on this machine.
std::optional<pid_t> writer_of(const std::string& name, const fs::path& target) {
  const std::size_t at = name.rfind(".tmp." + this_host() + ".");
  if (at == std::string::npos) return std::nullopt;
  const std::string rest = name.substr(at + (".tmp." + this_host() + ".").size());
  if (temporary_start(target, rest) != name) return std::nullopt;
  pid_t process = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), process);
  if (error != std::errc() || process <= 0 || (end != rest.data() + rest.size() && *end != '.')) return std::nullopt;
  return process;
}

void check_name(const fs::path& target) {
  const std::string name = target.filename().string();
  if (name.empty() || name == "." || name == "..")
    throw UserError(sim::file_in_quotes(target) + " names no file (an outcome is a plain file). Add a file's name?",
                    Exit::output_exists);
  if (name.size() > 255)
    throw UserError("the name of the output file is too long (at most 255 bytes). Choose a shorter name?",
                    Exit::input_output);
}

/// Renames, and refuses in the same instant if somebody else has made the target meanwhile.
int rename_without_replacing(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (::link(from.c_str(), to.c_str()) == 0) return ::unlink(from.c_str()) == 0 ? 0 : errno;
  return errno;
}

/// NFS may report a failure after it has renamed: then the target is our own file.
bool is_same_file(const struct stat& ours, const fs::path& target) {
  struct stat there {};
  return ::lstat(target.c_str(), &there) == 0 && there.st_dev == ours.st_dev && there.st_ino == ours.st_ino;
}

}  // namespace

void check_target(const fs::path& target, Existing existing) {
  check_name(target);
  check_directory(target);
  check_existing(target, existing);
}

void remove_left_overs(const fs::path& target) {
  std::error_code unreadable;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory_of(target), unreadable)) {
    const auto writer = writer_of(entry.path().filename().string(), target);
    if (writer && ::kill(*writer, 0) != 0 && errno == ESRCH) ::unlink(entry.path().c_str());
  }
}

DurableFile::DurableFile(fs::path target, Existing existing) : target_(std::move(target)), existing_(existing) {
  check_target(target_, existing_);
  open_temporary();
}

DurableFile::~DurableFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void DurableFile::open_temporary() {
  constexpr int attempts = 100;  // left-overs of killed runs with the same process id, or two files of one process
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const fs::path name = temporary_name(target_, attempt);
    descriptor_ = ::open(name.c_str(), O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor_ >= 0) {
      temporary_ = name;
      return;
    }
    if (errno != EEXIST) break;
  }
  fail("created", errno);
}

void DurableFile::fail(std::string_view doing, int error) const {
  throw UserError(sim::file_in_quotes(target_) + " could not be " + std::string(doing) + " (" + std::strerror(error) +
                      "; nothing was left behind)." + advice(error),
                  status_of(error));
}

void DurableFile::write(std::string_view bytes) {
  sim::expects(descriptor_ >= 0, "a durable file is written to before it is committed");
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("written", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void DurableFile::commit() {
  sim::expects(descriptor_ >= 0, "a durable file is committed once");
  if (::fsync(descriptor_) != 0) fail("brought to the disk", errno);
  put_in_place();
  const int error = sync_directory(directory_of(target_));
  if (error != 0)
    throw UserError(sim::file_in_quotes(target_) + " is written, but its name may not survive a power cut (" +
                        std::strerror(error) + ")." + advice(error),
                    status_of(error));
}

void DurableFile::put_in_place() {
  struct stat ours {};
  if (::fstat(descriptor_, &ours) != 0) fail("finished", errno);
  const int closing = ::close(std::exchange(descriptor_, -1)) == 0 ? 0 : errno;  // NFS reports a full disk here
  if (closing != 0 && closing != EINTR) fail("finished", closing);
  check_existing(target_, existing_);
  int error = 0;
  if (existing_ == Existing::refuse)
    error = rename_without_replacing(temporary_, target_);
  else
    error = ::rename(temporary_.c_str(), target_.c_str()) == 0 ? 0 : errno;
  if (error == EEXIST) refuse_existing(target_);
  if (error != 0 && !is_same_file(ours, target_)) fail("given its name", error);
  temporary_.clear();
}

}  // namespace clientele::output
