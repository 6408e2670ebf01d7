// The folder beside an output in which a run keeps its records: `a.nc.run/`, used by one run at a time.
#pragma once
#include <filesystem>
#include <vector>

namespace clientele::output {

/// Where the records of an output are.
std::filesystem::path run_directory_of(const std::filesystem::path& output);

/// While it exists, nobody else runs for the same output. Throws UserError: does_not_fit where somebody does (the
/// message names the host and process), output_exists where something else has the name, input_output, permission.
class RunDirectory {
 public:
  /// Makes the folder, readable by its owner only, if it is not there.
  explicit RunDirectory(std::filesystem::path path);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Whether somebody else holds it now. Makes nothing.
  static bool is_in_use(const std::filesystem::path& path);

  /// Removes these of its segments, and the folder with the last of them; files that are not ours stay, and the folder
  /// with them. True where the folder is gone.
  bool remove(const std::vector<std::filesystem::path>& segments);

 private:
  bool lock();
  void make() const;

  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace clientele::output
