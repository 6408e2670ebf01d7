// Few errors have a remedy that is worth naming; the others keep the system's own words.
#include "output/files/file_errors.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace clientele::output {

using sim::Exit;

Exit status_of(int error) {
  return error == EACCES || error == EPERM || error == EROFS ? Exit::permission : Exit::input_output;
}

std::string advice(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return " Free some space or choose another place with -o?";
    case EACCES:
    case EPERM:
    case EROFS:
      return " Choose a directory that you may write to?";
    case EFBIG:
      return " Does a limit on file sizes (ulimit -f) apply?";
    case ENAMETOOLONG:
      return " Choose a shorter name?";
    default:
      return "";
  }
}

std::filesystem::path directory_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

int sync_directory(const std::filesystem::path& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno == EACCES ? 0 : errno;
  const int error = ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
  ::close(descriptor);
  return error;
}

}  // namespace clientele::output
