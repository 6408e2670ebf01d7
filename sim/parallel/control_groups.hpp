// Where Linux writes down what a control group (a container, a job of a cluster) may take, in both of its versions.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "sim/core/api.hpp"

namespace clientele::sim {

/// What limits groups of processes in one respect, and the names of the files that say so.
struct GroupLimit {
  std::string controller;      ///< "memory"
  std::string second_version;  ///< "memory.max"
  std::string first_version;   ///< "memory.limit_in_bytes"
};

/// The files that may hold a limit of this process: of its group and of all groups above it; some of them are not
/// there. `root` is where /proc and /sys are.
CLIENTELE_API std::vector<std::filesystem::path> files_of_groups(const GroupLimit& limit,
                                                                 const std::filesystem::path& root);

}  // namespace clientele::sim
