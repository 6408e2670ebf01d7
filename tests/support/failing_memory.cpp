// An operator new that fails where a test asks for it (support/seeded_faults.hpp).
#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/support/seeded_faults.hpp"

namespace {

std::atomic<std::uint64_t> left = 0;  ///< allocations until one fails; 0: none does

void* allocated(std::size_t size, std::size_t alignment) {
  std::uint64_t now = left.load(std::memory_order_relaxed);
  while (now != 0 && !left.compare_exchange_weak(now, now - 1)) {
  }
  if (now == 1) throw std::bad_alloc();
  const std::size_t whole = (size + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, whole == 0 ? alignment : whole);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

[[maybe_unused]] const bool said = [] {
  clientele::tests::fail_allocation_after = [](std::uint64_t allocations) { left = allocations; };
  return true;
}();

}  // namespace

void* operator new(std::size_t size) { return allocated(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocated(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
