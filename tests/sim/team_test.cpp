// What becomes of a team whose threads cannot all be started.
#include "sim/parallel/team.hpp"

#include <atomic>
#include <new>

#include "tests/support/catch.hpp"
#include "tests/support/seeded_faults.hpp"

namespace clientele::sim {
namespace {

TEST_CASE("where memory ends while threads are started, those that were started end, and the caller hears of it") {
  const auto team = make_team(Engine::threads, 4);
  bool has_failed = false;
  for (std::uint64_t allocation = 1; allocation <= 16; ++allocation) {
    std::atomic<std::size_t> done = 0;
    tests::fail_allocation_after(allocation);
    try {
      team->for_each(1000, 1, [&](std::size_t begin, std::size_t end, unsigned) { done += end - begin; });
      CHECK(done == 1000);
    } catch (const std::bad_alloc&) {
      has_failed = true;
    }
    tests::fail_allocation_after(0);
  }
  CHECK(has_failed);
}

}  // namespace
}  // namespace clientele::sim
