// The study that shards work for, as it was asked for, beside their records: `merge` and `status` are given no study.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace clientele::output {

struct Asked {
  std::string program, model;  ///< versions of who asked
  std::string digest;          ///< of text, options and the customer file's content
  std::string title;
  std::uint64_t shards = 0;            ///< how many there are to be; 0: none, a run of the whole
  std::filesystem::path folder, here;  ///< where paths of the study begin, and paths of the options
  std::vector<std::string> options;    ///< as they were typed
  std::string text;                    ///< of the study

  bool operator==(const Asked&) const = default;
};

/// Nothing where there is none, or a damaged one. Throws UserError (input_output, permission) where that cannot be
/// seen.
std::optional<Asked> asked_in(const std::filesystem::path& directory);
/// Whether there is one that cannot be believed; the next run or shard puts it there anew.
bool is_asked_damaged(const std::filesystem::path& directory);

/// Puts it there where there is none, whole or not at all, and returns what is there then. Throws UserError
/// (input_output, permission).
Asked put_asked(const std::filesystem::path& directory, const Asked& asked);
/// The same, in the place of what is there.
void replace_asked(const std::filesystem::path& directory, const Asked& asked);

/// Whether a file is such a one, or was to become one.
bool is_asked(const std::filesystem::path& path);

}  // namespace clientele::output
