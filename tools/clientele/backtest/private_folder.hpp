// A folder that nobody else can read and that is gone when it is no longer used: customers' ids stand in it.
#pragma once
#include <filesystem>

namespace clientele::tools {

class PrivateFolder {
 public:
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace clientele::tools
