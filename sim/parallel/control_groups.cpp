// A group is limited by every group above it as well, so all of them are named.
#include "sim/parallel/control_groups.hpp"

#include <fstream>
#include <sstream>

namespace clientele::sim {

namespace fs = std::filesystem;

namespace {

/// Whether "cpu,cpuacct" names "cpu".
bool names(const std::string& controllers, const std::string& controller) {
  std::istringstream list(controllers);
  for (std::string one; std::getline(list, one, ',');)
    if (one == controller) return true;
  return false;
}

}  // namespace

std::vector<fs::path> files_of_groups(const GroupLimit& limit, const fs::path& root) {
  std::vector<fs::path> files;
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // "4:cpu,cpuacct:/jobs/one", "0::/user/me"
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool second_version = controllers.empty();
    if (!second_version && !names(controllers, limit.controller)) continue;
    const fs::path top = root / "sys/fs/cgroup" / (second_version ? "" : limit.controller);
    const std::string& name = second_version ? limit.second_version : limit.first_version;
    fs::path group = fs::path(line.substr(second + 1)).relative_path();
    for (; !group.empty(); group = group.parent_path()) files.push_back(top / group / name);
    files.push_back(top / name);
  }
  return files;
}

}  // namespace clientele::sim
