// The least bound on memory and on processors holds, wherever it is written down.
#include "tools/clientele/memory_room.hpp"

#include <cstdlib>
#include <fstream>
#include <utility>
#include <vector>

#include <sched.h>

#include "sim/parallel/processors.hpp"
#include "sim/parallel/team.hpp"
#include "tests/output/folder.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {

using tools::memory_room;

namespace {

void put(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

constexpr std::uint64_t gib = 1ULL << 30;

}  // namespace

TEST_CASE("the machine's memory bounds a run, less what the program has") {
  const Folder folder;
  put(folder / "proc/meminfo", "MemFree:  1 kB\nMemTotal:       67108864 kB\n");
  const auto room = memory_room(2, folder.path());
  CHECK(room.whose == "this machine");
  CHECK(room.bytes < 64 * gib);
  CHECK(room.bytes > 63 * gib);
}

TEST_CASE("a control group bounds it, also one above, in both versions") {
  const Folder folder;
  put(folder / "proc/meminfo", "MemTotal: 67108864 kB\n");
  put(folder / "proc/self/cgroup", "4:cpu,memory:/jobs/one\n0::/user/me\n");
  CHECK(memory_room(2, folder.path()).whose == "this machine");
  put(folder / "sys/fs/cgroup/user/me/memory.max", "max\n");
  put(folder / "sys/fs/cgroup/user/memory.max", "17179869184\n");
  const auto second = memory_room(2, folder.path());
  CHECK(second.whose == "the control group of this process");
  CHECK(second.bytes < 16 * gib);
  CHECK(second.bytes > 15 * gib);
  put(folder / "sys/fs/cgroup/memory/jobs/one/memory.limit_in_bytes", "8589934592\n");
  CHECK(memory_room(2, folder.path()).bytes < 8 * gib);
  put(folder / "sys/fs/cgroup/memory/jobs/one/memory.limit_in_bytes", "9223372036854771712\n");
  CHECK(memory_room(2, folder.path()).bytes > 15 * gib);
}

namespace {

/// Variables of a job, for as long as it exists.
struct Job {
  explicit Job(std::vector<std::pair<const char*, const char*>> variables) : said(std::move(variables)) {
    for (const auto& [name, value] : said) ::setenv(name, value, 1);
  }
  ~Job() {
    for (const auto& [name, value] : said) ::unsetenv(name);
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  std::vector<std::pair<const char*, const char*>> said;
};

}  // namespace

TEST_CASE("a job's allocation bounds memory and threads, and a variable outside of a job does not") {
  const Folder folder;
  put(folder / "proc/meminfo", "MemTotal: 67108864 kB\n");
  {
    const Job job({{"SLURM_JOB_ID", "7"}, {"SLURM_MEM_PER_NODE", "8192"}, {"SLURM_CPUS_PER_TASK", "1"}});
    const auto room = memory_room(2, folder.path());
    CHECK(room.whose == "this job's allocation (Slurm)");
    CHECK((room.bytes < 8 * gib && room.bytes > 7 * gib));
    CHECK(sim::processors_of_job() == 1);
    CHECK(sim::usable_processors(folder.path()) == 1);
  }
  {
    const Job job({{"SLURM_JOB_ID", "7"}, {"SLURM_MEM_PER_CPU", "2048"}, {"SLURM_CPUS_ON_NODE", "3"}});
    CHECK((memory_room(2, folder.path()).bytes < 6 * gib && memory_room(2, folder.path()).bytes > 5 * gib));
    CHECK(sim::processors_of_job() == 0);
  }
  {
    const Job job({{"SLURM_JOB_ID", "7"}, {"SLURM_MEM_PER_NODE", "0"}, {"SLURM_CPUS_PER_TASK", "two"}});
    CHECK(memory_room(2, folder.path()).whose == "this machine");  // 0 is all of it
    CHECK(sim::processors_of_job() == 0);
  }
  const Job left_over({{"SLURM_MEM_PER_NODE", "8192"}, {"SLURM_CPUS_PER_TASK", "1"}});
  CHECK(memory_room(2, folder.path()).whose == "this machine");
  CHECK(sim::processors_of_job() == 0);
}

TEST_CASE("threads keep to the quota of the control group, rounded up, in both versions") {
  const Folder folder;
  CHECK(sim::processors_of_groups(folder.path()) == 0);
  put(folder / "proc/self/cgroup", "5:cpuset,cpuacct:/other\n4:cpu,cpuacct:/jobs/one\n0::/user/me\n");
  put(folder / "sys/fs/cgroup/user/me/cpu.max", "max 100000\n");
  CHECK(sim::processors_of_groups(folder.path()) == 0);
  put(folder / "sys/fs/cgroup/user/cpu.max", "350000 100000\n");  // a group above counts as well
  CHECK(sim::processors_of_groups(folder.path()) == 4);
  put(folder / "sys/fs/cgroup/cpu/jobs/one/cpu.cfs_quota_us", "-1\n");
  put(folder / "sys/fs/cgroup/cpu/jobs/one/cpu.cfs_period_us", "50000\n");
  CHECK(sim::processors_of_groups(folder.path()) == 4);
  put(folder / "sys/fs/cgroup/cpu/jobs/one/cpu.cfs_quota_us", "150000\n");
  CHECK(sim::processors_of_groups(folder.path()) == 3);
  put(folder / "sys/fs/cgroup/user/me/cpu.max", "5000 100000\n");
  CHECK(sim::processors_of_groups(folder.path()) == 1);
  CHECK(sim::usable_processors(folder.path()) == 1);
}

TEST_CASE("threads keep to the processors that the process may be scheduled on") {
  const Folder folder;  // without groups
  cpu_set_t before;
  REQUIRE(::sched_getaffinity(0, sizeof before, &before) == 0);
  CHECK(sim::usable_processors(folder.path()) == static_cast<unsigned>(CPU_COUNT(&before)));
  cpu_set_t one;
  CPU_ZERO(&one);
  for (std::size_t cpu = 0; CPU_COUNT(&one) == 0; ++cpu)
    if (CPU_ISSET(cpu, &before)) CPU_SET(cpu, &one);
  REQUIRE(::sched_setaffinity(0, sizeof one, &one) == 0);
  CHECK(sim::usable_processors(folder.path()) == 1);
  CHECK(sim::threads_of(0) == 1);
  CHECK(sim::threads_of(3) == 3);
  REQUIRE(::sched_setaffinity(0, sizeof before, &before) == 0);
}

TEST_CASE("a bound that is smaller than the program leaves nothing") {
  const Folder folder;
  put(folder / "proc/meminfo", "MemTotal: 1 kB\n");
  CHECK(memory_room(2, folder.path()).bytes == 0);
}

}  // namespace clientele::tests
