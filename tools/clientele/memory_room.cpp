// The least of four bounds holds; one that cannot be read does not.
#include "tools/clientele/memory_room.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sim/parallel/control_groups.hpp"

namespace clientele::tools {
namespace {

/// Addresses that a thread takes without using them: its stack, and a heap of its own (glibc reserves 64 MiB for it).
constexpr std::uint64_t addresses_of_a_thread = 72ULL << 20;

/// "MemTotal:  24102312 kB" is the number of bytes; 0 where there is no such line.
std::uint64_t bytes_in(const std::filesystem::path& file, const std::string& key) {
  std::ifstream input(file);
  std::string line;
  while (std::getline(input, line)) {
    std::istringstream words(line);
    std::string name;
    std::uint64_t kilobytes = 0;
    if (words >> name >> kilobytes && name == key) return kilobytes << 10;
  }
  return 0;
}

/// A limit of a control group; 0 where there is none ("max", or a number near 2^63).
std::uint64_t limit_in(const std::filesystem::path& file) {
  std::ifstream input(file);
  std::uint64_t bytes = 0;
  return input >> bytes && bytes < (1ULL << 60) ? bytes : 0;
}

/// A whole number of the environment; 0 where it is none.
std::uint64_t number_of(const char* variable) {
  const char* said = std::getenv(variable);
  const std::string_view text = said == nullptr ? "" : said;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

/// What a job of Slurm was given on this machine; 0 where nothing is said, or that it has all. Megabytes are 2^20
/// there.
std::uint64_t memory_of_job() {
  if (number_of("SLURM_JOB_ID") == 0) return 0;
  const std::uint64_t of_node = number_of("SLURM_MEM_PER_NODE");
  return (of_node > 0 ? of_node : number_of("SLURM_MEM_PER_CPU") * number_of("SLURM_CPUS_ON_NODE")) << 20;
}

/// Numbers of /proc/self/statm in bytes: all addresses, and what is resident.
std::uint64_t statm(std::size_t place) {
  std::ifstream input("/proc/self/statm");
  std::uint64_t pages = 0;
  for (std::size_t p = 0; p <= place; ++p) input >> pages;
  return input ? pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

std::uint64_t left_of(std::uint64_t limit, std::uint64_t taken) { return limit > taken ? limit - taken : 0; }

}  // namespace

std::uint64_t resident_memory() { return statm(1); }

void give_back_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

MemoryRoom memory_room(unsigned threads, const std::filesystem::path& root) {
  MemoryRoom room{~std::uint64_t{0}, "nobody"};
  const auto bound = [&](std::uint64_t bytes, const char* whose) {
    if (bytes < room.bytes) room = {bytes, whose, false};
  };
  if (const std::uint64_t machine = bytes_in(root / "proc/meminfo", "MemTotal:"); machine > 0)
    bound(left_of(machine, resident_memory()), "this machine");
  for (const std::filesystem::path& file :
       sim::files_of_groups({"memory", "memory.max", "memory.limit_in_bytes"}, root))
    if (const std::uint64_t group = limit_in(file); group > 0)
      bound(left_of(group, resident_memory()), "the control group of this process");
  if (const std::uint64_t job = memory_of_job(); job > 0)
    bound(left_of(job, resident_memory()), "this job's allocation (Slurm)");
  rlimit addresses{};
  if (::getrlimit(RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur != RLIM_INFINITY) {
    const std::uint64_t left = left_of(addresses.rlim_cur, statm(0) + threads * addresses_of_a_thread);
    if (left < room.bytes) room = {left, limit_on_addresses, true};
  }
  return room;
}

}  // namespace clientele::tools
