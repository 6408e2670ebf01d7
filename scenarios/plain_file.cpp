// Looks before it opens: opening a pipe that nobody writes to would wait for ever.
#include "scenarios/plain_file.hpp"

#include <cerrno>
#include <cstring>

namespace clientele::scenarios {

PlainFile open_plain_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::directory) return {{}, "it is a folder"};
  if (std::filesystem::exists(std::filesystem::file_status(kind)) && kind != std::filesystem::file_type::regular)
    return {{}, "it is no plain file"};
  PlainFile file{std::ifstream(path, std::ios::binary), {}};
  if (file.stream) return file;
  if (errno == EACCES || errno == EPERM) file.status = sim::Exit::permission;
  file.problem = std::strerror(errno);
  return file;
}

}  // namespace clientele::scenarios
