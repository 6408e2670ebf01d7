// What a worker has for itself.
#pragma once
#include "sim/engine/life.hpp"
#include "sim/run.hpp"

namespace clientele::sim {

/// Arms that live side by side at most, and cells that are counted together, those among them that are not simulated.
struct MostArms {
  std::size_t living = 1, counted = 1;
};

struct Workspace {
  Workspace(const Program& program, const RunOptions& options, MostArms most)
      : life(program, options, most.living), tally(program.tally_shape(most.counted)) {}
  Life life;
  Tally tally;
  Voices voices;
  Memory memory;  ///< of the block that is run freely
};

inline void tell_progress(const RunOptions& options, std::int64_t customer_months) {
  if (options.progress && customer_months > 0) options.progress(static_cast<std::uint64_t>(customer_months));
}

}  // namespace clientele::sim
