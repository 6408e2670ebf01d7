// More threads than the quota are stopped for a part of every tenth of a second, each while others wait for it.
#include "sim/parallel/processors.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <thread>

#include <sched.h>

#include "sim/parallel/control_groups.hpp"

namespace clientele::sim {

namespace fs = std::filesystem;

namespace {

/// Microseconds of processor time, and in how long a time; 0 where there is no limit.
struct Quota {
  std::int64_t time = 0, period = 0;
};

Quota quota_in(const fs::path& file) {
  Quota quota;
  std::ifstream input(file);  // "150000 100000" or "max 100000"; in version 1 the period has a file of its own
  if (!(input >> quota.time) || quota.time <= 0) return {};
  if (file.filename() == "cpu.max") return input >> quota.period && quota.period > 0 ? quota : Quota{};
  std::ifstream beside(file.parent_path() / "cpu.cfs_period_us");
  return beside >> quota.period && quota.period > 0 ? quota : Quota{};
}

/// Of the machine, or fewer where a mask keeps the process to some of them.
unsigned processors_in_mask() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (::sched_getaffinity(0, sizeof mask, &mask) == 0) return static_cast<unsigned>(CPU_COUNT(&mask));
  return std::thread::hardware_concurrency();  // a machine of more than 1,024
}

}  // namespace

unsigned processors_of_groups(const fs::path& root) {
  std::int64_t least = 0;
  for (const fs::path& file : files_of_groups({"cpu", "cpu.max", "cpu.cfs_quota_us"}, root))
    if (const Quota quota = quota_in(file); quota.period > 0) {
      const std::int64_t rounded_up = (quota.time - 1) / quota.period + 1;
      least = least == 0 ? rounded_up : std::min(least, rounded_up);
    }
  return static_cast<unsigned>(std::min<std::int64_t>(least, 1 << 20));
}

unsigned processors_of_job() {
  const char* said = std::getenv("SLURM_CPUS_PER_TASK");
  if (said == nullptr || std::getenv("SLURM_JOB_ID") == nullptr) return 0;
  unsigned processors = 0;
  const std::string_view text = said;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), processors);
  return error == std::errc() && end == text.data() + text.size() ? processors : 0;
}

unsigned usable_processors(const fs::path& root) {
  unsigned least = std::max(1U, processors_in_mask());
  for (const unsigned bound : {processors_of_groups(root), processors_of_job()})
    if (bound > 0) least = std::min(least, bound);
  return least;
}

}  // namespace clientele::sim
