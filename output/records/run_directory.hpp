// The folder beside an output in which its records are kept: `a.nc.run/`, used by one run, or by shards of one, at a
// time.
#pragma once
#include <filesystem>
#include <vector>

namespace clientele::output {

/// Where the records of an output are.
std::filesystem::path run_directory_of(const std::filesystem::path& output);

/// Who may be there at the same time: nobody, or others who say the same.
enum class Hold { alone, with_others };

/// While it exists, nobody runs for the same output who may not. Throws UserError: does_not_fit where somebody does
/// (the message names hosts and processes), output_exists where something else has the name, input_output, permission.
class RunDirectory {
 public:
  /// Makes the folder, readable by its owner only, if it is not there.
  explicit RunDirectory(std::filesystem::path path, Hold hold = Hold::alone);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Whether somebody else holds it now. Makes nothing.
  static bool is_in_use(const std::filesystem::path& path);

  /// Removes these of its segments, and with the last of them what tells of runs, and the folder; files that are not
  /// ours stay, and the folder with them. True where the folder is gone. Only who is alone there may do so.
  bool remove(const std::vector<std::filesystem::path>& segments);

 private:
  bool lock();
  void make() const;

  std::filesystem::path path_;
  Hold hold_;
  int lock_ = -1;
};

}  // namespace clientele::output
