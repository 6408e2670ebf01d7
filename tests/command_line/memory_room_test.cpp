// The least bound on memory holds, wherever it is written down.
#include "tools/clientele/memory_room.hpp"

#include <fstream>

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

TEST_CASE("a bound that is smaller than the program leaves nothing") {
  const Folder folder;
  put(folder / "proc/meminfo", "MemTotal: 1 kB\n");
  CHECK(memory_room(2, folder.path()).bytes == 0);
}

}  // namespace clientele::tests
