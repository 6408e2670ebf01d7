// Faults inside the process, chosen by a seed: each is live in half of the runs, and no outcome may differ.
//
// CLIENTELE_ALTERED=seed:N alters each run of a test program in another way: sizes of blocks and portions, threads and
// their engine, spoiled memory, threads that wait at odd moments, an allocation that fails, a stop. What a run kept
// before it failed or stopped is kept, and the next one goes on.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <new>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/plan.hpp"
#include "tests/support/keeps_what_is_done.hpp"

namespace clientele::tests {

/// Lets the allocation after so many more fail, once; 0: none. Where a program cannot (support/failing_memory.cpp is
/// not linked), it is null.
inline void (*fail_allocation_after)(std::uint64_t allocations) = nullptr;

class SeededFaults {
 public:
  explicit SeededFaults(std::uint64_t seed) : random_(seed) {}

  bool live() { return random_() % 2 == 0; }
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  /// Between 1 and 2^20, small ones as often as large ones.
  std::uint64_t of_any_size() { return 1 + below(std::uint64_t{1} << below(21)); }

  sim::RunOptions options(sim::RunOptions options) {
    if (live()) options.block_size = 64 * (1 + below(16));
    if (live()) options.scratch = sim::Scratch::spoiled;
    if (live()) options.latent_in_reviews = sim::LatentInReviews::exchanged;
    if (live()) options.customers_of_portion = 64 + below(1000);
    if (live()) options.arms_together = 1 + below(5);
    if (live()) options.in_step = true;
    if (live()) options.engine = sim::Engine::threads;
    if (live()) options.threads = static_cast<unsigned>(1 + below(6));
    return options;
  }

 private:
  std::mt19937_64 random_;
};

/// A thread that is held up, by up to 255 microseconds, at each eighth of its calls or so.
class HeldUp {
 public:
  explicit HeldUp(std::uint64_t seed) : state_(seed) {}
  void operator()(std::uint64_t /*customer_months*/) {
    const std::uint64_t drawn = (state_.fetch_add(1) + 1) * 0x9E3779B97F4A7C15u >> 53;
    if (drawn % 8 == 0) std::this_thread::sleep_for(std::chrono::microseconds(drawn / 8));
  }

 private:
  std::atomic<std::uint64_t> state_;
};

/// A run whose memory or whose patience ends at any moment, and another that simulates what is missing.
inline sim::RunReport run_with_faults(std::uint64_t seed, const sim::Plan& plan, std::vector<sim::Cell> cells,
                                      sim::Sink& sink, const sim::RunOptions& asked) {
  static std::uint64_t run = 0;
  SeededFaults faults(seed << 32 | ++run);
  sim::RunOptions options = faults.options(asked);
  HeldUp held_up(faults.below(1u << 30));
  if (faults.live()) options.progress = std::ref(held_up);
  const std::uint64_t enough = faults.live() ? faults.of_any_size() : ~std::uint64_t{0};
  KeepsWhatIsDone kept(enough, enough);
  options.kept_portion = [&](const sim::Portion& portion, const sim::Cell& cell) { return kept.kept(portion, cell); };
  // TBB 2021.8 waits for ever where it has no memory to make an arena.
  if (faults.live() && options.engine == sim::Engine::threads && fail_allocation_after != nullptr)
    fail_allocation_after(faults.of_any_size());
  try {
    plan.run(cells, kept, options, kept.token());
  } catch (const std::bad_alloc&) {
  }
  if (fail_allocation_after != nullptr) fail_allocation_after(0);
  kept.hand_over(cells, sink);
  sim::RunOptions rest = faults.options(asked);
  rest.customers_of_portion = options.customers_of_portion;  // portions of another size are others
  rest.kept_portion = options.kept_portion;
  return plan.run(cells, sink, rest);
}

}  // namespace clientele::tests
