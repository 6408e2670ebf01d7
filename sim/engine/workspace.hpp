// What a worker has for itself.
#pragma once
#include "sim/engine/life.hpp"
#include "sim/run.hpp"

namespace clientele::sim {

struct Workspace {
  Workspace(const Program& program, const RunOptions& options, std::size_t max_arms)
      : life(program, options, max_arms), tally(program.tally_shape(max_arms)) {}
  Life life;
  Tally tally;
  Voices voices;
  Memory memory;  ///< of the block that is run freely
};

inline void tell_progress(const RunOptions& options, std::int64_t customer_months) {
  if (options.progress && customer_months > 0) options.progress(static_cast<std::uint64_t>(customer_months));
}

}  // namespace clientele::sim
