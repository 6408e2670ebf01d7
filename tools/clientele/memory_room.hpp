// How much memory this process may take: of the machine, of its control group, of its job, and of its own limit.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace clientele::tools {

struct MemoryRoom {
  std::uint64_t bytes = 0;
  /// "this machine", "the control group of this process", "this job's allocation (Slurm)", "the limit on addresses
  /// (...)"
  std::string whose;
  bool is_of_addresses = false;  ///< memory may be there: a process may not name more of it
};

/// What ulimit -v sets.
inline constexpr const char* limit_on_addresses = "the limit on addresses (ulimit -v, RLIMIT_AS)";

/// What can still be taken by a run of so many threads. `root` is where /proc and /sys are.
MemoryRoom memory_room(unsigned threads, const std::filesystem::path& root = "/");

/// Memory that the process has now [bytes].
std::uint64_t resident_memory();

/// Returns what was freed to the system, so that one part of a run does not come on top of another.
void give_back_memory();

}  // namespace clientele::tools
